export { CELL, DICT, type ExtraName, TALK } from './schema/columns.ts';
export type { RowGroups, RowKey } from './kernels/group-rows.ts';
export { EPHEMERAL } from './store/served-port.ts';
export { type Plan, compilePlan } from './plan/plan.ts';
export { MatchList } from './plan/match-list.ts';
export type { Aggregate } from './aggregates/aggregate.ts';
export { byCount, CellCounter, type ValueCount, ValueTotals } from './aggregates/cell-counter.ts';
export { ComboCounter } from './aggregates/combo-counter.ts';
export { countOver } from './aggregates/count-over.ts';
export {
  entryField,
  type KeyedField,
  keyedField,
  servedPortField,
  shapeField,
  type ValueField,
} from './aggregates/keyed-field.ts';
export { LatencySpread } from './aggregates/latency.ts';
export { PortCounter } from './aggregates/port-counter.ts';
export { TalkCounter } from './aggregates/talk-counter.ts';
export { TimeCounter } from './aggregates/time-counter.ts';
export { isClockTime } from './aggregates/time-spread.ts';
export { Windowed } from './aggregates/windowed.ts';
export { groupIdentical, type GroupedRows, orderByText } from './query/order-rows.ts';
export { placesOf, type RowText, searchRows } from './query/text-search.ts';
export { EvictedTime } from './store/evicted-time.ts';
export { FlowStore, type StoreCounts, type StoreLimits } from './store/flow-store.ts';
export type { FlowTable } from './store/flow-table.ts';
export { L4_NAMES, L7_NAMES, readFlow } from './store/part-columns.ts';
export type { SeenUuids } from './store/seen-uuids.ts';
