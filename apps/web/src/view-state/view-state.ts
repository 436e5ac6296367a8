// What the page shows, as one value. Its text form is the query string; see fields.ts.

import type { SortKey } from '../engine/protocol.ts';
import type { TimeWindow } from './time-window.ts';

/** Panes that this build can open, in the order they appear. */
export const PANE_IDS = ['map', 'flows', 'l7', 'overview'] as const;
export type PaneId = (typeof PANE_IDS)[number];

/** Columns that the flows table can show, in the order the menu offers them. */
export const COLUMN_IDS = [
  'time',
  'verdict',
  'source',
  'destination',
  'type',
  'summary',
  'node',
  'drop-reason',
  'direction',
  'policy',
  'protocol',
  'http-status',
  'source-identity',
  'destination-identity',
  'source-ip',
  'destination-ip',
  'source-port',
  'destination-port',
  'source-workload',
  'destination-workload',
  'source-cluster',
  'destination-cluster',
  'uuid',
] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

export const SORT_KEYS = [
  'time',
  'verdict',
  'source',
  'destination',
  'type',
  'summary',
  'node',
] as const satisfies readonly SortKey[];

/** What the bars of the timeline can be split by, in the order of its menu. */
export const SPLIT_IDS = ['verdict', 'drop-reason', 'type', 'direction', 'protocol', 'http'] as const;
export type SplitId = (typeof SPLIT_IDS)[number];

export const MAP_SCOPE_IDS = ['cluster', 'namespace', 'workload', 'pod', 'identity', 'node'] as const;
export type MapScopeId = (typeof MAP_SCOPE_IDS)[number];

export type ViewState = {
  /** Filter text in the language of flow-query, as written; may be invalid when it came from a link. */
  readonly filter: string;
  /** Paths of files on the page's own origin that are looked at instead of the stream. */
  readonly file: readonly string[];
  /** Names of files that a person has opened from a disk: what a page needs to show the same, and cannot get by itself. */
  readonly local: readonly string[];
  /** Flow time at which the view was paused, ns since the epoch; undefined while live. */
  readonly pausedAtNs: bigint | undefined;
  /** Time looked at; undefined for all that is held. */
  readonly window: TimeWindow | undefined;
  /** What the bars of the timeline are split by. */
  readonly split: SplitId;
  /** Open panes, at least one. */
  readonly panes: readonly PaneId[];
  /** Open panes stand side by side instead of one below the other. */
  readonly beside: boolean;
  /** Share of the place of a pane among those open, 1 to 99; what is not named has its own measure. */
  readonly sizes: Readonly<Partial<Record<PaneId, number>>>;
  /** The pane that fills the place of all open ones; says nothing while that pane is not open. */
  readonly full: PaneId | undefined;
  /** Columns of the flows table, in order, at least one. */
  readonly columns: readonly ColumnId[];
  readonly sort: { readonly key: SortKey; readonly descending: boolean };
  /** Identical flows become one row with a count. */
  readonly group: boolean;
  /** Rows are written as the CLI's compact lines. */
  readonly lines: boolean;
  /** Text looked for in all rows held; '' when not looking. */
  readonly find: string;
  /** uuid of the selected flow. */
  readonly flow: string | undefined;
  /** Times of day, or distance to the newest flow. */
  readonly time: 'absolute' | 'relative';
  readonly zone: 'utc' | 'local';
  /** The panel of the selected flow is open. */
  readonly detail: boolean;
  /** What a node of the service map stands for. */
  readonly mapScope: MapScopeId;
  /** Chosen on the map: ids of nodes, or one `source > target`. */
  readonly mapPick: readonly string[];
  /** Islands that are open where they would be closed, or the other way round, by id. */
  readonly mapFolds: readonly string[];
  /** Ids of the nodes that the map is drawn around; empty for the whole map. */
  readonly mapFocus: readonly string[];
  /** Links from those nodes to what is still drawn, 1 to 6. */
  readonly mapHops: number;
  /** The map as a table. */
  readonly mapTable: boolean;
  /** What the calls of the L7 pane are put together by. */
  readonly callsBy: 'call' | 'client' | 'server';
  /** Which calls the L7 pane shows: all, those that failed or were denied, or those that took long. */
  readonly callsOnly: 'all' | 'errors' | 'slow';
  /** Rows of the L7 pane that are open, as its `rowName` names them. */
  readonly callsOpen: readonly string[];
};

export type ViewKey = keyof ViewState;
export type ViewPatch = Partial<ViewState>;
