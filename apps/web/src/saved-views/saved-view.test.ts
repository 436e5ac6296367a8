import { describe, expect, it } from 'vitest';
import type { SavedView } from '../settings/index.ts';
import { DEFAULT_VIEW, type ViewState } from '../view-state/index.ts';
import { currentOf, searchOf, viewOf } from './saved-view.ts';

const DROPS: ViewState = { ...DEFAULT_VIEW, filter: 'verdict:DROPPED', group: true };
const SAVED: readonly SavedView[] = [
  { name: 'Drops', search: '?v=2&q=verdict:DROPPED&group=1' },
  { name: 'All', search: '?v=2' },
];

describe('a saved view', () => {
  it('keeps the way of looking and not the moment', () => {
    const at: ViewState = { ...DROPS, pausedAtNs: 7n, flow: 'abc', detail: true, find: 'x' };
    expect(searchOf(at)).toBe(searchOf(DROPS));
    expect(viewOf({ name: 'x', search: searchOf(at) })).toEqual(DROPS);
  });

  it('opens with defaults for what this build cannot use', () => {
    expect(viewOf({ name: 'x', search: '?v=2&q=port:80&sort=colour' })).toEqual({
      ...DEFAULT_VIEW,
      filter: 'port:80',
    });
  });

  it('is the current one when it looks the same, or when it was opened and changed since', () => {
    expect(currentOf(SAVED, { ...DROPS, flow: 'abc' }, undefined)?.name).toBe('Drops');
    expect(currentOf(SAVED, { ...DROPS, group: false }, undefined)).toBeUndefined();
    expect(currentOf(SAVED, { ...DROPS, group: false }, 'Drops')?.name).toBe('Drops');
    expect(currentOf(SAVED, DEFAULT_VIEW, 'Drops')?.name).toBe('All');
    expect(currentOf(SAVED, { ...DROPS, group: false }, 'gone')).toBeUndefined();
  });
});
