// Which filter is to blame when no flow matches: what would be there without each token.
//
// The pane asks the engine to count these filters and hands the counts back in the same order.

export type BlameToken = { readonly text: string; readonly without: string };

export type Culprit = BlameToken & { readonly count: number };

/** The filters to count: the text without each token. */
export function blameFilters(tokens: readonly BlameToken[]): readonly string[] {
  return tokens.map((token) => token.without);
}

/** Tokens whose removal alone brings flows back, most flows first; none when only several together would. */
export function culpritsOf(tokens: readonly BlameToken[], counts: readonly number[]): readonly Culprit[] {
  return tokens
    .map((token, index) => ({ ...token, count: counts[index] ?? 0 }))
    .filter((culprit) => culprit.count > 0)
    .toSorted((a, b) => b.count - a.count);
}
