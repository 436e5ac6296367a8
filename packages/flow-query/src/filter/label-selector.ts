// Reading a label selector: Kubernetes' grammar, with a source in front of each key.
//
//   k8s:app=web, !env, tier in (a,b)
//        -> { source: 'k8s', key: 'app', in: [web] }, { source: 'any', key: 'env', absent }, ...
//
// Hubble rewrites `k8s:app` into the Kubernetes key `k8s.app` and a bare `app` into `any.app`, then lets Kubernetes
// parse, so its error texts show the rewritten key. The steps here are the same for the texts to be the same.

import { err, ok, type Result } from '@finderscope/base';
import { goQuote, goStringList } from './go-text.ts';
import { labelKeyProblems, labelValueProblems } from './label-name.ts';

export type Operator = 'in' | 'notin' | '=' | '==' | '!=' | 'gt' | 'lt' | 'exists' | '!';

export type Requirement = {
  /** The rewritten key, `source.key`. */
  readonly key: string;
  readonly operator: Operator;
  /** Without duplicates, in order of code units. */
  readonly values: readonly string[];
};

// Go's unicode.IsSpace.
const SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/** Turns `k8s:app` into `k8s.app` and `app` into `any.app` in every requirement. */
export function translateSelector(selector: string): string {
  let out = '';
  let at = 0;
  while (at < selector.length) {
    while (at < selector.length && (selector[at] === '!' || SPACE.test(selector[at] ?? '')))
      out += selector[at++];
    const keyAt = at;
    while (at < selector.length && !/[=!,]/.test(selector[at] ?? '') && !SPACE.test(selector[at] ?? '')) at++;
    const key = selector.slice(keyAt, at);
    out += key.includes(':') ? key.replace(':', '.') : `any.${key}`;
    let nesting = 0;
    while (at < selector.length) {
      const char = selector[at++] ?? '';
      out += char;
      if (char === '(') nesting++;
      else if (char === ')') nesting--;
      else if (char === ',' && nesting === 0) break;
    }
  }
  return out;
}

type TokenKind =
  | 'end'
  | 'identifier'
  | 'error'
  | ')'
  | ','
  | '!'
  | '=='
  | '='
  | '>'
  | 'in'
  | '<'
  | '!='
  | 'notin'
  | '(';
type Token = { readonly kind: TokenKind; readonly text: string };

const SYMBOLS: ReadonlyMap<string, TokenKind> = new Map([
  [')', ')'],
  [',', ','],
  ['!', '!'],
  ['==', '=='],
  ['=', '='],
  ['>', '>'],
  ['<', '<'],
  ['!=', '!='],
  ['(', '('],
]);

function isSymbolChar(char: string): boolean {
  return '=!(),><'.includes(char);
}

function isBlank(char: string): boolean {
  return char === ' ' || char === '\t' || char === '\r' || char === '\n';
}

/** Cuts the rewritten selector into tokens; the last one is always `end`. A NUL ends the text as it does in Go. */
function tokenize(text: string): readonly Token[] {
  const nul = text.indexOf('\0');
  const end = nul < 0 ? text.length : nul;
  const tokens: Token[] = [];
  let at = 0;
  while (at < end) {
    const char = text[at] ?? '';
    if (isBlank(char)) at++;
    else if (isSymbolChar(char)) {
      // The longest symbol that is one; a run such as `=)` is cut after `=`.
      const two = text.slice(at, Math.min(at + 2, end));
      const symbol = SYMBOLS.has(two) ? two : char;
      tokens.push({ kind: SYMBOLS.get(symbol) ?? 'error', text: symbol });
      at += symbol.length;
    } else {
      const start = at;
      while (at < end && !isBlank(text[at] ?? '') && !isSymbolChar(text[at] ?? '')) at++;
      const word = text.slice(start, at);
      tokens.push({ kind: word === 'in' || word === 'notin' ? word : 'identifier', text: word });
    }
  }
  tokens.push({ kind: 'end', text: '' });
  return tokens;
}

const END: Token = { kind: 'end', text: '' };

class SelectorError extends Error {}

function invalid(path: string, value: string, detail: string): string {
  return `${path}: Invalid value: ${value}: ${detail}`;
}

/** Recursive descent over the tokens. Fails by throwing SelectorError, which parseSelector turns into a result. */
class SelectorParser {
  #at = 0;
  readonly #tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): Requirement[] {
    const requirements: Requirement[] = [];
    for (;;) {
      const token = this.#peek();
      if (token.kind === 'end') return requirements;
      if (token.kind !== 'identifier' && token.kind !== '!') {
        throw new SelectorError(`found '${token.text}', expected: !, identifier, or 'end of string'`);
      }
      requirements.push(this.#requirement());
      const next = this.#take();
      if (next.kind === 'end') return requirements;
      if (next.kind !== ',')
        throw new SelectorError(`found '${next.text}', expected: ',' or 'end of string'`);
      const after = this.#peek();
      if (after.kind !== 'identifier' && after.kind !== '!') {
        throw new SelectorError(`found '${after.text}', expected: identifier after ','`);
      }
    }
  }

  /** A token where a value may stand: `in` and `notin` are then plain words. */
  #peek(): Token {
    const token = this.#tokens[this.#at] ?? END;
    return token.kind === 'in' || token.kind === 'notin' ? { kind: 'identifier', text: token.text } : token;
  }

  #take(): Token {
    const token = this.#peek();
    this.#at++;
    return token;
  }

  #requirement(): Requirement {
    const fail = (message: string): never => {
      throw new SelectorError(`unable to parse requirement: ${message}`);
    };
    let token = this.#take();
    const negated = token.kind === '!';
    if (negated) token = this.#take();
    if (token.kind !== 'identifier') return fail(`found '${token.text}', expected: identifier`);
    const key = token.text;
    const keyProblems = labelKeyProblems(key);
    if (keyProblems.length > 0) return fail(invalid('<nil>', goQuote(key), keyProblems.join('; ')));
    const next = this.#peek().kind;
    if (negated) return { key, operator: '!', values: [] };
    if (next === 'end' || next === ',') return { key, operator: 'exists', values: [] };
    const operator = this.#operator(fail);
    const values = operator === 'in' || operator === 'notin' ? this.#valueList(fail) : this.#exactValue(fail);
    const requirement = { key, operator, values: [...new Set(values)].sort() };
    const problems = requirementProblems(requirement);
    if (problems.length === 1) return fail(problems[0] ?? '');
    if (problems.length > 1) return fail(`[${problems.join(', ')}]`);
    return requirement;
  }

  #operator(fail: (message: string) => never): Operator {
    const token = this.#tokens[this.#at++] ?? END;
    switch (token.kind) {
      case 'in':
      case 'notin':
      case '=':
      case '==':
      case '!=':
        return token.kind;
      case '>':
        return 'gt';
      case '<':
        return 'lt';
      default:
        return fail(`found '${token.text}', expected: in, notin, =, ==, !=, gt, lt`);
    }
  }

  #exactValue(fail: (message: string) => never): readonly string[] {
    const next = this.#peek();
    if (next.kind === 'end' || next.kind === ',') return [''];
    this.#at++;
    return next.kind === 'identifier' ? [next.text] : fail(`found '${next.text}', expected: identifier`);
  }

  #valueList(fail: (message: string) => never): readonly string[] {
    const open = this.#take();
    if (open.kind !== '(') return fail(`found '${open.text}' expected: '('`);
    const first = this.#peek();
    if (first.kind === ')') {
      this.#at++;
      return [''];
    }
    if (first.kind !== 'identifier' && first.kind !== ',') {
      return fail(`found '${first.text}', expected: ',', ')' or identifier`);
    }
    const values: string[] = [];
    for (;;) {
      const token = this.#take();
      const next = this.#peek();
      if (token.kind === 'identifier') {
        values.push(token.text);
        if (next.kind !== ',' && next.kind !== ')') return fail(`found '${next.text}', expected: ',' or ')'`);
      } else if (token.kind === ',') {
        if (values.length === 0 || next.kind === ',' || next.kind === ')') values.push('');
      } else return fail(`found '${token.text}', expected: ',', or identifier`);
      if (next.kind === ')') {
        this.#at++;
        return values;
      }
    }
  }
}

const INT64_MAX = 2n ** 63n - 1n;

/** A decimal number as Go's ParseInt reads it; undefined for anything else and for what does not fit 64 bits. */
export function parseInt64(text: string): bigint | undefined {
  if (!/^[-+]?[0-9]+$/.test(text)) return undefined;
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text);
  return value > INT64_MAX || value < -INT64_MAX - 1n ? undefined : value;
}

function requirementProblems({ key, operator, values }: Requirement): string[] {
  const problems: string[] = [];
  if ((operator === 'in' || operator === 'notin') && values.length === 0) {
    problems.push(
      invalid('values', goStringList(values), "for 'in', 'notin' operators, values set can't be empty"),
    );
  }
  if (operator === 'gt' || operator === 'lt') {
    values.forEach((value, i) => {
      if (parseInt64(value) === undefined) {
        const detail = "for 'Gt', 'Lt' operators, the value must be an integer";
        problems.push(invalid(`values[${i}]`, goQuote(value), detail));
      }
    });
  }
  values.forEach((value, i) => {
    const why = labelValueProblems(value);
    if (why.length > 0) problems.push(invalid(`values[${i}][${key}]`, goQuote(value), why.join('; ')));
  });
  return problems;
}

/** The requirements of a selector, all of which must hold. An empty selector has none and matches everything. */
export function parseSelector(selector: string): Result<readonly Requirement[], string> {
  try {
    return ok(new SelectorParser(tokenize(translateSelector(selector))).parse());
  } catch (cause) {
    if (cause instanceof SelectorError) return err(cause.message);
    throw cause;
  }
}
