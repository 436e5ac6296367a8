// Views of the page that are worth opening in a stage. The demo cluster only hands them over: the page's address is
// its public contract (docs/url-format.md), the filter that of the filter language.

export type Look = {
  /** What one sees there. */
  readonly title: string;
  /** Query string of the page's address, with its question mark. */
  readonly search: string;
};

const ADDRESS_VERSION = '2';

/** A view with a filter; `fields` are further fields of the address. */
export function look(title: string, filter: string, fields: Readonly<Record<string, string>> = {}): Look {
  return {
    title,
    search: `?${new URLSearchParams({ v: ADDRESS_VERSION, q: filter, ...fields }).toString()}`,
  };
}

/** Fields of the address that put requests together beside their flows. */
export const WITH_REQUESTS = { panes: 'flows,l7' } as const;

/** Fields of the address that show counts of everything, over the whole page. */
export const IN_NUMBERS = { panes: 'overview' } as const;

/** Fields of the address that show what policies decided, policies named. */
export const WITH_POLICY = { columns: 'time,verdict,source,destination,type,policy,summary' } as const;
