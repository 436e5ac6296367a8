// Where everything stands. A plan is plain data: the worker makes it, the page keeps it and hands it back when something
// is to be added. Islands stand in columns, from callers to called; cards stand in columns and rows inside their island.
//
//   in-pills | column | column | column | out-pills        the gaps between columns and between rows are free
//            |  lane: kube-system, hosts        |          for links to run in

export type LayoutIsland = {
  readonly id: string;
  readonly cluster: string;
  readonly open: boolean;
  readonly boxed: boolean;
  readonly lane: boolean;
  readonly members: readonly string[];
};

export type LayoutPill = { readonly id: string; readonly side: 'in' | 'out' | 'lane' };

/** Between nodes or pills; `weight` is how much it matters that it runs from left to right. */
export type LayoutLink = { readonly source: string; readonly target: string; readonly weight: number };

export type LayoutInput = {
  readonly islands: readonly LayoutIsland[];
  readonly pills: readonly LayoutPill[];
  readonly links: readonly LayoutLink[];
  /** The place that it is to fill, in px. */
  readonly place: { readonly w: number; readonly h: number };
};

/** Column and row of a card in its island. */
export type Slot = readonly [col: number, row: number];

export type IslandPlan = {
  readonly id: string;
  readonly cluster: string;
  readonly open: boolean;
  readonly boxed: boolean;
  /** Index into columns; -1 in the lane. */
  readonly column: number;
  readonly x: number;
  readonly y: number;
  readonly cols: number;
  readonly rows: number;
  /** Between its columns. */
  readonly gap: number;
  /** Of its members, when open. */
  readonly slots: Readonly<Record<string, Slot>>;
};

export type PillPlan = {
  readonly id: string;
  /** Index into columns; -1 in the lane. */
  readonly column: number;
  readonly x: number;
  readonly y: number;
};

export type ColumnPlan = { readonly x: number; readonly width: number };

export type LayoutPlan = {
  /** From left to right, those of the pills included. */
  readonly columns: readonly ColumnPlan[];
  readonly islands: Readonly<Record<string, IslandPlan>>;
  readonly pills: Readonly<Record<string, PillPlan>>;
  /** Upper edge of the lane. */
  readonly laneY: number;
};

export const EMPTY_PLAN: LayoutPlan = { columns: [], islands: {}, pills: {}, laneY: 0 };

/**
 * How much of what stands may change. 'fresh': all of it. 'turn': islands keep their order, and make room for what was
 * opened. 'keep': everything stays where it is, what is new finds a free place.
 */
export type LayoutMode = 'fresh' | 'turn' | 'keep';
