export { changeSettings, readSettings, useSettings } from './store.ts';
export { useAppliedTheme, useTheme } from './theme.ts';
export {
  DENSITIES,
  isTraceLink,
  MAX_MAP_PINS,
  MAX_ROUTES,
  MAX_VIEW_NAME,
  MAX_VIEWS,
  ROWS_KEPT,
  type SavedView,
  type Settings,
  THEMES,
  ZONES,
} from './schema.ts';
