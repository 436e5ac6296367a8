// What is to be seen of a graph: cards in open islands, closed islands, pills for peers outside, and the links among
// these. Links that end at the same two things become one. An island is a namespace of a cluster; scopes wider than a
// namespace have islands without a box.

import type { MapLink, MapNode, Mix, PortUse, StopSide } from './graph.ts';

/** What touches an item: the sum over all links at either of its ends. */
export type Load = {
  readonly perS: number;
  readonly inPerS: number;
  readonly outPerS: number;
  /** Between members of an island; 0 for cards. */
  readonly insidePerS: number;
  readonly droppedPerS: number;
  /** The same by where it was going. */
  readonly dropped: { readonly inPerS: number; readonly outPerS: number; readonly insidePerS: number };
  /** Verdicts of what it receives. */
  readonly received: Mix;
  /** Ports it is called at, most used first. */
  readonly ports: readonly PortUse[];
  /** Seconds since its last link was used. */
  readonly ageS: number;
};

export type CardItem = {
  readonly kind: 'card';
  readonly id: string;
  readonly node: MapNode;
  readonly island: string;
  /** Stands in the lane below. */
  readonly lane: boolean;
  readonly load: Load;
};

export type ClosedItem = {
  readonly kind: 'closed';
  /** Id of the island. */
  readonly id: string;
  readonly name: string;
  readonly cluster: string;
  readonly lane: boolean;
  /** Nodes inside. */
  readonly count: number;
  readonly load: Load;
};

/** Where a pill stands: calls from it come in, calls to it go out, or it belongs to the cluster's own machinery. */
export type PillSide = 'in' | 'out' | 'lane';

export type PillItem = {
  readonly kind: 'pill';
  readonly id: string;
  readonly name: string;
  readonly side: PillSide;
  /** What it stands for: one node, or several that are folded. */
  readonly nodes: readonly MapNode[];
  readonly load: Load;
};

export type SceneItem = CardItem | ClosedItem | PillItem;

export type Island = {
  readonly id: string;
  readonly name: string;
  readonly cluster: string;
  readonly open: boolean;
  /** In the lane below: kube-system. */
  readonly lane: boolean;
  readonly boxed: boolean;
  /** Ids of its nodes, whether open or not. */
  readonly members: readonly string[];
  readonly load: Load;
};

export type SceneLink = {
  /** `source>target`, ids of what it is drawn between. */
  readonly id: string;
  /** Items, or an open island where the links to the lane are bundled. */
  readonly source: string;
  readonly target: string;
  readonly mix: Mix;
  readonly count: number;
  readonly perS: number;
  readonly droppedPerS: number;
  readonly stop: StopSide;
  readonly dropReason: string;
  readonly ports: readonly PortUse[];
  readonly requests: number;
  readonly answered: number;
  readonly untold: number;
  readonly failures: number;
  readonly p95Ms: number | undefined;
  readonly ageS: number;
  /** The links of the graph it stands for. */
  readonly parts: readonly MapLink[];
};

export type Cluster = { readonly id: string; readonly name: string; readonly droppedPerS: number };

export type MapScene = {
  readonly items: ReadonlyMap<string, SceneItem>;
  readonly islands: readonly Island[];
  readonly links: readonly SceneLink[];
  /** More than one, or none: a single cluster needs no frame. */
  readonly clusters: readonly Cluster[];
  /** The item that shows a node: its card, its island, its pill. */
  readonly itemOf: ReadonlyMap<string, string>;
  /** Nodes in islands that are closed because there is no room for all cards. */
  readonly folded: number;
};

export const EMPTY_SCENE: MapScene = {
  items: new Map(),
  islands: [],
  links: [],
  clusters: [],
  itemOf: new Map(),
  folded: 0,
};
