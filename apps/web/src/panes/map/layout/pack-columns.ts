// From ranks to columns. A column for each rank shows best who calls whom, but a graph with many ranks would be a ribbon
// and one with few a tower; then neighbouring ranks share a column, or a rank takes several, until all of it fills the
// place that there is.

export type PackItem = {
  readonly id: string;
  readonly w: number;
  readonly h: number;
  readonly rank: number;
  readonly order: number;
};

export type PackOptions = {
  readonly gapX: number;
  readonly gapY: number;
  /** The place to fill, in px. */
  readonly place: { readonly w: number; readonly h: number };
  /** So many items at most have a column for each rank in any case. */
  readonly few?: number;
};

/** Zoom at which cards have names: one column for each rank is worth it down to here. */
const READABLE = 0.75;
/** Below that: how much smaller everything may get for its sake. */
const RANKS_PREFERRED = 1.3;

/** Columns from left to right, items from top to bottom. */
export function packColumns<T extends PackItem>(
  items: readonly T[],
  options: PackOptions,
): readonly (readonly T[])[] {
  const sorted = items.toSorted((a, b) => a.rank - b.rank || a.order - b.order || a.id.localeCompare(b.id));
  const byRank = [...Map.groupBy(sorted, (item) => item.rank).values()];
  const ranksFit = fitOf(byRank, options);
  if (ranksFit >= READABLE || items.length <= (options.few ?? 0)) return byRank;
  let best: { readonly columns: readonly (readonly T[])[]; readonly fit: number } = {
    columns: byRank,
    fit: ranksFit * RANKS_PREFERRED,
  };
  for (let count = 1; count <= sorted.length; count++) {
    const columns = fillColumns(sorted, count, options.gapY);
    const fit = fitOf(columns, options);
    if (fit > best.fit) best = { columns, fit };
  }
  return best.columns;
}

/** Zoom at which the columns fit the place. */
function fitOf(columns: readonly (readonly PackItem[])[], { gapX, gapY, place }: PackOptions): number {
  if (columns.length === 0) return 0;
  const width = columns.reduce((sum, column) => sum + Math.max(...column.map(({ w }) => w)) + gapX, -gapX);
  const height = Math.max(...columns.map((column) => heightOf(column, gapY)));
  return Math.min(place.w / width, place.h / height);
}

function heightOf(column: readonly PackItem[], gapY: number): number {
  return column.reduce((sum, { h }) => sum + h + gapY, -gapY);
}

/** In order of rank into about `count` columns of even height. */
function fillColumns<T extends PackItem>(
  sorted: readonly T[],
  count: number,
  gapY: number,
): readonly (readonly T[])[] {
  const limit = heightOf(sorted, gapY) / count;
  const columns: T[][] = [];
  let column: T[] = [];
  let height = 0;
  for (const item of sorted) {
    // The item goes where more of it fits.
    if (column.length > 0 && height + item.h / 2 > limit) {
      columns.push(column);
      column = [];
      height = 0;
    }
    column.push(item);
    height += item.h + gapY;
  }
  if (column.length > 0) columns.push(column);
  return columns.map((members) => members.toSorted((a, b) => a.order - b.order || a.id.localeCompare(b.id)));
}
