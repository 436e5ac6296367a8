// A subscription of the page as the session keeps it: what was answered last, which go first, when the next answer is due.

import { type ArrangementCache, newArrangementCache } from '../answers/arrange.ts';
import type { PaneAnswer, PaneQuery } from '../protocol.ts';
import type { Pace } from './answer.ts';

export const NEVER = -1;
export const NOT_WHOLLY = -2;
/** What the page needs, roughly, to take, place and draw one. */
const PAGE_MS_PER_LINK = 0.03;

export type Subscribed = {
  seq: number;
  query: PaneQuery;
  /** Revision that was answered last, NEVER before the first answer to this query, NOT_WHOLLY when that left rows out. */
  answered: number;
  answeredMs: number;
  /** The last answer was about no flow at all: the first ones are told of without waiting for a beat. */
  answeredEmpty: boolean;
  /** What the last answer took to make, or what it takes the page to show if that is more. */
  costMs: number;
  readonly cache: ArrangementCache;
};

export function newSubscribed(seq: number, query: PaneQuery): Subscribed {
  const cache = newArrangementCache();
  return { seq, query, answered: NEVER, answeredMs: 0, answeredEmpty: false, costMs: 0, cache };
}

/** Of what is shown link by link: the others are cut to what has room on screen. Bench: page.busy_5k. */
export function pageCostMs(value: PaneAnswer): number {
  return value.kind === 'edges' ? value.edges.length * PAGE_MS_PER_LINK : 0;
}

/** Somebody has just asked to see them. */
export function awaitsRows({ answered, query }: Subscribed): boolean {
  return answered === NEVER && query.kind === 'rows';
}

/** A changed filter counts anew for every facet; the rows are what the person waits for. */
export function rowsFirst(
  subscriptions: ReadonlyMap<number, Subscribed>,
): readonly (readonly [number, Subscribed])[] {
  const all = [...subscriptions];
  return [
    ...all.filter(([, subscription]) => awaitsRows(subscription)),
    ...all.filter(([, subscription]) => !awaitsRows(subscription)),
  ];
}

/** The first beat of the interval that leaves `restMs` between: subscriptions of one interval are due at one time. */
export function dueAfter(answeredMs: number, { intervalMs, restMs }: Pace): number {
  const next = (Math.floor(answeredMs / intervalMs) + 1) * intervalMs;
  return Math.max(next, Math.ceil((answeredMs + restMs) / intervalMs) * intervalMs);
}
