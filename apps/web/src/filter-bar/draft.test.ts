import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compose, editAll, editToken, emptyDraft, isAppending, restOf, type Span } from './draft.ts';

const filter = 'namespace:default not verdict:TRACED http-status:5+';
const tokens: readonly Span[] = [
  { from: 0, to: 17 },
  { from: 18, to: 36 },
  { from: 37, to: 51 },
];

describe('draft', () => {
  it('stands at the end when nothing is edited', () => {
    const draft = { ...emptyDraft(tokens), text: 'port:80' };
    expect(isAppending(draft, tokens)).toBe(true);
    expect(compose(filter, tokens, draft)).toEqual({ text: `${filter} port:80`, draftAt: filter.length + 1 });
  });

  it('edits a token in its place', () => {
    const draft = editToken(filter, tokens, 1);
    expect(draft.text).toBe('not verdict:TRACED');
    expect(compose(filter, tokens, { ...draft, text: 'verdict:DROPPED' })).toEqual({
      text: 'namespace:default verdict:DROPPED http-status:5+',
      draftAt: 18,
    });
  });

  it('removes a token when nothing is left of it', () => {
    expect(compose(filter, tokens, { ...editToken(filter, tokens, 0), text: ' ' }).text).toBe(
      'not verdict:TRACED http-status:5+',
    );
    expect(restOf(filter, tokens, editToken(filter, tokens, 2))).toBe('namespace:default not verdict:TRACED');
  });

  it('edits the whole text', () => {
    const draft = editAll(filter, tokens);
    expect(compose(filter, tokens, { ...draft, text: 'port:80' })).toEqual({ text: 'port:80', draftAt: 0 });
  });

  it('knows where the draft begins, leading blanks and all', () => {
    fc.assert(
      fc.property(fc.constantFrom('x:1', ' x:1', '  x:1 '), fc.nat(3), (text, at) => {
        const draft = { from: at, to: at, text };
        const composed = compose(filter, tokens, draft);
        const word = text.indexOf('x:1');
        expect(composed.text.slice(composed.draftAt + word, composed.draftAt + word + 3)).toBe('x:1');
      }),
      { seed: 4 },
    );
  });

  it('gives back the same filter when a token is taken apart and entered unchanged', () => {
    for (const index of [0, 1, 2]) {
      expect(compose(filter, tokens, editToken(filter, tokens, index)).text).toBe(filter);
    }
  });
});
