// flows_rate of ServerStatus: flows of the last minute, counted back from the newest readable entry.

import { type Moment, nsBetween } from '../timeline/clock.ts';
import type { RingBuffer } from './ring-buffer.ts';

const WINDOW_SECONDS = 60;
const NS_PER_SECOND = 1e9;

/** Flows a second. A ring that does not reach back a minute is divided by the age of its oldest flow. */
export function flowRate(ring: RingBuffer, now: Moment): number {
  let flows = 0;
  let ageSeconds = 0;
  for (let position = ring.newest; position >= ring.oldest; position--) {
    const entry = ring.read(position);
    if (entry?.kind !== 'flow') continue;
    const age = nsBetween(entry, now) / NS_PER_SECOND;
    if (age > WINDOW_SECONDS) return flows / WINDOW_SECONDS;
    flows++;
    ageSeconds = age;
  }
  return ageSeconds > 0 ? flows / ageSeconds : 0;
}
