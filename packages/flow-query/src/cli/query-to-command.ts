// Filter text to a `hubble observe` command that shows the same flows.
//
// Flags can say one list of tokens that must all hold, and one such list to exclude. What goes beyond is carried as
// JSON by --allowlist and --denylist.

import { flagOf, type KeyDef } from '../fields/key.ts';
import { filterToJson } from '../fields/filter-json.ts';
import { termSetFilters } from '../language/compile.ts';
import { expandQuery, type TermSet } from '../language/expand.ts';
import { formatItem } from '../language/format.ts';
import { parseQuery } from '../language/parse.ts';
import type { ItemNode, Query } from '../language/query.ts';
import { quoteShellWord } from './shell-words.ts';

export type CopyOptions = {
  readonly server?: string | undefined;
  readonly follow?: boolean | undefined;
  readonly last?: number | undefined;
  /** As the CLI takes it: `5m`, or a moment in RFC 3339. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  /** Names of files to read in place of a server; unpacked on the way where that takes a pipe. */
  readonly files?: readonly string[] | undefined;
};

/**
 * The command on one line. Whatever of the filter has problems cannot be asked for: it is left out and named in a
 * comment at the end.
 */
export function queryToCommand(filter: Query | string, options: CopyOptions = {}): string {
  const query = typeof filter === 'string' ? parseQuery(filter).query : filter;
  const leftOut: string[] = [];
  const items = query.items.filter((item) => {
    const usable = isUsable(item);
    if (!usable) leftOut.push(formatItem(item));
    return usable;
  });
  const { alternatives, exclusions, problems } = expandQuery({ items, problems: [] });
  leftOut.push(...problems.map(({ message }) => message));
  const words = [
    ...optionWords(options),
    ...allowWords(alternatives, leftOut),
    ...denyWords(exclusions, leftOut),
  ].map(quoteShellWord);
  const command = [...unpackWords(options), 'hubble observe', ...words].join(' ');
  return leftOut.length === 0
    ? command
    : `${command} # left out: ${leftOut.join('; ').replaceAll(/\s+/g, ' ')}`;
}

function isUsable(item: ItemNode): boolean {
  switch (item.kind) {
    case 'broken':
      return false;
    case 'token':
      return item.values.every(({ valid }) => valid);
    case 'group':
      return item.alternatives.length > 0 && item.alternatives.flat().every(isUsable);
  }
}

/** The CLI reads one file, as text. */
function takesPipe(files: readonly string[]): boolean {
  return files.length > 1 || files.some((name) => name.endsWith('.gz'));
}

function unpackWords({ files = [] }: CopyOptions): readonly string[] {
  return takesPipe(files) ? ['zcat -f', ...files.map((name) => quoteShellWord(filePath(name))), '|'] : [];
}

/** A name that begins with a dash is not a flag, and one that is a dash is not the standard input. */
function filePath(name: string): string {
  return name.startsWith('-') ? `./${name}` : name;
}

function fileWords(files: readonly string[]): readonly string[] {
  const [only = ''] = files;
  return files.length === 0 ? [] : ['--input-file', takesPipe(files) ? '-' : filePath(only)];
}

function optionWords({ server, follow, last, since, until, files = [] }: CopyOptions): readonly string[] {
  return [
    ...(server === undefined ? [] : ['--server', server]),
    ...fileWords(files),
    ...(since === undefined ? [] : ['--since', since]),
    ...(until === undefined ? [] : ['--until', until]),
    ...(last === undefined ? [] : ['--last', String(last)]),
    ...(follow === true ? ['--follow'] : []),
  ];
}

function allowWords(alternatives: readonly TermSet[], leftOut: string[]): readonly string[] {
  const [only = [], ...others] = alternatives;
  if (others.length === 0 && hasFlags(only)) return flagWords(only, []);
  return alternatives.flatMap((set) => jsonWords('--allowlist', set, leftOut));
}

function denyWords(exclusions: readonly TermSet[], leftOut: string[]): readonly string[] {
  const flagged = exclusions.find(hasFlags);
  const asJson = exclusions.filter((set) => set !== flagged);
  return [
    ...(flagged === undefined ? [] : flagWords(flagged, ['--not'])),
    ...asJson.flatMap((set) => jsonWords('--denylist', set, leftOut)),
  ];
}

function hasFlags(set: TermSet): boolean {
  return set.every(({ key, values }) => values.every(({ value }) => flagOf(key, value) !== undefined));
}

function flagWords(set: TermSet, before: readonly string[]): readonly string[] {
  return set.flatMap(({ key, values }) =>
    values.flatMap(({ value }) => [...before, ...flagWord(key, value)]),
  );
}

function flagWord(key: KeyDef, value: string): readonly string[] {
  const flag = `--${flagOf(key, value) ?? key.name}`;
  return key.field.hasFlag ? [flag, value] : [flag];
}

function jsonWords(flag: string, set: TermSet, leftOut: string[]): readonly string[] {
  const filters = termSetFilters(set);
  if (filters.ok) return filters.value.flatMap((filter) => [flag, filterToJson(filter)]);
  leftOut.push(filters.error.message);
  return [];
}
