// The choice, as the address has it, with what it puts into the filter.

import { useEffect, useMemo, useState } from 'react';
import { currentView, navigate, useView } from '../../../view-state/index.ts';
import type { MapNode, MapScope } from '../model/graph.ts';
import { pickEnd, type PickEnd, type PickSide } from '../model/pick-ends.ts';
import { fitPick, type PickEnds } from '../model/pick-filter.ts';
import { holdsValues, legacyValues, withoutValues } from '../model/pick-legacy.ts';
import { isInForce, withoutPut } from '../model/pick-put.ts';
import { type Chosen, NO_PICK, type Pick, readChosen, writeChosen } from '../model/pick.ts';

export type PickState = {
  readonly pick: Pick;
  /** The filter without what the choice has put into it: a choice does not hide its alternatives. */
  readonly ownFilter: string;
  /** Nothing is in the filter for it: beside what is there it cannot be said. */
  readonly unsaid: boolean;
  readonly choose: (pick: Pick) => void;
};

/**
 * `known` holds every node seen so far, with the pods it has now: when pods come and go, what the choice has put into
 * the filter follows.
 */
export function usePick(filter: string, scope: MapScope, known: ReadonlyMap<string, MapNode>): PickState {
  const view = useView();
  const state = useMemo(
    () => stateOf(readChosen(view.mapPick), view.filter, filter, scope, known),
    [view.mapPick, view.filter, filter, scope, known],
  );
  const { amended } = state;
  useEffect(() => {
    if (amended !== undefined) navigate(amended, { replace: true });
  }, [amended]);
  return {
    pick: state.pick,
    ownFilter: state.ownFilter,
    unsaid: state.pick.kind !== 'none' && readChosen(view.mapPick).put === '',
    choose: (next) => {
      const now = stateOf(readChosen(currentView().mapPick), currentView().filter, filter, scope, known);
      navigate(putIn(next, now.bare, scope, known));
    },
  };
}

type Amended = { readonly mapPick: readonly string[]; readonly filter: string };
type State = {
  readonly pick: Pick;
  readonly ownFilter: string;
  /** The text of the filter bar without the choice. */
  readonly bare: string;
  /** What the address should say instead. */
  readonly amended: Amended | undefined;
};

/** `text` is what the filter bar has, `filter` the last of it that was valid. */
function stateOf(
  chosen: Chosen,
  text: string,
  filter: string,
  scope: MapScope,
  known: ReadonlyMap<string, MapNode>,
): State {
  const { pick, put, held } = chosen;
  if (pick.kind === 'none') return { pick, ownFilter: filter, bare: text, amended: undefined };
  const ends = endsOf(pick, scope, known);
  if (put === undefined) {
    // Until its nodes are seen nobody can say what it has put there.
    if (ends === undefined) return { pick, ownFilter: filter, bare: text, amended: undefined };
    const values = legacyValues(pick, scope, known, isSeveral(known));
    const bare = withoutValues(text, values);
    return holdsValues(text, values)
      ? { pick, ownFilter: withoutValues(filter, values), bare, amended: putIn(pick, bare, scope, known) }
      : over(filter, bare);
  }
  const bare = withoutPut(text, put, held);
  // A part of it was taken out in the filter bar: what is left of the choice goes too.
  if (!isInForce(text, put)) return over(filter, bare);
  const amended = ends === undefined ? undefined : putIn(pick, bare, scope, known);
  return {
    pick,
    ownFilter: withoutPut(filter, put, held),
    bare,
    amended: amended === undefined || readChosen(amended.mapPick).put === put ? undefined : amended,
  };
}

function over(filter: string, bare: string): State {
  return { pick: NO_PICK, ownFilter: filter, bare, amended: { mapPick: [], filter: bare } };
}

function putIn(pick: Pick, bare: string, scope: MapScope, known: ReadonlyMap<string, MapNode>): Amended {
  const ends = endsOf(pick, scope, known);
  if (ends === undefined) return { mapPick: [], filter: bare };
  const { filter, put, held } = fitPick(bare, ends);
  return { mapPick: writeChosen({ pick, put, held }), filter };
}

/** undefined without a choice, and while one of its nodes is not known. */
function endsOf(pick: Pick, scope: MapScope, known: ReadonlyMap<string, MapNode>): PickEnds | undefined {
  const several = isSeveral(known);
  const of = (id: string, side: PickSide): PickEnd | undefined => {
    const node = known.get(id);
    return node && pickEnd(node, scope, side, several);
  };
  if (pick.kind === 'none') return undefined;
  if (pick.kind === 'nodes') {
    const ends = pick.ids.map((id) => of(id, '')).filter((end) => end !== undefined);
    return ends.length === pick.ids.length ? { kind: 'nodes', ends } : undefined;
  }
  const source = of(pick.source, 'from-');
  const target = of(pick.target, 'to-');
  return source === undefined || target === undefined ? undefined : { kind: 'link', source, target };
}

function isSeveral(known: ReadonlyMap<string, MapNode>): boolean {
  return new Set([...known.values()].map(({ cluster }) => cluster).filter(Boolean)).size > 1;
}

/** Every node that was seen, newest description first; grows to a bound and then starts over. */
export function useKnownNodes(nodes: readonly MapNode[]): ReadonlyMap<string, MapNode> {
  const [known, setKnown] = useState<ReadonlyMap<string, MapNode>>(new Map());
  const fresh = nodes.filter((node) => {
    const before = known.get(node.id);
    return before === undefined || podsText(before) !== podsText(node);
  });
  if (fresh.length > 0) {
    const kept = known.size > MAX_KNOWN ? [] : [...known];
    setKnown(new Map([...kept, ...fresh.map((node): [string, MapNode] => [node.id, node])]));
  }
  return known;
}

function podsText({ podNames }: MapNode): string {
  return podNames === undefined ? '' : [podNames.others, ...podNames.values].join(' ');
}

const MAX_KNOWN = 20_000;
