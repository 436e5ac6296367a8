// A pasted `hubble observe` command to filter text with exactly the meaning it has for the CLI.
//
// The CLI puts all flags into one filter and all flags behind --not into another: `--not --verdict DROPPED --not
// --port 80` excludes what is both, which is `not ( verdict:DROPPED port:80 )` here.

import type { Span, Problem, ProblemCode } from '../language/query.ts';
import { compileFilterText } from '../language/compile.ts';
import { filterFromJson } from '../fields/filter-json.ts';
import { filterToTokens } from '../language/filter-text.ts';
import { formatToken } from '../language/format.ts';
import { quoteValue } from '../language/quote.ts';
import type { KeyDef } from '../fields/key.ts';
import { type CommandOptions, emptyOptions, optionConflict, setOption } from './command-options.ts';
import { flagEffect } from './flag-advice.ts';
import { splitJsonObjects } from './json-lists.ts';
import { type ReadPart, readFlags } from './read-flags.ts';
import { type ShellWord, type ShellWords, splitShellWords } from './shell-words.ts';

/** Something of the command that has no effect here, and why. No error. */
export type Notice = Span & { readonly message: string };

export type PastedCommand = {
  /** Filter text. What the CLI would refuse stands in it as it was written, so that it can be mended in place. */
  readonly text: string;
  /** With offsets into the command line. */
  readonly problems: readonly Problem[];
  readonly notices: readonly Notice[];
  readonly options: CommandOptions;
};

/** Reads any text; one that is no `hubble observe` command gives no filter and a problem that says so. */
export function commandToQuery(commandLine: string): PastedCommand {
  const builder = createBuilder();
  const { end, openQuote, args } = readStages(commandLine, builder);
  if (openQuote !== undefined)
    builder.problem(openQuote, 'unclosed-quote', 'This quote is not closed. Close it.');
  const rest = commandLine.slice(end).trim();
  if (rest !== '') {
    const place = { from: end, to: end + commandLine.slice(end).trimEnd().length };
    builder.notices.push({ ...place, message: `${rest} comes after the command and is left out.` });
  }
  if (args === undefined) {
    const message =
      'This is not a hubble observe command. Write a filter such as verdict:DROPPED, or a command that begins with hubble observe.';
    builder.problem({ from: 0, to: commandLine.length }, 'command', message);
    return finish(builder, commandLine);
  }
  const { parts, problems } = readFlags(args);
  const first = parts.find((part) => part.kind === 'word');
  if (first !== undefined && first.text !== 'observe') {
    const message = `Only hubble observe shows flows, not hubble ${first.text}. Write observe.`;
    builder.problem(first, 'command', message);
    return finish(builder, commandLine);
  }
  builder.problems.push(...problems);
  let names = 0;
  for (const part of parts) {
    if (part.kind === 'word') readName(builder, part, names++);
    else if (part.kind === 'unknown') builder.loose.push(part.text);
    else readFlag(builder, part);
  }
  if (names === 0)
    builder.problem({ from: 0, to: end }, 'command', 'Only hubble observe shows flows. Write observe.');
  return finish(builder, commandLine);
}

/** Tokens of one list of filters, key by key in the order of their first flag. */
type TokenList = Map<KeyDef, string[]>;

type Builder = {
  readonly allow: TokenList;
  readonly deny: TokenList;
  /** Each the tokens of one filter given as JSON. */
  readonly allowJson: (readonly string[])[];
  readonly denyJson: (readonly string[])[];
  /** Words that make no sense, kept so that the bar shows them. */
  readonly loose: string[];
  readonly problems: Problem[];
  readonly notices: Notice[];
  readonly options: ReturnType<typeof emptyOptions>;
  /** The --not that waits for its flag. */
  not: Span | undefined;
  readonly problem: (place: Span, code: ProblemCode, message: string) => void;
};

function createBuilder(): Builder {
  const problems: Problem[] = [];
  return {
    allow: new Map(),
    deny: new Map(),
    allowJson: [],
    denyJson: [],
    loose: [],
    problems,
    notices: [],
    options: emptyOptions(),
    not: undefined,
    problem: ({ from, to }, code, message) => {
      problems.push({ from, to, code, message });
    },
  };
}

type Stage = Pick<ShellWords, 'end' | 'openQuote'> & {
  /** What stands behind `hubble`; undefined when it is not there. */
  readonly args: readonly ShellWord[] | undefined;
};

/** The command of `hubble`, in `zcat -f events.log.gz | hubble observe` the second. Without one, the first of all. */
function readStages(commandLine: string, builder: Builder): Stage {
  const prompt = /^\s*[$#%]\s+/.exec(commandLine)?.[0].length ?? 0;
  const first = splitShellWords(commandLine, prompt);
  for (let stage = first; ;) {
    const args = skipPrefix(stage.words, builder);
    if (args !== undefined) {
      const [{ from } = { from: prompt }] = stage.words;
      const before = commandLine.slice(prompt, from).trim();
      if (before !== '') {
        const message = `${before} comes before the command and is left out.`;
        builder.notices.push({ from: prompt, to: from, message });
      }
      return { ...stage, args };
    }
    const end = skipRedirections(commandLine, stage.end);
    const operator = /^(?:\|[|&]?|&&|;)\s*/.exec(commandLine.slice(end))?.[0];
    if (operator === undefined) return { ...first, args: undefined };
    stage = splitShellWords(commandLine, end + operator.length);
  }
}

/** Behind `2>/dev/null` and `> file`, and words that follow them. */
function skipRedirections(commandLine: string, from: number): number {
  let at = from;
  for (;;) {
    const sign = /^[0-9]?(?:>[>&|]?|<&?)/.exec(commandLine.slice(at))?.[0];
    if (sign === undefined) return at;
    at = splitShellWords(commandLine, at + sign.length).end;
  }
}

/** What stands behind `hubble`; takes the server from the environment set before it. */
function skipPrefix(words: readonly ShellWord[], builder: Builder): readonly ShellWord[] | undefined {
  const isHubble = (word: ShellWord | undefined): boolean =>
    /^(?:.*\/)?hubble(?:\.exe)?$/.test(word?.text ?? '');
  const own = skipEnvironment(words, 0);
  const inPod = /^(?:kubectl|oc)$/.test(words[own]?.text ?? '');
  const at = inPod ? skipEnvironment(words, words.findIndex(({ text }) => text === '--') + 1) : own;
  if (!isHubble(words[at])) return undefined;
  for (const word of words.slice(0, at)) {
    const [, name, value] = ENVIRONMENT.exec(word.text) ?? [];
    if (name === 'HUBBLE_SERVER') builder.options.server = value;
    else if (name?.startsWith('HUBBLE_') === true) {
      const message = `${name} is not taken from the command.`;
      builder.notices.push({ from: word.from, to: word.to, message });
    }
  }
  return words.slice(at + 1);
}

const ENVIRONMENT = /^(\w+)=(.*)$/s;

function skipEnvironment(words: readonly ShellWord[], from: number): number {
  let at = from;
  while (words[at]?.text === 'sudo' || ENVIRONMENT.test(words[at]?.text ?? '')) at++;
  return at;
}

/** `observe`, then perhaps `flows`; anything else is a value that lost its flag. */
function readName(builder: Builder, part: Extract<ReadPart, { kind: 'word' }>, index: number): void {
  const { text } = part;
  if (index === 0) return;
  if (index === 1 && (text === 'agent-events' || text === 'debug-events')) {
    const where =
      text === 'agent-events'
        ? 'they stand on the timeline where the source tells them'
        : 'and they are not shown';
    builder.problem(part, 'command', `${text} are no flows, ${where}. Remove this word.`);
  } else if (index > 1 || text !== 'flows') {
    const message = `${text} belongs to no flag. Write the flag before it, or quote the whole value if it holds spaces.`;
    builder.problem(part, 'command', message);
    builder.loose.push(quoteValue(text));
  }
}

function readFlag(builder: Builder, part: Extract<ReadPart, { kind: 'flag' }>): void {
  const { flag, value = '' } = part;
  switch (flag.meaning.kind) {
    case 'filter':
      addToken(builder, flag.meaning.key, value, part.valueSpan);
      break;
    case 'switch':
      addToken(builder, flag.meaning.key, flag.meaning.value, part.valueSpan);
      break;
    case 'negation':
      if (builder.not !== undefined) builder.problem(part, 'misplaced-not', 'consecutive --not statements');
      builder.not = part;
      break;
    case 'list':
      addJson(builder, flag.meaning.list, value, part.valueSpan);
      break;
    case 'selector':
    case 'server':
    case 'output':
      readOption(builder, part);
  }
}

function readOption(builder: Builder, part: Extract<ReadPart, { kind: 'flag' }>): void {
  const set = setOption(builder.options, part.flag.name, part.value);
  if (!set.ok) builder.problem(part.valueSpan, 'bad-value', set.error);
  else if (!set.value) {
    const { from, to } = part;
    builder.notices.push({
      from,
      to,
      message: `--${part.flag.name} ${flagEffect(part.flag) ?? 'has no effect here'}.`,
    });
  }
}

function addToken(builder: Builder, key: KeyDef, value: string, place: Span): void {
  const checked = key.field.check(value);
  if (!checked.ok) builder.problem(place, 'bad-value', checked.error);
  const list = builder.not === undefined ? builder.allow : builder.deny;
  builder.not = undefined;
  const values = list.get(key) ?? [];
  values.push(checked.ok ? checked.value : value);
  list.set(key, values);
}

function addJson(builder: Builder, list: 'allow' | 'deny', value: string, place: Span): void {
  const target = list === 'allow' ? builder.allowJson : builder.denyJson;
  for (const json of splitJsonObjects(value)) {
    const filter = filterFromJson(json);
    if (filter.ok) target.push(filterToTokens(filter.value));
    else {
      builder.problem(place, 'bad-value', filter.error);
      target.push([formatToken('raw-filter', [json])]);
    }
  }
}

function tokensOf(list: TokenList): readonly string[] {
  return [...list].map(([key, values]) => formatToken(key.name, values));
}

function alternativesText(alternatives: readonly (readonly string[])[]): string {
  const texts = alternatives.map((tokens) => tokens.join(' '));
  return texts.length > 1 ? `( ${texts.join(' or ')} )` : texts.join('');
}

function exclusionText(tokens: readonly string[]): string {
  return tokens.length === 1 ? `not ${tokens.join('')}` : `not ( ${tokens.join(' ')} )`;
}

/** Filters that must be added up: empty lists say nothing. */
function someTokens(lists: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return lists.filter((tokens) => tokens.length > 0);
}

const COMBINATION_CODES: ReadonlySet<ProblemCode> = new Set([
  'conflict',
  'refused',
  'too-many',
  'inexpressible',
]);

function finish(builder: Builder, commandLine: string): PastedCommand {
  const { not, options, problems, notices } = builder;
  if (not !== undefined) builder.problem(not, 'misplaced-not', 'trailing --not found in the arguments');
  const whole = { from: 0, to: commandLine.length };
  const conflict = optionConflict(options);
  if (conflict !== undefined) builder.problem(whole, 'conflict', conflict);
  if (options.follow && options.until !== undefined) {
    notices.push({ ...whole, message: '--until has no effect together with --follow.' });
  }
  const text = [
    alternativesText(someTokens([tokensOf(builder.allow), ...builder.allowJson])),
    ...someTokens([tokensOf(builder.deny), ...builder.denyJson]).map(exclusionText),
    ...builder.loose,
  ]
    .filter((part) => part !== '')
    .join(' ');
  const compiled = compileFilterText(text);
  for (const { code, message } of compiled.ok ? [] : compiled.error) {
    if (COMBINATION_CODES.has(code)) builder.problem(whole, code, message);
  }
  return { text, problems: problems.toSorted((a, b) => a.from - b.from), notices, options };
}
