import { describe, expect, it } from 'vitest';
import { hasQuickFilter, quickFilterProblem, toggleQuickFilter } from './quick-filter.ts';

describe('quick filters', () => {
  const noise = 'not label:reserved:health not verdict:TRACED or TRANSLATED';
  it.each([
    ['', noise],
    ['port:80', `port:80 ${noise}`],
    ['not label:reserved:health', noise],
  ])('join %j', (filter, joined) => {
    const added = toggleQuickFilter(filter, noise);
    expect(added).toBe(joined);
    expect(hasQuickFilter(added, noise)).toBe(true);
  });

  it('leave what else is there', () => {
    expect(toggleQuickFilter(`port:80 ${noise} namespace:shop`, noise)).toBe('port:80 namespace:shop');
    expect(hasQuickFilter('port:80', noise)).toBe(false);
    expect(hasQuickFilter('', '')).toBe(false);
  });

  it('say what is wrong with them', () => {
    expect(quickFilterProblem(noise)).toBeUndefined();
    expect(quickFilterProblem('http-status:9x')).toContain('9x');
  });
});
