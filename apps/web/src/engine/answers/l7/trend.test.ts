import { expect, it } from 'vitest';
import { trendScale } from './trend.ts';

const S = 1_000_000_000n;
const counted = (widthS: number, reachS: readonly [number, number] = [0, 1e9]) => ({ widthS, reachS });

it('leaves out what the ends cut, and needs two stretches', () => {
  expect(trendScale([10n * S, 14n * S], counted(1), [])?.times).toMatchObject({
    fromNs: 11n * S,
    buckets: 3,
  });
  expect(trendScale([10n * S, 13n * S + 999n], counted(2), [])).toBeUndefined();
  expect(trendScale(undefined, counted(1), [])).toBeUndefined();
});

it('puts together stretches that would be too many', () => {
  const scale = trendScale([0n, 6400n * S], counted(1), []);
  expect(scale).toMatchObject({ merged: 100, first: 1, times: { bucketNs: 100n * S, buckets: 63 } });
});

it('says where nobody looked, unless the server still had what came', () => {
  const of = (gap: { fromNs: bigint; toNs: bigint | undefined; refilled?: boolean }) =>
    trendScale([0n, 10n * S], counted(1), [gap])?.times.unseen;
  expect(of({ fromNs: 3n * S + 1n, toNs: 5n * S })).toEqual([2, 3, 4]);
  expect(of({ fromNs: 7n * S, toNs: undefined })).toEqual([6, 7, 8]);
  expect(of({ fromNs: 3n * S, toNs: 5n * S, refilled: true })).toEqual([]);
  expect(of({ fromNs: 0n, toNs: S - 1n })).toEqual([]);
  expect(of({ fromNs: 30n * S, toNs: 50n * S })).toEqual([]);
});

it('does not reach to a row whose clock is years off', () => {
  const wrong = 2_000_000_000n * S;
  const scale = trendScale([10n * S, wrong], counted(1, [10, 41]), []);
  expect(scale?.times).toMatchObject({ fromNs: 11n * S, bucketNs: S, buckets: 29 });
  expect(trendScale([10n * S, 20n * S], { widthS: 1, reachS: undefined }, [])).toBeUndefined();
});
