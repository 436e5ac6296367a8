import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { steadyOrder } from './steady-order.ts';

describe('steadyOrder', () => {
  const rows = (text: string) =>
    text.split(' ').map((word) => {
      const [value = '', count = ''] = word.split('=');
      return { value, count: Number(count) };
    });
  const names = (wanted: string, before: string) =>
    steadyOrder(rows(wanted), before.split(' '))
      .map(({ value }) => value)
      .join(' ');

  it('lets a row pass only with a lead', () => {
    expect(names('b=11 a=10 c=1', 'a b c')).toBe('a b c');
    expect(names('b=12 a=10 c=1', 'a b c')).toBe('b a c');
  });

  it('takes in what is new where it belongs and drops what is gone', () => {
    expect(names('n=12 b=11 a=10', 'a b gone')).toBe('n a b');
    expect(names('b=11 n=10 a=10', 'a b')).toBe('b n a');
  });

  it('keeps every row, and the order by count where nothing was before', () => {
    const row = fc.record({ value: fc.string(), count: fc.nat(1000) });
    fc.assert(
      fc.property(
        fc.uniqueArray(row, { selector: ({ value }) => value }),
        fc.array(fc.string()),
        (list, before) => {
          const wanted = list.toSorted((a, b) => b.count - a.count);
          expect(steadyOrder(wanted, before).toSorted((a, b) => b.count - a.count)).toHaveLength(
            wanted.length,
          );
          expect(new Set(steadyOrder(wanted, before))).toEqual(new Set(wanted));
          expect(steadyOrder(wanted, [])).toEqual(wanted);
        },
      ),
      { seed: 8, numRuns: 200 },
    );
  });
});
