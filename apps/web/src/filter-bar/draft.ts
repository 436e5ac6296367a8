// What is being typed, and where it belongs in the filter.
//
//   filter   namespace:default   not verdict:TRACED   http-status:5+
//   tokens   [0               ]  [1                ]  [2           ]
//   draft    from 1, to 2: replaces token 1;  from 3, to 3: stands after the last one;  from 0, to 3: the whole text
//
// The filter text itself is not touched until the draft is entered and found good, so nothing typed is ever lost and
// the last good filter stays in force.

export type Span = { readonly from: number; readonly to: number };

export type Draft = {
  /** Tokens `from` up to, not including, `to` are replaced by `text`. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
};

/** Nothing typed, at the end. */
export function emptyDraft(tokens: readonly Span[]): Draft {
  return { from: tokens.length, to: tokens.length, text: '' };
}

/** Takes a token apart again, to be edited in its place. */
export function editToken(filter: string, tokens: readonly Span[], index: number): Draft {
  const token = tokens[index];
  if (token === undefined) return emptyDraft(tokens);
  return { from: index, to: index + 1, text: filter.slice(token.from, token.to) };
}

/** The whole filter as plain text. */
export function editAll(filter: string, tokens: readonly Span[]): Draft {
  return { from: 0, to: tokens.length, text: filter };
}

/** True while the draft is only a new token at the end. */
export function isAppending(draft: Draft, tokens: readonly Span[]): boolean {
  return draft.from === tokens.length;
}

export type Composed = {
  /** The filter with the draft in its place. */
  readonly text: string;
  /** Where the draft begins in it. */
  readonly draftAt: number;
};

export function compose(filter: string, tokens: readonly Span[], draft: Draft): Composed {
  const start = tokens[draft.from]?.from ?? filter.length;
  const end = draft.to > draft.from ? (tokens[draft.to - 1]?.to ?? filter.length) : start;
  const before = filter.slice(0, start).trimEnd();
  const after = filter.slice(end).trimStart();
  const lead = before === '' || draft.text.trim() === '' ? before : `${before} `;
  const text = draft.text.trim() === '' ? '' : draft.text.trimStart();
  const joined = `${lead}${text}`.trimEnd();
  return {
    text: after === '' ? joined : joined === '' ? after : `${joined} ${after}`,
    draftAt: lead.length - (draft.text.length - draft.text.trimStart().length),
  };
}

/** The filter without the tokens being edited: what completion counts values in. */
export function restOf(filter: string, tokens: readonly Span[], draft: Draft): string {
  return compose(filter, tokens, { ...draft, text: '' }).text;
}
