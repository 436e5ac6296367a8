// When each record of a file is played: in the order of its lines, with the pauses of their times, at a speed. A pause
// of more than two seconds is cut short, since files are often joined from captures of different days.

import { type Moment, nsBetween } from '../timeline/clock.ts';

export type ScheduledAt = {
  /** Nanoseconds after the start. */
  readonly playNs: number;
  /** The record's own time on the same scale; not later than playNs, since lines may be a little out of order. */
  readonly timeNs: number;
};

export type Schedule = {
  readonly at: readonly ScheduledAt[];
  readonly lengthNs: number;
  readonly shortenedPauses: number;
};

const LONGEST_PAUSE_NS = 2e9;

/** One entry for each time; a record without one comes with the line before it. */
export function scheduleRecords(times: readonly (Moment | undefined)[], speed: number): Schedule {
  const at: ScheduledAt[] = [];
  let latest: Moment | undefined;
  let playNs = 0;
  let shortenedPauses = 0;
  for (const time of times) {
    let behindNs = 0;
    if (time !== undefined) {
      const stepNs = latest === undefined ? 0 : nsBetween(latest, time) / speed;
      if (stepNs >= 0) playNs += Math.min(stepNs, LONGEST_PAUSE_NS);
      else behindNs = Math.min(-stepNs, LONGEST_PAUSE_NS);
      const isJump = Math.abs(stepNs) > LONGEST_PAUSE_NS;
      if (isJump) shortenedPauses++;
      if (latest === undefined || stepNs >= 0 || isJump) latest = time;
    }
    at.push({ playNs, timeNs: Math.max(0, playNs - behindNs) });
  }
  return { at, lengthNs: playNs, shortenedPauses };
}
