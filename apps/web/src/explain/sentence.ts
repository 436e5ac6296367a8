// The runs of a sentence: names carry weight, the words between them do not.

/** A run of the sentence; `strong` runs are names and carry weight 600. */
export type WhyPart = { readonly text: string; readonly strong: boolean };

export function plain(text: string): WhyPart {
  return { text, strong: false };
}

export function strong(text: string): WhyPart {
  return { text, strong: true };
}

/** Joins neighbours of one weight and drops empty runs. */
export function joinRuns(parts: readonly WhyPart[]): readonly WhyPart[] {
  const joined: WhyPart[] = [];
  for (const part of parts) {
    if (part.text === '') continue;
    const last = joined.at(-1);
    if (last !== undefined && last.strong === part.strong) {
      joined[joined.length - 1] = { text: last.text + part.text, strong: last.strong };
    } else joined.push(part);
  }
  return joined;
}
