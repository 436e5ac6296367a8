import { expect, test } from 'vitest';

import { ringOf } from '../testing/ring-text.ts';
import { flowRate } from './flow-rate.ts';

test.each([
  ['an empty ring', '', 100, 0],
  ['only the unreadable one', 'f90', 100, 0],
  ['a short ring: by the age of its oldest flow', 'f80 f90 f95 f99', 100, 3 / 20],
  ['a minute and more: by the minute', 'f10 f39 f40 f90 f99', 100, 2 / 60],
  ['only flows count', 'f80 a85 d86 l87 f90 f95', 100, 2 / 20],
])('%s', (_, text, now, expected) => {
  expect(flowRate(ringOf(text), { seconds: now, nanos: 0 })).toBe(expected);
});
