import { expect, test } from 'vitest';
import { parsePrefixedUint, parseUint } from './go-number.ts';

test.each([
  ['0', 0n],
  ['42', 42n],
  ['1_000', 1000n],
  ['0x1f', 31n],
  ['0X_1F', 31n],
  ['0b11', 3n],
  ['0o17', 15n],
  ['017', 15n],
  ['0_7', 7n],
  ['4294967295', 4294967295n],
])('%s is a number to Go', (text, value) => {
  expect(parsePrefixedUint(text, 32)).toBe(value);
});

test.each(['', '-1', '+1', '08', '1_', '_1', '1__0', '0x', '1.5', ' 1', '4294967296'])(
  '%j is none',
  (text) => {
    expect(parsePrefixedUint(text, 32)).toBeUndefined();
  },
);

test('decimal numbers take no prefix and no underscore', () => {
  expect(parseUint('007', 8)).toBe(7n);
  expect(parseUint('256', 8)).toBeUndefined();
  expect(parseUint('0x1', 8)).toBeUndefined();
  expect(parseUint('1_0', 8)).toBeUndefined();
});
