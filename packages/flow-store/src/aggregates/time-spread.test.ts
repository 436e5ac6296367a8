import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TimeSpread } from './time-spread.ts';

const NOW = 1_800_000_000;

function told(spread: TimeSpread): readonly string[] {
  const all: string[] = [];
  spread.forEach((key, bucket, count) => all.push(`${key} ${bucket * spread.widthS - NOW} ${count}`));
  return all.toSorted();
}

it('counts by seconds while they are few, and by longer stretches when there are more', () => {
  const spread = new TimeSpread();
  for (const second of [0, 0, 1, 63]) spread.add(7, NOW + second, 1);
  expect(spread.widthS).toBe(1);
  expect(told(spread)).toEqual(['7 0 2', '7 1 1', '7 63 1']);
  spread.add(8, NOW + 64, 1);
  expect(spread.widthS).toBe(2);
  expect(told(spread)).toEqual(['7 0 3', '7 62 1', '8 64 1']);
});

it('does not count as reached what has left', () => {
  const spread = new TimeSpread();
  for (let second = 0; second < 1000; second++) {
    spread.add(1, NOW + second, 1);
    if (second >= 30) spread.add(1, NOW + second - 30, -1);
  }
  expect(spread.widthS).toBe(1);
  expect(told(spread)).toHaveLength(30);
});

it('leaves out times that no clock should say', () => {
  const spread = new TimeSpread();
  for (const second of [-1, 0, 2 ** 30 - 1, 2 ** 32, 253_402_300_799]) spread.add(1, second, 1);
  expect(told(spread)).toEqual([]);
});

it('is not made wide by a row that was put at no time', () => {
  const spread = new TimeSpread();
  spread.add(1, 0, 1);
  for (const second of [0, 20, 40]) spread.add(1, NOW + second, 1);
  expect([spread.widthS, spread.isCoarse]).toEqual([1, false]);
  expect(told(spread)).toEqual(['1 0 1', '1 20 1', '1 40 1']);
});

it('says when it is wider than what it holds needs', () => {
  const spread = new TimeSpread();
  for (let second = 0; second < 100; second++) spread.add(1, NOW + second, 1);
  const far = NOW + 100 * 86_400;
  spread.add(1, far, 1);
  expect([spread.widthS > 1e5, spread.isCoarse]).toEqual([true, false]);
  spread.add(1, far, -1);
  expect(spread.isCoarse).toBe(true);
});

describe('a few rows whose clock is years off', () => {
  const YEARS = 30 * 365 * 86_400;

  it.each([
    ['ahead, after the others', YEARS, false],
    ['ahead, before the others', YEARS, true],
    ['behind, after the others', -10 * 365 * 86_400, false],
    ['behind, before the others', -10 * 365 * 86_400, true],
  ])('%s, leave the others told apart, and can leave', (_, off, isFirst) => {
    const spread = new TimeSpread();
    const wrong = (delta: number): void => {
      for (let i = 0; i < 3; i++) spread.add(9, NOW + off + i, delta);
    };
    if (isFirst) wrong(1);
    for (let second = 0; second < 60; second++) spread.add(1, NOW + second, 1);
    if (!isFirst) wrong(1);
    const others = Array.from({ length: 60 }, (__, second) => `1 ${second} 1`).toSorted();
    expect([spread.widthS, spread.reachS]).toEqual([1, [NOW, NOW + 60]]);
    expect(told(spread)).toEqual(others);
    wrong(-1);
    expect(told(spread)).toEqual(others);
  });

  it('are those that are fewer', () => {
    const spread = new TimeSpread();
    spread.add(9, NOW + YEARS, 1);
    for (let second = 0; second < 3; second++) spread.add(1, NOW + second, 1);
    expect(told(spread)).toEqual(['1 0 1', '1 1 1', '1 2 1']);
    spread.add(9, NOW + YEARS, -1);
    expect(told(spread)).toEqual(['1 0 1', '1 1 1', '1 2 1']);
  });

  it('on both sides do not take the place of the rows between them', () => {
    const spread = new TimeSpread();
    for (let second = 0; second < 5; second++) spread.add(1, NOW + second, 1);
    for (let i = 0; i < 3; i++) {
      spread.add(9, NOW - YEARS / 2 + i, 1);
      spread.add(9, NOW + YEARS + i, 1);
    }
    expect([spread.widthS, spread.reachS]).toEqual([1, [NOW, NOW + 5]]);
    expect(told(spread)).toEqual(['1 0 1', '1 1 1', '1 2 1', '1 3 1', '1 4 1']);
  });

  it('are rows like others once the others have come to them', () => {
    const spread = new TimeSpread();
    const DAY = 86_400;
    let rows = 0;
    const add = (since: number): void => {
      spread.add(1, NOW + since, 1);
      rows++;
    };
    for (let second = 0; second < 40; second++) add(second);
    add(300 * DAY);
    for (let day = 1; day < 400; day++) add(day * DAY);
    let counted = 0;
    spread.forEach((_, __, count) => (counted += count));
    expect(counted).toBe(rows);
  });

  it('are rows like others when they are many', () => {
    const spread = new TimeSpread();
    for (let second = 0; second < 60; second++) spread.add(1, NOW + second, 1);
    for (let second = 0; second < 60; second++) spread.add(1, NOW + YEARS + second, 1);
    const all: number[] = [];
    spread.forEach((__, ___, count) => all.push(count));
    expect(all.reduce((sum, count) => sum + count, 0)).toBe(120);
  });

  it('are not kept from what has left', () => {
    const spread = new TimeSpread();
    spread.add(1, NOW, 1);
    spread.add(1, NOW, -1);
    spread.add(1, NOW + YEARS, 1);
    expect(told(spread)).toEqual([`1 ${YEARS} 1`]);
  });
});

it('is never called too wide for the rows that made it so', () => {
  const seconds = fc.array(fc.nat(2 ** 30), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(seconds, fc.constantFrom(1, 1000, 100_000, 10_000_000), (all, part) => {
      const spread = new TimeSpread();
      for (const second of all) spread.add(1, NOW + Math.floor(second / part), 1);
      expect(spread.isCoarse).toBe(false);
    }),
    { seed: 12 },
  );
});

it('has the counts that the rows held give, whatever the order', () => {
  const row = fc.record({ key: fc.nat(4), second: fc.nat(5000) });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 60 }), fc.nat(60), (rows, gone) => {
      const spread = new TimeSpread();
      for (const { key, second } of rows) spread.add(key, NOW + second, 1);
      for (const { key, second } of rows.slice(0, gone)) spread.add(key, NOW + second, -1);
      const width = spread.widthS;
      const counts = new Map<string, number>();
      for (const { key, second } of rows.slice(gone)) {
        const at = `${key} ${Math.floor((NOW + second) / width) * width - NOW}`;
        counts.set(at, (counts.get(at) ?? 0) + 1);
      }
      expect(told(spread)).toEqual([...counts].map(([at, count]) => `${at} ${count}`).toSorted());
    }),
    { seed: 11 },
  );
});
