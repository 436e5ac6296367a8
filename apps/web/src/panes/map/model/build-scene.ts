// From a graph to what is to be seen of it. Which islands are open does not depend on rates, so that nothing opens or
// closes while data arrives: all of them while their cards fit, none of them otherwise, but for those that a person
// has turned over.

import type { MapGraph, MapLink, MapNode } from './graph.ts';
import { loadOf, mergeLinks } from './merge-links.ts';
import type { Island, Load, MapScene, PillItem, PillSide, SceneItem, SceneLink } from './scene.ts';

export type SceneOptions = {
  /** Islands that a person has opened or closed against the rule, by id. */
  readonly turned: ReadonlySet<string>;
  /** All islands are closed: there is no room for what is in them. See `folds`. */
  readonly folded: boolean;
};

/** Cards and links that can still be told apart on a screen, and drawn within a frame. */
const MAX_CARDS = 400;
const MAX_LINKS = 1500;
/** What has folded stays so until there is clearly less: else islands would open and close all the time. */
const UNFOLD = 0.6;
const LANE_NAMESPACE = 'kube-system';
/** Reserved identities that stand for the world, or for who lets it in. */
const AT_THE_EDGE = /^(world|ingress$)/;
/** The lane begins as one row: an island with more than this starts closed. */
const LANE_CARDS = 4;
/** Names drawn on one side before the rest is folded into one pill. */
const PILLS_A_SIDE = 12;
/** The same for the machinery of the cluster in the lane: hardly anybody looks for it. */
const PILLS_IN_LANE = 1;

/** Whether a graph is too large to be shown with open islands; `before`: what was said of it the last time. */
export function folds(graph: MapGraph, before: boolean): boolean {
  const share = before ? UNFOLD : 1;
  const cards = graph.nodes.reduce((sum, node) => sum + (node.outside === undefined ? 1 : 0), 0);
  return cards > MAX_CARDS * share || graph.links.length > MAX_LINKS * share;
}

export function buildScene(graph: MapGraph, { turned, folded: foldsAll }: SceneOptions): MapScene {
  const touching = linksByNode(graph);
  const load = (ids: readonly string[]): Load => loadOf(new Set(ids), linksOf(ids, touching), graph);
  const inside = graph.nodes.filter((node) => node.outside === undefined);
  const groups = Map.groupBy(inside, islandIdOf);
  const fits = !foldsAll;
  const namespaces = new Set(inside.map((node) => node.namespace));

  const islands: Island[] = [];
  const items = new Map<string, SceneItem>();
  const itemOf = new Map<string, string>();
  let folded = 0;
  for (const [id, nodes] of groups) {
    const { namespace, cluster } = nodes[0] ?? { namespace: '', cluster: '' };
    const named = namespace !== '';
    const lane = namespace === LANE_NAMESPACE && namespaces.size > 1;
    const openByRule = !named || (fits && !(lane && nodes.length > LANE_CARDS));
    const open = !named || openByRule !== turned.has(id);
    // The lane is a row of cards with its name in front.
    const boxed = named && !lane;
    const members = nodes.map((node) => node.id);
    const islandLoad = load(members);
    islands.push({ id, name: namespace, cluster, open, lane, boxed, members, load: islandLoad });
    if (!open && !fits) folded += nodes.length;
    if (!open) {
      const count = nodes.length;
      items.set(id, { kind: 'closed', id, name: namespace, cluster, lane, count, load: islandLoad });
    }
    for (const node of nodes) {
      itemOf.set(node.id, open ? node.id : id);
      if (open)
        items.set(node.id, { kind: 'card', id: node.id, node, island: id, lane, load: load([node.id]) });
    }
  }
  for (const pill of pillsOf(graph, turned, touching, load)) {
    items.set(pill.id, pill);
    for (const node of pill.nodes) itemOf.set(node.id, pill.id);
  }
  return {
    items,
    islands: islands.toSorted((a, b) => a.id.localeCompare(b.id, 'en')),
    links: drawnLinks(graph, items, islands, itemOf),
    clusters: clustersOf(islands),
    itemOf,
    folded,
  };
}

export function islandIdOf(node: MapNode): string {
  return `island:${node.cluster}/${node.namespace}`;
}

function linksByNode(graph: MapGraph): ReadonlyMap<string, readonly MapLink[]> {
  const touching = new Map<string, MapLink[]>(graph.nodes.map((node) => [node.id, []]));
  for (const link of graph.links) {
    touching.get(link.source)?.push(link);
    if (link.target !== link.source) touching.get(link.target)?.push(link);
  }
  return touching;
}

function linksOf(
  ids: readonly string[],
  touching: ReadonlyMap<string, readonly MapLink[]>,
): Iterable<MapLink> {
  const [only] = ids;
  if (ids.length === 1 && only !== undefined) return touching.get(only) ?? [];
  return new Set(ids.flatMap((id) => touching.get(id) ?? []));
}

/** The world calls, or is called; the machinery of the cluster has a place of its own. */
function sideOf(node: MapNode, links: readonly MapLink[]): PillSide {
  if (node.outside === 'reserved' && !AT_THE_EDGE.test(node.name)) return 'lane';
  const called = links.reduce((sum, link) => sum + (link.target === node.id ? link.count : 0), 0);
  const calls = links.reduce((sum, link) => sum + (link.source === node.id ? link.count : 0), 0);
  return calls > called ? 'in' : 'out';
}

function pillsOf(
  graph: MapGraph,
  turned: ReadonlySet<string>,
  touching: ReadonlyMap<string, readonly MapLink[]>,
  load: (ids: readonly string[]) => Load,
): readonly PillItem[] {
  const outside = graph.nodes.filter((node) => node.outside !== undefined);
  const sides = Map.groupBy(outside, (node) => sideOf(node, touching.get(node.id) ?? []));
  return [...sides].flatMap(([side, nodes]) => {
    const most = side === 'lane' ? PILLS_IN_LANE : PILLS_A_SIDE;
    const folds = nodes.length > most + 1 && !turned.has(`more:${side}`);
    // By order of magnitude and name: exact counts would swap pills all the time.
    const ranked = nodes
      .map((node) => ({ node, load: load([node.id]) }))
      .toSorted(
        (a, b) =>
          Number(b.load.droppedPerS > 0) - Number(a.load.droppedPerS > 0) ||
          (side === 'lane' ? laneOrder(a.node) - laneOrder(b.node) : magnitude(b.load) - magnitude(a.load)) ||
          a.node.name.localeCompare(b.node.name, 'en'),
      );
    const shown = folds ? ranked.slice(0, most) : ranked;
    const rest = folds ? ranked.slice(most).map(({ node }) => node) : [];
    const pills = shown.map(({ node, load }): PillItem => ({
      kind: 'pill',
      id: node.id,
      name: node.name,
      side,
      nodes: [node],
      load,
    }));
    if (rest.length === 0) return pills;
    const ids = rest.map((node) => node.id);
    const name = `${String(rest.length)} more${side === 'lane' ? '' : ' names'}`;
    return [
      ...pills,
      { kind: 'pill' as const, id: `more:${side}`, name, side, nodes: rest, load: load(ids) },
    ];
  });
}

/** The one that talks most first; by name, since their rates are too small to tell them apart for long. */
function laneOrder({ name }: MapNode): number {
  const at = ['host', 'remote-node', 'kube-apiserver'].indexOf(name);
  return at < 0 ? 99 : at;
}

function magnitude(load: Load): number {
  return Math.floor(Math.log2(load.perS * 60 + 1));
}

function drawnLinks(
  graph: MapGraph,
  items: ReadonlyMap<string, SceneItem>,
  islands: readonly Island[],
  itemOf: ReadonlyMap<string, string>,
): readonly SceneLink[] {
  const lanes = new Set(islands.filter((island) => island.lane).map((island) => island.id));
  const boxed = new Set(islands.filter((island) => island.boxed).map((island) => island.id));
  const inLane = (item: SceneItem): boolean =>
    (item.kind === 'card' && lanes.has(item.island)) ||
    (item.kind === 'closed' && item.lane) ||
    (item.kind === 'pill' && item.side === 'lane');
  // Everybody asks DNS: one line for each island instead of one for each card.
  const bundled = (item: SceneItem, other: SceneItem): string =>
    item.kind === 'card' && inLane(other) && !inLane(item) && boxed.has(item.island) ? item.island : item.id;

  const parts = new Map<string, { source: string; target: string; links: MapLink[] }>();
  for (const link of graph.links) {
    const source = items.get(itemOf.get(link.source) ?? '');
    const target = items.get(itemOf.get(link.target) ?? '');
    if (source === undefined || target === undefined || source === target) continue;
    const ends = { source: bundled(source, target), target: bundled(target, source) };
    const key = `${ends.source}>${ends.target}`;
    const found = parts.get(key);
    if (found === undefined) parts.set(key, { ...ends, links: [link] });
    else found.links.push(link);
  }
  return [...parts.values()].map(({ source, target, links }) => mergeLinks(source, target, links, graph));
}

function clustersOf(islands: readonly Island[]): MapScene['clusters'] {
  const byCluster = Map.groupBy(islands, (island) => island.cluster);
  if (byCluster.size < 2) return [];
  return [...byCluster].map(([name, members]) => ({
    id: `cluster:${name}`,
    name,
    droppedPerS: members.reduce((sum, island) => sum + island.load.droppedPerS, 0),
  }));
}
