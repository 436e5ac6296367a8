// Which filter is to blame when no flow matches: what would be there without each token.
//
// The pane asks the engine to count these filters and hands the counts back in the same order.

export type BlameToken = { readonly text: string; readonly without: string };

export type Culprit = BlameToken & { readonly count: number };

/** The filters to count: the text without each token. */
export function blameFilters(tokens: readonly BlameToken[]): readonly string[] {
  return tokens.map((token) => token.without);
}

/** Why none of what is held is shown: the end of the sentence. */
export function emptyReason(filters: number, inWindow: boolean): string {
  if (filters === 0) return 'none of them is of the time looked at.';
  return inWindow ? 'none of the time looked at matches.' : 'all of them fail at least one filter.';
}

/** Tokens whose removal alone brings flows back, most flows first; none when only several together would. */
export function culpritsOf(tokens: readonly BlameToken[], counts: readonly number[]): readonly Culprit[] {
  return tokens
    .map((token, index) => ({ ...token, count: counts[index] ?? 0 }))
    .filter((culprit) => culprit.count > 0)
    .toSorted((a, b) => b.count - a.count);
}
