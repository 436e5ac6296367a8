// Tokens that must all hold, to one or two FlowFilters, exactly as the CLI makes them of its flags.
//
//   pod:a       ->  left.source_pod = [a]         right.destination_pod = [a]       either side
//   from-pod:a  ->  left.source_pod = [a]         right.source_pod = [a]            one side
//   verdict:v   ->  left.verdict = [v]            right.verdict = [v]               no side
//
// The result is left OR right, or one of them when both are equal. Namespaces wait until all names are known.

import { create, equals } from '@bufbuild/protobuf';
import { err, ok, type Result } from '@finderscope/base';
import { type FlowFilter, FlowFilterSchema } from '@finderscope/hubble-api';
import type { Side } from '../filter/rule.ts';
import { flagOf, type KeyDef } from '../fields/key.ts';
import { flagConflict, namespaceConflict } from './conflicts.ts';

export type Tracker = {
  readonly left: FlowFilter;
  readonly right: FlowFilter;
  /** Flags used so far, for conflicts. */
  readonly used: Set<string>;
  readonly namespaces: {
    readonly either: string[];
    readonly source: string[];
    readonly destination: string[];
  };
};

/** A tracker that holds nothing yet. */
export function createTracker(): Tracker {
  return {
    left: create(FlowFilterSchema),
    right: create(FlowFilterSchema),
    used: new Set(),
    namespaces: { either: [], source: [], destination: [] },
  };
}

/** Adds one canonical value; the error is the CLI's text. Fields whose value is a whole filter do not belong here. */
export function track(tracker: Tracker, key: KeyDef, value: string): Result<undefined, string> {
  tracker.used.add(flagOf(key, value) ?? key.name);
  const conflict = flagConflict(tracker.used);
  if (conflict !== undefined) return err(conflict);
  const { effect } = key.field;
  const side: Side = key.side === 'destination' ? 'destination' : 'source';
  if (effect.kind === 'namespace') {
    tracker.namespaces[key.side === 'either' ? 'either' : side].push(effect.namespaceOf(value));
  } else if (effect.kind === 'list') {
    effect.write(tracker.left, value, side);
    effect.write(tracker.right, value, key.side === 'either' ? 'destination' : side);
  }
  const complaint =
    namespaceConflict(tracker.left, tracker.namespaces) ??
    namespaceConflict(tracker.right, tracker.namespaces);
  return complaint === undefined ? ok(undefined) : err(complaint);
}

/** Closes the tracker: it must not be used afterwards. One filter, or two of which either may hold. */
export function trackedFilters({ left, right, namespaces }: Tracker): readonly FlowFilter[] {
  for (const side of ['destination', 'source'] as const) {
    if (namespaces[side].length === 0) continue;
    qualifyNames(left, side, namespaces[side]);
    qualifyNames(right, side, namespaces[side]);
  }
  if (namespaces.either.length > 0) {
    qualifyNames(left, 'source', namespaces.either);
    qualifyNames(right, 'destination', namespaces.either);
  }
  return equals(FlowFilterSchema, left, right) ? [left] : [left, right];
}

/** Puts each namespace before each name that has none; where nothing is named, everything in the namespaces is. */
function qualifyNames(filter: FlowFilter, side: Side, namespaces: readonly string[]): void {
  const source = side === 'source';
  const pods = source ? filter.sourcePod : filter.destinationPod;
  const services = source ? filter.sourceService : filter.destinationService;
  const named = pods.length > 0 || services.length > 0;
  const qualified = (names: readonly string[]) =>
    names.flatMap((name) =>
      name.includes('/') ? [name] : namespaces.map((namespace) => `${namespace}/${name}`),
    );
  const newPods = qualified(named ? pods : ['']);
  const newServices = qualified(services);
  if (source) {
    filter.sourcePod = newPods;
    filter.sourceService = newServices;
  } else {
    filter.destinationPod = newPods;
    filter.destinationService = newServices;
  }
}
