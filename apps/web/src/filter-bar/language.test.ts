import { expect, it } from 'vitest';
import { checkFilter, completeAt, looksLikeCommand, negate } from './language.ts';

it('knows a command when it sees one', () => {
  expect(looksLikeCommand('$ hubble observe -f')).toBe(true);
  expect(looksLikeCommand('verdict:DROPPED')).toBe(false);
});

it('turns tokens around', () => {
  expect(negate('verdict:DROPPED')).toBe('not verdict:DROPPED');
  expect(negate('not verdict:DROPPED')).toBe('verdict:DROPPED');
});

it('finds nothing wrong with nothing, and places what is wrong', () => {
  expect(checkFilter('  ')).toEqual([]);
  expect(checkFilter('port:80 http-status:9x')).toMatchObject([{ from: 20, to: 22 }]);
});

it('completes keys and values', () => {
  expect(completeAt('from-po', 7).keys.map((key) => key.key)).toContain('from-pod');
  expect(completeAt('verdict:DR', 10)).toMatchObject({
    context: 'value',
    field: 'verdict',
    values: ['DROPPED'],
  });
});
