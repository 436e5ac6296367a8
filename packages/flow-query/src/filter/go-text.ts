// How Go writes a value into an error text. The server is a Go program, and its texts are compared word for word.

const NAMED: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
};

// Letters, marks, numbers, punctuation, symbols and the plain space are printed as they are.
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

function quoteWith(text: string, quote: string): string {
  let out = quote;
  for (const char of text) {
    const named = NAMED[char];
    if (char === quote) out += `\\${quote}`;
    else if (named !== undefined) out += named;
    else if (PRINTABLE.test(char)) out += char;
    else {
      const code = char.codePointAt(0) ?? 0;
      if (code < 0x20 || code === 0x7f) out += `\\x${hex(code, 2)}`;
      else if (code <= 0xffff) out += `\\u${hex(code, 4)}`;
      else out += `\\U${hex(code, 8)}`;
    }
  }
  return out + quote;
}

/** As Go's %q writes a string: `a"b` becomes `"a\"b"`. */
export function goQuote(text: string): string {
  return quoteWith(text, '"');
}

/** As Go's %q writes a single character: `'ä'`. */
export function goQuoteChar(char: string): string {
  return quoteWith(char, "'");
}

/** As Go writes a list of strings in JSON. Used inside the error texts of label selectors. */
export function goStringList(values: readonly string[]): string {
  return `[${values.map((value) => JSON.stringify(value)).join(',')}]`;
}

const encoder = new TextEncoder();

/** Length in bytes of UTF-8, which is what Go's len counts. */
export function byteLength(text: string): number {
  return encoder.encode(text).length;
}

/** Lower case as Go does it: one character for one, with no regard to its neighbours. */
export function goLowerCase(text: string): string {
  let out = '';
  for (const char of text) {
    const [lower = ''] = char.toLowerCase();
    out += lower;
  }
  return out;
}
