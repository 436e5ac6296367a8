// How the height of the pane area is shared out: percentages that sum up to 100, in the order of the panes.

/** What a pane takes beside the others until a person says otherwise. */
export const DEFAULT_SHARE = 50;

export type SharedPane<Id extends string> = { readonly id: Id; readonly share?: number };

/** Percent per pane, from the address where it says so and else from the panes' own measures. */
export function paneShares<Id extends string>(
  panes: readonly SharedPane<Id>[],
  sizes: Readonly<Partial<Record<Id, number>>>,
): readonly number[] {
  const wanted = panes.map(({ id, share }) => sizes[id] ?? share ?? DEFAULT_SHARE);
  const sum = wanted.reduce((total, share) => total + share, 0);
  return wanted.map((share) => (share * 100) / sum);
}

/** The splitter under pane `index` moved down by `by` percent; neither neighbour gets smaller than `least` percent. */
export function moveSplit(
  shares: readonly number[],
  index: number,
  by: number,
  least: number,
): readonly number[] {
  const above = shares[index];
  const below = shares[index + 1];
  if (above === undefined || below === undefined) return shares;
  const both = above + below;
  const floor = Math.min(least, both / 2);
  const moved = Math.min(Math.max(above + by, floor), both - floor);
  return shares.map((share, at) => (at === index ? moved : at === index + 1 ? both - moved : share));
}

/** For the address: whole percent, 1 to 99. */
export function sizesOf<Id extends string>(
  panes: readonly SharedPane<Id>[],
  shares: readonly number[],
): Readonly<Partial<Record<Id, number>>> {
  const sizes: Partial<Record<Id, number>> = {};
  for (const [index, { id }] of panes.entries())
    sizes[id] = Math.min(99, Math.max(1, Math.round(shares[index] ?? DEFAULT_SHARE)));
  return sizes;
}
