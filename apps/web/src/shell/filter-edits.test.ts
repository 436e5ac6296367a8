import { describe, expect, it } from 'vitest';
import { addFocused, toggleDrops } from './filter-edits.ts';

describe('filter edits', () => {
  it.each([
    ['', 'verdict:DROPPED'],
    ['verdict:DROPPED', ''],
    ['port:80 verdict:DROPPED namespace:shop', 'port:80 namespace:shop'],
    ['port:80', 'port:80 verdict:DROPPED'],
  ])('toggles drops only in %j', (filter, result) => {
    expect(toggleDrops(filter)).toBe(result);
  });

  it('adds the focused value and keeps what was there', () => {
    expect(addFocused('port:80', 'from-pod:default/xwing', 'include')).toBe('port:80 from-pod:default/xwing');
    expect(addFocused('port:80', 'from-pod:default/xwing', 'exclude')).toBe(
      'port:80 not from-pod:default/xwing',
    );
    expect(addFocused('port:80', 'port:80', 'include')).toBe('port:80');
  });

  it('refuses what is not filter text', () => {
    expect(addFocused('port:80', '', 'include')).toBeUndefined();
    expect(addFocused('port:80', 'nonsense', 'include')).toBeUndefined();
  });
});
