// Regular expressions with Go's syntax and its promise: time grows with the text, never exponentially. Look-around
// and back-references are therefore errors. One difference is known: two groups of the same name are an error here
// and none in Go.

import { err, ok, type Result } from '@finderscope/base';
import { RE2JS, RE2JSException } from 're2js';

/** Go names the offending piece even where it is empty. */
function goText(message: string): string {
  return message.endsWith('trailing backslash at end of expression') ? `${message}: \`\`` : message;
}

/** Finds the expression anywhere in the text; anchors make it match whole. The error is Go's text. */
export function compileRegex(value: string): Result<(text: string) => boolean, string> {
  try {
    const regex = RE2JS.compile(value);
    return ok((text) => regex.test(text));
  } catch (cause) {
    if (cause instanceof RE2JSException) return err(goText(cause.message));
    throw cause;
  }
}
