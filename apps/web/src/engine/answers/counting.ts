// Aggregates for answers: those that the lists keep up to date, whole or for a window that moves on, or, for a paused
// view, one that is counted anew.

import { type Aggregate, countOver, type MatchList, Windowed } from '@finderscope/flow-store';
import type { Window } from '../protocol.ts';
import type { World } from '../session/world.ts';
import { rowsAtPause } from './paused.ts';

export type AggregateSpec<A extends Aggregate> = {
  /** The same name always means the same aggregate. */
  readonly name: string;
  readonly kind: abstract new (...args: never) => A;
  readonly make: () => A;
};

/**
 * Asks the list to keep the aggregate for such windows, and to count anew what is stale, before it is brought up to
 * date. For a paused view nothing is kept: rows that came since are not in it.
 */
export function keep<A extends Aggregate>(
  { store }: World,
  list: MatchList,
  window: Window | undefined,
  spec: AggregateSpec<A>,
): void {
  if (window?.upTo !== undefined) return;
  const { name, kind, make } = spec;
  if (isWhole(window)) {
    list.dropStale(name);
    list.aggregate(name, kind, make);
    return;
  }
  list.dropStale(windowedName(name));
  list.aggregate<Windowed<A>>(
    windowedName(name),
    Windowed,
    () => new Windowed(store, make, { sinceNs: window?.sinceNs, untilNs: window?.untilNs }),
  );
}

/** The aggregate over the rows of a list, or of its part within a window: kept, where `keep` was asked, else counted now. */
export function counted<A extends Aggregate>(
  world: World,
  list: MatchList,
  window: Window | undefined,
  spec: AggregateSpec<A>,
): A {
  const { name, kind, make } = spec;
  if (isWhole(window)) return list.aggregate(name, kind, make);
  const windowed = window?.upTo === undefined ? keptWindow<A>(list, name) : undefined;
  if (windowed === undefined) return countOver(world.store.table, rowsWithin(world, list, window), make());
  windowed.moveTo({ sinceNs: window?.sinceNs, untilNs: window?.untilNs }, list);
  return windowed.counts;
}

function keptWindow<A extends Aggregate>(list: MatchList, name: string): Windowed<A> | undefined {
  return list.counted<Windowed<A>>(windowedName(name), Windowed);
}

/** One for all windows: those that one asks about lie close to each other. */
function windowedName(name: string): string {
  return `${name} in a window`;
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
