// What can be stored and what it falls back to, one row per setting.

export const THEMES = ['system', 'dark', 'light'] as const;
export const DENSITIES = ['normal', 'compact'] as const;
export const ZONES = ['utc', 'local'] as const;
/** Flows the tab holds before the oldest leave. */
export const ROWS_KEPT = [100_000, 250_000, 500_000, 1_000_000] as const;

export type SavedView = {
  /** 1 to 60 characters, without space at its ends. */
  readonly name: string;
  /** Query string of the view, with its question mark, as view-state writes it. */
  readonly search: string;
};

export type Settings = {
  readonly theme: (typeof THEMES)[number];
  /** Table rows of 28 or 24 px. */
  readonly density: (typeof DENSITIES)[number];
  /** Zone that a page opened without a link starts with. */
  readonly zone: (typeof ZONES)[number];
  readonly rowsKept: (typeof ROWS_KEPT)[number];
  readonly rail: 'open' | 'closed';
  /** The lab guide, where the source is a demo cluster. */
  readonly guide: 'open' | 'closed';
  /** Sections of the rail by id, where they were opened or closed. */
  readonly facets: Readonly<Record<string, 'open' | 'closed'>>;
  /** Saved views, in the order of the menu; no two have one name. */
  readonly views: readonly SavedView[];
  /** Width of a table column in px by column id, where it was changed. */
  readonly columnWidths: Readonly<Record<string, number>>;
  /** What was dragged on the service map, by id: so far from where the layout has it, in units of the map. */
  readonly mapPins: Readonly<Record<string, readonly [dx: number, dy: number]>>;
  /** How paths of requests are folded: rules switched off by id, and templates written by hand. */
  readonly pathRules: { readonly off: readonly string[]; readonly routes: readonly string[] };
  /** Where a trace is looked at: a URL with {traceId}; '' for nowhere. */
  readonly traceLink: string;
};

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  density: 'normal',
  zone: 'utc',
  rowsKept: 1_000_000,
  rail: 'open',
  guide: 'open',
  facets: {},
  views: [],
  columnWidths: {},
  mapPins: {},
  pathRules: { off: [], routes: [] },
  traceLink: '',
};

const MIN_COLUMN_PX = 24;
const MAX_COLUMN_PX = 4_000;
export const MAX_MAP_PINS = 500;
const MAX_PIN_DISTANCE = 100_000;
const MAX_ROUTE = 500;
export const MAX_ROUTES = 200;
const MAX_TRACE_LINK = 2000;
export const MAX_VIEWS = 50;
export const MAX_VIEW_NAME = 60;
const MAX_VIEW_SEARCH = 32_768;

/** Reads the stored text; what is not as it should be falls back alone. */
export function parseSettings(text: string | null): Settings {
  const stored = parseRecord(text);
  return {
    theme: oneOf(stored['theme'], THEMES, DEFAULT_SETTINGS.theme),
    density: oneOf(stored['density'], DENSITIES, DEFAULT_SETTINGS.density),
    zone: oneOf(stored['zone'], ZONES, DEFAULT_SETTINGS.zone),
    rowsKept: oneOf(stored['rowsKept'], ROWS_KEPT, DEFAULT_SETTINGS.rowsKept),
    rail: oneOf(stored['rail'], ['open', 'closed'], DEFAULT_SETTINGS.rail),
    guide: oneOf(stored['guide'], ['open', 'closed'], DEFAULT_SETTINGS.guide),
    facets: parseFacets(stored['facets']),
    views: parseViews(stored['views']),
    columnWidths: parseWidths(stored['columnWidths']),
    mapPins: parsePins(stored['mapPins']),
    pathRules: parsePathRules(stored['pathRules']),
    traceLink: isTraceLink(stored['traceLink']) ? stored['traceLink'] : '',
  };
}

function parseRecord(text: string | null): Readonly<Record<string, unknown>> {
  if (text === null) return {};
  try {
    return recordOf(JSON.parse(text));
  } catch (error) {
    // Not JSON: somebody else's value under our key. Everything falls back.
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function parseWidths(value: unknown): Readonly<Record<string, number>> {
  const widths: Record<string, number> = {};
  for (const [id, px] of Object.entries(recordOf(value)).slice(0, 100)) {
    if (typeof px === 'number' && px >= MIN_COLUMN_PX && px <= MAX_COLUMN_PX) widths[id] = Math.round(px);
  }
  return widths;
}

function parsePins(value: unknown): Settings['mapPins'] {
  const pins: Record<string, readonly [number, number]> = {};
  // The newest are last: they stay.
  for (const [id, place] of Object.entries(recordOf(value)).slice(-MAX_MAP_PINS)) {
    const [dx, dy] = Array.isArray(place) ? Array.from<unknown>(place) : [];
    if (isOnMap(dx) && isOnMap(dy)) pins[id] = [dx, dy];
  }
  return pins;
}

function parsePathRules(value: unknown): Settings['pathRules'] {
  const { off, routes } = recordOf(value);
  return { off: texts(off), routes: texts(routes) };
}

function texts(value: unknown): readonly string[] {
  const all = Array.isArray(value) ? Array.from<unknown>(value) : [];
  return all
    .filter((item): item is string => typeof item === 'string' && item.length <= MAX_ROUTE)
    .slice(0, MAX_ROUTES);
}

/** A whole http or https URL with {traceId} in it: nothing else is ever made into a link. */
export function isTraceLink(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > MAX_TRACE_LINK || !value.includes('{traceId}'))
    return false;
  const url = URL.parse(value.replaceAll('{traceId}', '0'));
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:');
}

function isOnMap(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= MAX_PIN_DISTANCE;
}

function parseFacets(value: unknown): Settings['facets'] {
  const facets: Record<string, 'open' | 'closed'> = {};
  for (const [id, state] of Object.entries(recordOf(value)).slice(0, 100)) {
    if (state === 'open' || state === 'closed') facets[id] = state;
  }
  return facets;
}

/** A view that is broken, or has the name of one before it, is left out. */
function parseViews(value: unknown): readonly SavedView[] {
  const views: SavedView[] = [];
  for (const item of Array.isArray(value) ? value : []) {
    const { name, search } = recordOf(item);
    if (typeof name !== 'string' || typeof search !== 'string' || views.length === MAX_VIEWS) continue;
    if (name.trim() !== name || name === '' || name.length > MAX_VIEW_NAME) continue;
    if (!search.startsWith('?') || search.length > MAX_VIEW_SEARCH) continue;
    if (views.every((view) => view.name !== name)) views.push({ name, search });
  }
  return views;
}

function oneOf<T extends string | number>(value: unknown, allowed: readonly T[], fallback: T): T {
  return allowed.find((item) => item === value) ?? fallback;
}
