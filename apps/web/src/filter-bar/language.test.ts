import { describe, expect, it } from 'vitest';
import { checkFilter, completeAt, looksLikeCommand, negate } from './language.ts';
import { readCommand } from './read-command.ts';

describe('readCommand', () => {
  it('turns a pasted command into a filter', () => {
    const read = readCommand('hubble observe --namespace shop --verdict DROPPED');
    expect(read).toMatchObject({ filter: 'namespace:shop verdict:DROPPED', draft: '', unknown: [] });
  });

  it('names flags that are none and lets the rest hold', () => {
    const read = readCommand('hubble observe --namespace shop --colour');
    expect(read.filter).toBe('namespace:shop');
    expect(read.unknown).toEqual([{ flag: '--colour', message: expect.stringContaining('--color') }]);
  });

  it('keeps what must be mended as the draft', () => {
    const read = readCommand('hubble observe --port 80 --http-status 9x');
    expect(read).toMatchObject({ filter: 'port:80', draft: 'http-status:9x' });
  });

  it('names a flag that has no value', () => {
    expect(readCommand('hubble observe --pod')).toMatchObject({
      filter: '',
      notes: ['--pod has no value. Write it behind the flag.'],
    });
  });

  it('names what asks for flows of the past', () => {
    expect(readCommand('hubble observe --pod shop/cart --since 5m').notes).toEqual([
      '--since 5m is no filter and is left out: all flows held are shown.',
    ]);
    expect(readCommand('hubble observe --last 20 --until 1m').notes).toEqual([
      '--last 20 and --until 1m are no filters and are left out: all flows held are shown.',
    ]);
    expect(readCommand('hubble observe --follow --server localhost:4245').notes).toEqual([]);
  });

  it('knows a command when it sees one', () => {
    expect(looksLikeCommand('$ hubble observe -f')).toBe(true);
    expect(looksLikeCommand('verdict:DROPPED')).toBe(false);
  });
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
