import { expect, it } from 'vitest';
import { clockOffset } from './clock.ts';

const DAY = 86_400_000;

it('the clock of the chart', () => {
  const offset = (skewMs: number | undefined, newestMs: number | undefined, before = 0) =>
    clockOffset({ skewMs, newestMs }, 1000 * DAY, before);
  // The way through the network is no other clock.
  expect(offset(-40, 1000 * DAY)).toBe(0);
  expect(offset(undefined, undefined)).toBe(0);
  // Another clock is followed, without trembling.
  expect(offset(-90_000, undefined)).toBe(-90_000);
  expect(offset(-90_300, undefined, -90_000)).toBe(-90_000);
  expect(offset(-1900, undefined, -2100)).toBe(-2100);
  expect(offset(40, undefined, -2100)).toBe(0);
  expect(offset(-95_000, undefined, -90_000)).toBe(-95_000);
  // A quiet cluster is not a replay; flows of last month are.
  expect(offset(undefined, 1000 * DAY - 3_600_000)).toBe(0);
  expect(offset(undefined, 970 * DAY)).toBe(-30 * DAY);
});
