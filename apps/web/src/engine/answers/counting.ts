// Aggregates for answers: those that the lists keep up to date, or, for a window, one that is counted anew.

import { type Aggregate, countOver, type MatchList } from '@finderscope/flow-store';
import type { Window } from '../protocol.ts';
import type { World } from '../session/world.ts';
import { rowsAtPause } from './paused.ts';

export type AggregateSpec<A extends Aggregate> = {
  /** The same name always means the same aggregate. */
  readonly name: string;
  readonly kind: abstract new (...args: never) => A;
  readonly make: () => A;
};

/** Asks the list to keep the aggregate, and to count anew what is stale, before it is brought up to date. */
export function keep<A extends Aggregate>(list: MatchList, spec: AggregateSpec<A>): void {
  list.dropStale(spec.name);
  kept(list, spec);
}

function kept<A extends Aggregate>(list: MatchList, spec: AggregateSpec<A>): A {
  return list.aggregate(spec.name, spec.kind, spec.make);
}

/** The aggregate over the rows of a list, or of its part within a window. */
export function counted<A extends Aggregate>(
  world: World,
  list: MatchList,
  window: Window | undefined,
  spec: AggregateSpec<A>,
): A {
  if (isWhole(window)) return kept(list, spec);
  return countOver(world.store.table, rowsWithin(world, list, window), spec.make());
}

/** True when the window leaves nothing out. */
export function isWhole(window: Window | undefined): boolean {
  return window?.sinceNs === undefined && window?.untilNs === undefined && window?.upTo === undefined;
}

/** Rows of the list in the window, oldest first; good until the list changes. */
export function rowsWithin({ store }: World, list: MatchList, window: Window | undefined): Uint32Array {
  const from = window?.sinceNs === undefined ? 0 : list.lowerBound(window.sinceNs);
  const to = window?.untilNs === undefined ? list.count : list.lowerBound(window.untilNs + 1n);
  const rows = list.rows().subarray(from, Math.max(from, to));
  const upTo = window?.upTo;
  return upTo === undefined ? rows : rowsAtPause(store, rows, upTo);
}
