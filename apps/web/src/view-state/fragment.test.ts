import { describe, expect, it } from 'vitest';
import { formatFragment, MAX_PACKED_CHARS, readFragment, upgradeMessages } from './fragment.ts';

describe('readFragment', () => {
  it('reads what was written', () => {
    expect(readFragment(formatFragment('aZ0-_'))).toEqual({ kind: 'flow', version: 1, packed: 'aZ0-_' });
    expect(readFragment('')).toEqual({ kind: 'none' });
    expect(readFragment('#')).toEqual({ kind: 'none' });
  });

  it.each([
    ['#f=', /cannot be read: after #f= comes a version/],
    ['#f=1.', /cannot be read/],
    ['#f=1.a+b', /cannot be read/],
    ['#f=one.abc', /cannot be read/],
    ['#f=0.abc', /cannot be read/],
    ['#f=2.abc', /newer Finderscope \(version 2; this one knows 1\)/],
    [`#f=1.${'a'.repeat(MAX_PACKED_CHARS + 1)}`, /longer than 8192 characters/],
    ['#top', /ends in #top, which this version does not know/],
    [`#${'x'.repeat(100)}`, /ends in #x{37}\.\.\., which/],
  ])('names what is wrong with %s', (hash, said) => {
    const read = readFragment(hash);
    expect(read.kind).toBe('broken');
    expect(read.kind === 'broken' ? read.message : '').toMatch(said);
  });

  it('knows the versions up to the newest', () => {
    expect(readFragment('#f=2.abc', 3)).toEqual({ kind: 'flow', version: 2, packed: 'abc' });
  });
});

it('lifts messages step by step from their version on', () => {
  const steps = [1, 2, 3].map((mark) => (messages: readonly Uint8Array[]) => [
    ...messages,
    Uint8Array.of(mark),
  ]);
  const lifted = (from: number) => upgradeMessages([], from, steps).map(([mark]) => mark);
  expect(lifted(1)).toEqual([1, 2, 3]);
  expect(lifted(3)).toEqual([3]);
  expect(lifted(4)).toEqual([]);
});
