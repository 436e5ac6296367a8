// What the gateway says about itself at `api/config`. Another gRPC-web proxy in its place has no such address: then
// everything here is undefined and the page works all the same.

export type ServerConfig = {
  /** Version of the gateway. */
  readonly version: string | undefined;
  /** Address of the Relay behind the gateway, as in `localhost:4245`. */
  readonly server: string | undefined;
  /** What the operator calls the source. */
  readonly name: string | undefined;
  /** Whether the gateway speaks TLS to the Relay. */
  readonly tls: boolean | undefined;
  /** Filters that the operator offers to everybody, in the operator's order. */
  readonly quickFilters: readonly QuickFilter[];
};

export type QuickFilter = {
  readonly name: string;
  /** In the filter language; not checked here. */
  readonly filter: string;
};

const MAX_QUICK_FILTERS = 50;

export const NO_CONFIG: ServerConfig = {
  version: undefined,
  server: undefined,
  name: undefined,
  tls: undefined,
  quickFilters: [],
};

/** Reads the JSON; fields of another kind than expected are left out. */
export function parseConfig(value: unknown): ServerConfig {
  const page = fieldsOf(value);
  const source = fieldsOf(page.get('source'));
  return {
    version: textOf(page.get('version')),
    server: textOf(source.get('server')),
    name: textOf(source.get('name')),
    tls: flagOf(source.get('tls')),
    quickFilters: quickFiltersOf(page.get('quickFilters')),
  };
}

/** For an answer that is not ours all is undefined: a proxy may send 404, or its own page with status 200. */
export async function fetchConfig(baseUrl: string, signal: AbortSignal): Promise<ServerConfig> {
  const response = await fetch(`${baseUrl}/api/config`, { signal, headers: { accept: 'application/json' } });
  if (!response.ok || response.headers.get('content-type')?.includes('json') !== true) return NO_CONFIG;
  return parseConfig(await response.json());
}

function fieldsOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, 300) : undefined;
}

/** Those without name or filter, and further ones of a name, are left out. */
function quickFiltersOf(value: unknown): readonly QuickFilter[] {
  const found = new Map<string, QuickFilter>();
  for (const item of Array.isArray(value) ? value.slice(0, MAX_QUICK_FILTERS) : []) {
    const fields = fieldsOf(item);
    const name = textOf(fields.get('name'));
    const filter = fields.get('filter');
    if (name === undefined || typeof filter !== 'string' || filter.trim() === '') continue;
    if (!found.has(name)) found.set(name, { name, filter: filter.trim() });
  }
  return [...found.values()];
}

function flagOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}
