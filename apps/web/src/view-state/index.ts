export {
  currentHash,
  currentView,
  dropHash,
  navigate,
  onViewChange,
  useHash,
  useOpenedViews,
  useView,
  useViewNotices,
} from './use-view.ts';
export {
  formatFragment,
  type Fragment,
  MAX_PACKED_CHARS,
  readFragment,
  REST_HOLDS,
  upgradeMessages,
} from './fragment.ts';
export { packMessages, unpackMessages } from './packed-flow.ts';
export { DEFAULT_VIEW, formatView, readView, type ViewNotice } from './query-string.ts';
export { fieldTitle, VIEW_KEYS } from './fields.ts';
export { formatInstant, nearestInstant } from './instant.ts';
export type { NavigateOptions } from './store.ts';
export { MAX_SPAN_MS, parseWindow, resolveRange, type TimeRange, type TimeWindow } from './time-window.ts';
export {
  COLUMN_IDS,
  type MapScopeId,
  PANE_IDS,
  SPLIT_IDS,
  type SplitId,
  type ColumnId,
  type PaneId,
  type ViewKey,
  type ViewPatch,
  type ViewState,
} from './view-state.ts';
