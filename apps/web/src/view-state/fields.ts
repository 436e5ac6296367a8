// The table of fields of the address: one row each. Reading, writing, notices and the round-trip test derive from it.
// A parser says what is wrong in words that follow "sort=x in the address: ".

import { err, ok, type Result } from '@finderscope/base';
import { formatInstant, parseInstant } from './instant.ts';
import { formatWindow, parseWindow } from './time-window.ts';
import {
  COLUMN_IDS,
  MAP_SCOPE_IDS,
  PANE_IDS,
  type PaneId,
  SORT_KEYS,
  SPLIT_IDS,
  type ViewKey,
  type ViewState,
} from './view-state.ts';

export type ViewField<T> = {
  /** Name in the query string. */
  readonly param: string;
  /** What it is called in a notice. */
  readonly title: string;
  /** Used when the address does not hold the field or holds it broken; never written into the address. */
  readonly fallback: T;
  readonly parse: (text: string) => Result<T, string>;
  readonly format: (value: T) => string;
};

export type ViewFields = { readonly [K in ViewKey]: ViewField<ViewState[K]> };

/** Longer values come from an accident or an attack, not from a person. */
const MAX_TEXT = 16_384;
const MAX_IDS = 200;

export const VIEW_FIELDS: ViewFields = {
  filter: textField('q', 'the filter'),
  file: {
    ...idsField('file', 'the file that is looked at'),
    parse: (text) => {
      const paths = readIds(text);
      return paths.some(leavesOrigin) ? err('it is a path on the server of this page') : ok(paths);
    },
  },
  local: idsField('local', 'the files that were opened'),
  pausedAtNs: {
    param: 'at',
    title: 'the time of the pause',
    fallback: undefined,
    parse: (text) => parseInstant(text),
    format: (value) => (value === undefined ? '' : formatInstant(value)),
  },
  window: {
    param: 'window',
    title: 'the time window',
    fallback: undefined,
    parse: parseWindow,
    format: (value) => (value === undefined ? '' : formatWindow(value)),
  },
  split: {
    param: 'by',
    title: 'the split of the timeline',
    fallback: 'verdict',
    parse: (text) => {
      const id = oneOf(text, SPLIT_IDS);
      return id === undefined ? err(`bars can be split by ${listWords(SPLIT_IDS)}`) : ok(id);
    },
    format: (value) => value,
  },
  panes: listField('panes', 'the open panes', 'pane', PANE_IDS, ['map', 'flows']),
  beside: flagField('beside', 'the panes side by side'),
  sizes: {
    param: 'sizes',
    title: 'the sizes of the panes',
    fallback: {},
    parse: parseSizes,
    format: (value) =>
      PANE_IDS.flatMap((id) => (value[id] === undefined ? [] : [`${id}:${value[id]}`])).join(','),
  },
  full: {
    param: 'full',
    title: 'the pane that fills all',
    fallback: undefined,
    parse: (text) => {
      const id = oneOf(text, PANE_IDS);
      return id === undefined ? err(`there is no pane "${text}"`) : ok(id);
    },
    format: (value) => value ?? '',
  },
  columns: listField('columns', 'the columns', 'column', COLUMN_IDS, [
    'time',
    'verdict',
    'source',
    'destination',
    'type',
    'summary',
    'node',
  ]),
  sort: {
    param: 'sort',
    title: 'the sort order',
    fallback: { key: 'time', descending: false },
    parse: (text) => {
      const descending = text.startsWith('-');
      const key = oneOf(descending ? text.slice(1) : text, SORT_KEYS);
      if (key === undefined) return err(`rows can be sorted by ${listWords(SORT_KEYS)}`);
      return ok({ key, descending });
    },
    format: (value) => (value.descending ? `-${value.key}` : value.key),
  },
  group: flagField('group', 'grouping'),
  lines: flagField('lines', 'compact lines'),
  find: textField('find', 'the text to find'),
  flow: {
    param: 'flow',
    title: 'the selected flow',
    fallback: undefined,
    parse: (text) => (/^[\w.:-]{1,128}$/.test(text) ? ok(text) : err('a flow is named by its uuid')),
    format: (value) => value ?? '',
  },
  time: choiceField('time', 'the time format', { abs: 'absolute', rel: 'relative' }, 'absolute'),
  zone: choiceField('tz', 'the time zone', { utc: 'utc', local: 'local' }, 'utc'),
  detail: flagField('detail', 'the flow panel'),
  mapScope: {
    param: 'scope',
    title: 'the scope of the map',
    fallback: 'workload',
    parse: (text) => {
      const scope = oneOf(text, MAP_SCOPE_IDS);
      return scope === undefined ? err(`it is ${listWords(MAP_SCOPE_IDS)}`) : ok(scope);
    },
    format: (value) => value,
  },
  mapPick: idsField('pick', 'what is chosen on the map'),
  mapFolds: idsField('folds', 'the islands of the map'),
  mapFocus: idsField('around', 'the focus of the map'),
  mapHops: {
    param: 'hops',
    title: 'the reach of the focus',
    fallback: 1,
    parse: (text) => (/^[1-6]$/.test(text) ? ok(Number(text)) : err('it is a number from 1 to 6')),
    format: String,
  },
  mapTable: flagField('twin', 'the map as a table'),
  callsBy: choiceField(
    'calls',
    'the grouping of the L7 pane',
    { call: 'call', client: 'client', server: 'server' },
    'call',
  ),
  callsOnly: choiceField(
    'only',
    'the calls of the L7 pane',
    { all: 'all', errors: 'errors', slow: 'slow' },
    'all',
  ),
  callsOpen: idsField('open', 'the open rows of the L7 pane'),
};

/** In the order they are written. */
export const VIEW_KEYS: readonly ViewKey[] = [
  'filter',
  'file',
  'local',
  'pausedAtNs',
  'window',
  'split',
  'panes',
  'beside',
  'sizes',
  'full',
  'columns',
  'sort',
  'group',
  'lines',
  'find',
  'flow',
  'detail',
  'time',
  'zone',
  'mapScope',
  'mapPick',
  'mapFolds',
  'mapFocus',
  'mapHops',
  'mapTable',
  'callsBy',
  'callsOnly',
  'callsOpen',
];

/** What a field is called in a sentence: `the time window`. */
export function fieldTitle(key: ViewKey): string {
  return VIEW_FIELDS[key].title;
}

/** Stand for that of the page: a path that means the same under both has no scheme of its own. */
const ORIGINS = ['http://page.invalid', 'https://page.invalid'];

/** Another origin is never asked for anything. A browser passes over tabs and line breaks, and blanks in front. */
function leavesOrigin(path: string): boolean {
  const read = path.replaceAll(/[\t\r\n]/g, '').trimStart();
  if (/^[a-z][a-z0-9+.-]*:|^[\\/]{2}|\\/i.test(read)) return true;
  return ORIGINS.some((origin) => !URL.canParse(path, origin) || new URL(path, origin).origin !== origin);
}

/** `map:45,flows:55`. A pane that is named twice counts the last time. */
function parseSizes(text: string): Result<ViewState['sizes'], string> {
  const sizes: Partial<Record<PaneId, number>> = {};
  for (const part of text.split(',')) {
    const [, name = '', share = ''] = /^([^:]*):([1-9]\d?)$/.exec(part) ?? [];
    const id = oneOf(name, PANE_IDS);
    if (share === '') return err('it is a list of panes and shares from 1 to 99, as in flows:60');
    if (id === undefined) return err(`there is no pane "${name}"`);
    sizes[id] = Number(share);
  }
  return ok(sizes);
}

function textField(param: string, title: string): ViewField<string> {
  return {
    param,
    title,
    fallback: '',
    parse: (text) => (text.length <= MAX_TEXT ? ok(text) : err(`it is longer than ${MAX_TEXT} characters`)),
    format: (value) => value,
  };
}

/** Ids of things, or names. A comma within an id is written %2C, a percent sign %25. */
function idsField(param: string, title: string): ViewField<readonly string[]> {
  return {
    param,
    title,
    fallback: [],
    parse: (text) => {
      const ids = readIds(text);
      return ids.length > MAX_IDS ? err(`it names more than ${MAX_IDS} things`) : ok(ids);
    },
    format: (ids) => ids.map((id) => id.replaceAll('%', '%25').replaceAll(',', '%2C')).join(','),
  };
}

function readIds(text: string): readonly string[] {
  const ids = text.split(',').filter((id) => id !== '');
  return [...new Set(ids.map((id) => id.replaceAll('%2C', ',').replaceAll('%25', '%')))];
}

function flagField(param: string, title: string): ViewField<boolean> {
  return {
    param,
    title,
    fallback: false,
    parse: (text) => (text === '1' ? ok(true) : text === '0' ? ok(false) : err('it is 1 or 0')),
    format: (value) => (value ? '1' : '0'),
  };
}

function choiceField<T extends string>(
  param: string,
  title: string,
  choices: Readonly<Record<string, T>>,
  fallback: T,
): ViewField<T> {
  const entries = Object.entries(choices);
  return {
    param,
    title,
    fallback,
    parse: (text) => {
      const found = entries.find(([name]) => name === text);
      return found ? ok(found[1]) : err(`it is ${listWords(entries.map(([name]) => name))}`);
    },
    format: (value) => entries.find(([, choice]) => choice === value)?.[0] ?? '',
  };
}

function listField<T extends string>(
  param: string,
  title: string,
  noun: string,
  allowed: readonly T[],
  fallback: readonly T[],
): ViewField<readonly T[]> {
  return {
    param,
    title,
    fallback,
    parse: (text) => {
      const items: T[] = [];
      for (const name of text.split(',')) {
        const item = oneOf(name, allowed);
        if (item === undefined)
          return err(name === '' ? `a ${noun} has no name` : `there is no ${noun} "${name}"`);
        if (!items.includes(item)) items.push(item);
      }
      return ok(items);
    },
    format: (value) => value.join(','),
  };
}

function oneOf<T extends string>(text: string, allowed: readonly T[]): T | undefined {
  return allowed.find((item) => item === text);
}

function listWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
