// Folds the paths of requests into templates: what tells one object from another becomes a name in braces, what a person
// wrote as a word stays. `/orders/10482/items` becomes `/orders/{n}/items`; `/v1/landing`, `/top-10` and `/deadline` stay.
//
// A segment is folded by the first rule that knows it; routes that a person has written come before all rules. The
// page lists the rules as they are here, and a template is asked for by the expressions that stand beside them.

import type { PathRules } from '../../protocol.ts';

export type PathRule = {
  readonly id: string;
  /** What it stands for, as in a list of rules. */
  readonly title: string;
  /** A segment as it is, and as it becomes. */
  readonly example: readonly [string, string];
  /** The segment folded, undefined when it is none of this rule's. */
  readonly fold: (segment: string) => string | undefined;
};

/** RE2 expressions of one segment, by what stands for it in a template. */
const PATTERNS: Readonly<Record<string, string>> = {
  '{n}': String.raw`\d+`,
  '{uuid}': '[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}',
  '{date}': String.raw`\d{4}-\d\d-\d\d[^/]*`,
  '{ip}': '[0-9a-fA-F.:]+',
  '{hex}': '[0-9a-fA-F]{8,}',
  '{email}': '[^/]+(?:@|%40)[^/]+',
  '{id}': '[^/]{12,}',
};

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const DATE = /^\d{4}-\d\d-\d\d(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?$/;
const IP = /^(?:(?:\d{1,3}\.){3}\d{1,3}|(?=[^:]*:[^:]*:)[\da-f:.]+)$/i;
const HEX = /^(?=.*\d)(?=.*[a-f])[\da-f]{8,}$/i;
const EMAIL = /^[^@\s]+(?:@|%40)[^@\s]+\.[a-z]{2,}$/i;
const WORD_AND_NUMBER = /^([a-z]+[-_])\d{3,}$/i;
/** A part of a segment that no word looks like: long, of letters and digits in turn. */
const TOKEN_PART = /^(?=(?:[^\d]*\d){2})(?=.*[a-z])[\da-z]{12,}$/i;

function whole(pattern: RegExp, name: string): PathRule['fold'] {
  return (segment) => (pattern.test(segment) ? name : undefined);
}

export const PATH_RULES: readonly PathRule[] = [
  { id: 'number', title: 'numbers', example: ['10482', '{n}'], fold: whole(/^\d+$/, '{n}') },
  {
    id: 'uuid',
    title: 'UUIDs',
    example: ['0b7e4c1a-1f0d-4c53-9a57-2f64a1c9d0e2', '{uuid}'],
    fold: whole(UUID, '{uuid}'),
  },
  {
    id: 'date',
    title: 'dates and times',
    example: ['2026-11-21', '{date}'],
    fold: whole(DATE, '{date}'),
  },
  { id: 'ip', title: 'IP addresses', example: ['10.0.1.142', '{ip}'], fold: whole(IP, '{ip}') },
  {
    id: 'hex',
    title: 'hexadecimal of 8 or more, with letters and digits',
    example: ['5f3a9c0e', '{hex}'],
    fold: whole(HEX, '{hex}'),
  },
  {
    id: 'email',
    title: 'e-mail addresses',
    example: ['han@falcon.example', '{email}'],
    fold: whole(EMAIL, '{email}'),
  },
  {
    id: 'suffix',
    title: 'a word with a number of 3 or more digits',
    example: ['order-10482', 'order-{n}'],
    fold: (segment) => {
      const word = WORD_AND_NUMBER.exec(segment)?.[1];
      return word === undefined ? undefined : `${word}{n}`;
    },
  },
  {
    id: 'token',
    title: 'letters and digits mixed, 12 or more in a row',
    example: ['01JD7M4Q2X9Z8K', '{id}'],
    fold: (segment) => (segment.split(/[-_.~=]/).some((part) => TOKEN_PART.test(part)) ? '{id}' : undefined),
  },
];

const NAME = /\{[^{}/]+\}/g;

/** The template of a path, without query. */
export type Templater = (path: string) => string;

/** A function for one set of rules; make it once, not once per path. Routes that are none are ignored. */
export function createTemplater({ off, routes }: PathRules): Templater {
  const rules = PATH_RULES.filter(({ id }) => !off.includes(id));
  const own = routes.filter(isRoute).map((route) => ({ route, pattern: new RegExp(routeSource(route)) }));
  const known = new Map<string, string>();
  return (path) => {
    const found = known.get(path);
    if (found !== undefined) return found;
    const template =
      own.find(({ pattern }) => pattern.test(path))?.route ??
      path
        .split('/')
        .map((segment) => foldSegment(segment, rules))
        .join('/');
    // Paths are chosen by whoever calls: what is remembered has an end.
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(path, template);
    return template;
  };
}

const MAX_KNOWN = 50_000;

let latest: { readonly key: string; readonly templater: Templater } | undefined;

/** The same function as long as the rules stay the same: questions are asked again and again. */
export function templaterOf(rules: PathRules): Templater {
  const key = JSON.stringify([rules.off, rules.routes]);
  if (latest?.key !== key) latest = { key, templater: createTemplater(rules) };
  return latest.templater;
}

function foldSegment(segment: string, rules: readonly PathRule[]): string {
  for (const { fold } of rules) {
    const folded = fold(segment);
    if (folded !== undefined) return folded;
  }
  return segment;
}

/** True for a path with one or more names in braces, each a part of one segment. */
export function isRoute(text: string): boolean {
  return text.startsWith('/') && /\{[^{}/]+\}/.test(text) && !/[{}]/.test(text.replaceAll(NAME, ''));
}

function routeSource(route: string): string {
  return `^${escaped(route, () => '[^/]+')}$`;
}

/** RE2 expression for the paths of a template, for the filter. */
export function templatePattern(template: string): string {
  return `^${escaped(template, (name) => PATTERNS[name] ?? '[^/]+')}$`;
}

function escaped(template: string, patternOf: (name: string) => string): string {
  const names = template.match(NAME) ?? [];
  return template
    .split(NAME)
    .map((text, i) => {
      const name = names[i];
      return (
        text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`) + (name === undefined ? '' : patternOf(name))
      );
    })
    .join('');
}
