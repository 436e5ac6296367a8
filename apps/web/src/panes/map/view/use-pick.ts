// The choice, as the address has it, with the values it puts into the filter.

import { useEffect, useState } from 'react';
import { currentView, navigate, useView } from '../../../view-state/index.ts';
import type { MapNode, MapScope } from '../model/graph.ts';
import {
  isInForce,
  NO_PICK,
  type Pick,
  pickValues,
  readPick,
  withoutValues,
  withValues,
  writePick,
} from '../model/pick.ts';

export type PickState = {
  readonly pick: Pick;
  /** The filter without what the choice has put into it: a choice does not hide its alternatives. */
  readonly ownFilter: string;
  readonly choose: (pick: Pick) => void;
};

/**
 * `known` holds every node seen so far: the values of a choice must be known before the filter can be taken apart, and
 * after its nodes have gone.
 */
export function usePick(filter: string, scope: MapScope, known: ReadonlyMap<string, MapNode>): PickState {
  const view = useView();
  const wanted = readPick(view.mapPick);
  const values = pickValues(wanted, scope, known);
  const pick = wanted.kind !== 'none' && isInForce(view.filter, values) ? wanted : NO_PICK;
  const ownFilter = pick.kind === 'none' ? filter : withoutValues(filter, values);
  // A value of the choice was taken out of the filter bar: what is left of the choice goes too.
  const over = wanted.kind !== 'none' && values.length > 0 && pick.kind === 'none';
  useEffect(() => {
    if (!over) return;
    navigate({ mapPick: [], filter: withoutValues(currentView().filter, values) }, { replace: true });
  });
  return {
    pick,
    ownFilter,
    choose: (next) => {
      const bare = withoutValues(currentView().filter, values);
      navigate({ mapPick: writePick(next), filter: withValues(bare, pickValues(next, scope, known)) });
    },
  };
}

/** Every node that was seen, newest description first; grows to a bound and then starts over. */
export function useKnownNodes(nodes: readonly MapNode[]): ReadonlyMap<string, MapNode> {
  const [known, setKnown] = useState<ReadonlyMap<string, MapNode>>(new Map());
  const fresh = nodes.filter((node) => !known.has(node.id));
  if (fresh.length > 0) {
    const kept = known.size > MAX_KNOWN ? [] : [...known];
    setKnown(new Map([...kept, ...fresh.map((node): [string, MapNode] => [node.id, node])]));
  }
  return known;
}

const MAX_KNOWN = 20_000;
