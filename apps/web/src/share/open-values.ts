// What in the address of a view may be a secret. It is named and not masked: a masked filter would find other flows.

import { queryTokens, type Token } from '@finderscope/flow-query';
import type { ViewState } from '../view-state/index.ts';

/** `http-url in the filter`, `the text to find`; each once, in that order. */
export function openValues({ filter, find }: Pick<ViewState, 'filter' | 'find'>): readonly string[] {
  const keys = [...new Set(queryTokens(filter).flatMap(keysOf))];
  return [...keys.map((key) => `${key} in the filter`), ...(isTelling(find) ? ['the text to find'] : [])];
}

function keysOf(token: Token): readonly string[] {
  switch (token.kind) {
    case 'group':
      return token.alternatives.flat().flatMap(keysOf);
    case 'broken':
      return isTelling(token.text) ? ['what cannot be read'] : [];
    case 'token':
      return token.values.some((value) => mayBeSecret(token.key, value)) ? [token.key] : [];
  }
}

function mayBeSecret(key: string, value: string): boolean {
  switch (key) {
    case 'http-header':
      return true;
    case 'http-url':
      return !PLAIN_URL.test(value);
    // It is compared with the path alone, which is not masked in flows either; but people write more into it.
    case 'http-path':
      return isTelling(value);
    case 'raw-filter':
    case 'cel-expression':
      return value.includes('http');
    default:
      return false;
  }
}

/**
 * An expression from the beginning of a URL on that says nothing of its user and its query but that there may be some, as
 * a click on a URL makes it. Of any other it is not known which part of a URL it says.
 */
const PLAIN_URL =
  /^\^(?:[a-z][\w+.-]*:)?(?:\/\/)?(?:\[\^\/\?#\]\*@)?(?:[\w:/~%-]|\\[^\w?#@=])*(?:(?:\[\?#\])?\.\*|\(\\\?\.\*\)\?)?\$?$/i;

/** A query string or user info stands in a URL, or in an expression for one. */
function isTelling(text: string): boolean {
  return /[?#][\w%]|[\w%]@\w|\w=[\w%]/.test(text.replaceAll(/[\\[\]]/g, ''));
}
