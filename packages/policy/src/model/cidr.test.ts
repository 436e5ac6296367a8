import { defined } from '@finderscope/base';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type Cidr, cidrLabel, containsCidr, formatCidr, parseCidr, parseCidrLabel } from './cidr.ts';

const cidr: fc.Arbitrary<Cidr> = fc.constantFrom<4 | 6>(4, 6).chain((family) => {
  const width = family === 4 ? 32 : 128;
  return fc
    .tuple(fc.bigInt({ min: 0n, max: (1n << BigInt(width)) - 1n }), fc.integer({ min: 0, max: width }))
    .map(([bits, length]) => {
      const below = BigInt(width - length);
      return { family, bits: (bits >> below) << below, length };
    });
});

describe('prefixes', () => {
  test('are read as they are written, as text and as label', () => {
    fc.assert(
      fc.property(cidr, (prefix) => {
        expect(parseCidr(formatCidr(prefix))).toEqual(prefix);
        expect(parseCidrLabel(cidrLabel(prefix).slice('cidr:'.length))).toEqual(prefix);
        expect(cidrLabel(prefix).slice('cidr:'.length)).toMatch(
          /^[0-9a-f][-0-9a-f.]*[0-9a-f]\/\d+$|^\d\/\d+$/,
        );
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test('a prefix holds itself and its halves, and its halves do not hold it', () => {
    fc.assert(
      fc.property(cidr, (prefix) => {
        expect(containsCidr(prefix, prefix)).toBe(true);
        const width = prefix.family === 4 ? 32 : 128;
        fc.pre(prefix.length < width);
        const length = prefix.length + 1;
        const upper = prefix.bits | (1n << BigInt(width - length));
        for (const bits of [prefix.bits, upper]) {
          expect(containsCidr(prefix, { ...prefix, bits, length })).toBe(true);
          expect(containsCidr({ ...prefix, bits, length }, prefix)).toBe(false);
        }
      }),
      { seed: 2 },
    );
  });

  test.each([
    ['10.1.2.3/8', '10.0.0.0/8'],
    ['20.1.1.1', '20.1.1.1/32'],
    ['2001:db8::1/64', '2001:db8::/64'],
    ['::', '::/128'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3/128'],
  ])('%s is %s', (text, expected) => {
    expect(formatCidr(defined(parseCidr(text), text))).toBe(expected);
  });

  test.each([
    '',
    '10.0.0',
    '10.0.0.256',
    '01.2.3.4',
    '10.0.0.0/33',
    '1::2::3',
    '1:2',
    ':::',
    '1:2:3:4:5:6:7:8:9',
    'x',
  ])('"%s" is none', (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });
});
