// What a choice has put into the filter: whether it is still there, and the filter without it.

import { queryTokens, removeToken, removeValue } from '@finderscope/flow-query';

/** The filter without the choice. What it has held back is given back only with a part of it that is still there. */
export function withoutPut(filter: string, put: string, held: string): string {
  const there = partsThere(filter, put);
  const bare = queryTokens(put).reduce((text, token) => {
    if (token.kind === 'group') return withoutGroup(text, token.text);
    return token.kind === 'token'
      ? token.values.reduce((rest, value) => removeValue(rest, token.key, value), text)
      : text;
  }, filter);
  return there.includes(true) ? joinTexts(held, bare) : filter;
}

/** False when somebody has taken a part of it out of the filter. */
export function isInForce(filter: string, put: string): boolean {
  return !partsThere(filter, put).includes(false);
}

/** For each value and group that was put there, whether it still is. */
function partsThere(filter: string, put: string): readonly boolean[] {
  const there = queryTokens(filter);
  return queryTokens(put).flatMap((part) =>
    part.kind === 'token'
      ? part.values.map((value) =>
          there.some(
            (token) =>
              token.kind === 'token' &&
              !token.negated &&
              token.key === part.key &&
              token.values.includes(value),
          ),
        )
      : [there.some(({ text }) => text === part.text)],
  );
}

/** Texts of filters that must all hold, as one. */
export function joinTexts(...texts: readonly string[]): string {
  return texts.filter((text) => text.trim() !== '').join(' ');
}

function withoutGroup(filter: string, group: string): string {
  const found = queryTokens(filter).find(({ kind, text }) => kind === 'group' && text === group);
  return found === undefined ? filter : removeToken(filter, found.index);
}
