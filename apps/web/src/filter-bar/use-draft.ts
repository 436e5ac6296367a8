// The draft as component state, kept apart from the filter in the address. When the filter changes from elsewhere, a
// token being edited may be another one by then: what was typed at the end stays, an edit in place is given up.

import { useState } from 'react';
import { type Draft, emptyDraft, isAppending, type Span } from './draft.ts';

export type DraftState = {
  readonly draft: Draft;
  readonly setDraft: (draft: Draft) => void;
  /** Back to nothing, at the end. */
  readonly reset: () => void;
};

export function useDraft(filter: string, tokens: readonly Span[]): DraftState {
  const [held, setHeld] = useState<{ readonly filter: string; readonly draft: Draft }>({
    filter,
    draft: emptyDraft(tokens),
  });
  let current = held;
  if (held.filter !== filter) {
    const appending = held.draft.from === held.draft.to;
    current = { filter, draft: { ...emptyDraft(tokens), text: appending ? held.draft.text : '' } };
    setHeld(current);
  }
  const draft =
    isAppending(current.draft, tokens) || current.draft.to <= tokens.length
      ? current.draft
      : emptyDraft(tokens);
  return {
    draft,
    setDraft: (next) => setHeld({ filter, draft: next }),
    reset: () => setHeld({ filter, draft: emptyDraft(tokens) }),
  };
}
