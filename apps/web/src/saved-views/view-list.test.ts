import { describe, expect, it } from 'vitest';
import type { SavedView } from '../settings/index.ts';
import { addView, deleteView, renameView, suggestName, updateView } from './view-list.ts';

const SAVED: readonly SavedView[] = [
  { name: 'Drops', search: '?v=2&q=verdict:DROPPED&group=1' },
  { name: 'All', search: '?v=2' },
];

describe('the list of views', () => {
  it('takes a name once, trimmed', () => {
    const added = addView(SAVED, '  Mine ', '?v=2');
    expect(added).toEqual({ ok: true, value: [...SAVED, { name: 'Mine', search: '?v=2' }] });
    for (const name of ['', ' ', ' Drops', 'x'.repeat(61)])
      expect(addView(SAVED, name, '?v=2').ok).toBe(false);
    const full = Array.from({ length: 50 }, (_, at) => ({ name: `${at}`, search: '?v=2' }));
    expect(addView(full, 'one more', '?v=2').ok).toBe(false);
  });

  it('renames in place, also to itself, and never to another', () => {
    const names = (views: readonly SavedView[]) => views.map(({ name }) => name).join();
    const renamed = renameView(SAVED, 'Drops', 'Denials');
    expect(renamed.ok && names(renamed.value)).toBe('Denials,All');
    expect(renameView(SAVED, 'Drops', 'Drops ').ok).toBe(true);
    expect(renameView(SAVED, 'Drops', 'All').ok).toBe(false);
    expect(names(deleteView(SAVED, 'Drops'))).toBe('All');
    expect(updateView(SAVED, 'All', '?v=2&q=port:80')[1]?.search).toBe('?v=2&q=port:80');
  });

  it('suggests a name that is free', () => {
    expect(suggestName(SAVED, 'verdict:DROPPED')).toBe('verdict:DROPPED');
    expect(suggestName(SAVED, 'Drops')).toBe('View 3');
    expect(suggestName([...SAVED, { name: 'View 4', search: '?' }], '')).toBe('View 5');
  });
});
