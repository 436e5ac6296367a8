// A choice as tokens of the filter. Both what the filter said before and the choice must hold, and Hubble has no filter
// for two conditions on one and the same end: what both say of pods and namespaces is written as one.
//
//     namespace:shop              and shop/cart > data/redis    from-pod:shop/cart- to-pod:data/redis-
//     from-pod:shop/cart or a/b   and shop/cart > data/redis    from-pod:shop/cart- to-pod:data/redis-
//     namespace:shop              and data/redis                ( from-pod:data/redis- to-namespace:shop or ... )
//
// Keys without a side are of one and the same end: `pod:a port:80` is a's own port. So where the filter has such keys,
// what is chosen is asked for at each end by itself.

import {
  compileFilterText,
  includeValue,
  keyByName,
  queryTokens,
  removeToken,
  type Token,
} from '@finderscope/flow-query';
import { covers, isBoth } from './is-both.ts';
import type { PickEnd, PickValue } from './pick-ends.ts';
import { joinTexts } from './pick-put.ts';

export type PickEnds =
  | { readonly kind: 'link'; readonly source: PickEnd; readonly target: PickEnd }
  | { readonly kind: 'nodes'; readonly ends: readonly PickEnd[] };

/** What a choice does to a filter. */
export type Fitted = { readonly filter: string; readonly put: string; readonly held: string };

/** Pods of one end, as beginnings of `namespace/pod`; 'outside': it is none; undefined: nothing is said of it. */
type Pods = readonly string[] | 'outside' | undefined;
type Alternative = {
  readonly from: Pods;
  readonly to: Pods;
  readonly either: readonly string[] | undefined;
  readonly more: readonly PickValue[];
};

const SIDES = ['from', 'to'] as const;
const POD_KEYS: readonly string[] = [
  'namespace',
  'from-namespace',
  'to-namespace',
  'pod',
  'from-pod',
  'to-pod',
];

/**
 * `own` is the filter without any choice. Nothing is put there when no filter says both: one that finds more than the
 * person has asked for, or hides a part of it, would not be told from one that is right.
 */
export function fitPick(own: string, ends: PickEnds): Fitted {
  const chosen = alternativesOf(ends);
  const alone = writeAlternatives(chosen.flatMap(onEachSide));
  const nothing: Fitted = { filter: own, put: '', held: '' };
  if (alone === '') return nothing;
  // What is still being written says nothing yet: it stays, and is fitted when it does.
  const unread = compileFilterText(own).ok
    ? []
    : queryTokens(own).filter(({ problems }) => problems.length > 0);
  const read = withoutTokens(own, unread);
  const fitted = waysToSay(read, chosen).find(({ filter }) => isBoth(filter, read, alone));
  if (fitted === undefined) return nothing;
  return { ...fitted, filter: joinTexts(fitted.filter, ...unread.map(({ text }) => text)) };
}

/** Filters that may be both, roughly the shortest first. */
function waysToSay(own: string, chosen: readonly Alternative[]): readonly Fitted[] {
  const said = podsSaid(own);
  const speaksOfPods = chosen.some(({ from, to, either }) => (from ?? to ?? either) !== undefined);
  const fields = chosen.flatMap(({ more }) => more.map(({ field }) => field));
  const keys = new Set([...(speaksOfPods ? POD_KEYS : []), ...fields.flatMap(sameKeys)]);
  const others = eitherTokens(own).filter(({ key }) => !keys.has(key));
  const apart = chosen.flatMap(onEachSide);
  const isBeside =
    said === undefined || (others.length === 0 && speaksOfPods && isImplied(own, chosen, said));
  const clashing = ownTokens(own, keys).filter(({ key }) => key !== 'namespace');
  const beside = (others.length === 0 ? [chosen, apart] : [apart]).map((alternatives) =>
    replace(own, clashing, writeAlternatives(alternatives)),
  );
  const anySide = new Set([...keys, ...fields.flatMap(anySideKeys)]);
  const held = ownTokens(own, anySide);
  const groups = queryTokens(own).filter(({ kind, negated }) => kind === 'group' && !negated);
  const inOrder = [...held, ...groups].toSorted((a, b) => a.index - b.index);
  return [
    ...(isBeside ? beside : []),
    replace(own, held, writeAlternatives(chosen)),
    narrowedFilter(own, chosen, said ?? NOTHING_SAID, others, keys),
    replace(own, inOrder, writeAlternatives(chosen)),
    narrowedFilter(own, chosen, said ?? NOTHING_SAID, eitherTokens(own), anySide),
  ];
}

function narrowedFilter(
  own: string,
  chosen: readonly Alternative[],
  said: Said,
  others: readonly KeyToken[],
  keys: ReadonlySet<string>,
): Fitted {
  const parts = saidBySide(said, others);
  const narrowed = chosen.flatMap((alternative) => parts.flatMap((part) => narrow(alternative, part)));
  const gone = new Set([...keys, ...POD_KEYS, ...others.map(({ key }) => key)]);
  return replace(own, ownTokens(own, gone), writeAlternatives(narrowed.length === 0 ? chosen : narrowed));
}

function replace(own: string, tokens: readonly Token[], put: string): Fitted {
  return {
    filter: addTo(withoutTokens(own, tokens), put),
    put,
    held: tokens.map(({ text }) => text).join(' '),
  };
}

/** They are in the order of the text. */
function withoutTokens(own: string, tokens: readonly Token[]): string {
  return tokens.reduceRight((text, { index }) => removeToken(text, index), own);
}

function addTo(filter: string, put: string): string {
  return queryTokens(put).reduce(
    (text, token) =>
      token.kind === 'token'
        ? token.values.reduce((grown, value) => includeValue(grown, token.key, value), text)
        : joinTexts(text, token.text),
    filter,
  );
}

type KeyToken = Extract<Token, { readonly kind: 'token' }>;

/** What the filter asks for by these keys, outside of groups. */
function ownTokens(filter: string, keys: ReadonlySet<string>): readonly KeyToken[] {
  return queryTokens(filter).filter(
    (token): token is KeyToken => token.kind === 'token' && !token.negated && keys.has(token.key),
  );
}

/** A name or address that is chosen is one of those that the filter asks for, on whichever side it does. */
function sameKeys(field: string): readonly string[] {
  const bare = field.replace(/^(?:from|to)-/, '');
  return bare === 'fqdn' || bare === 'ip' ? [bare, `from-${bare}`, `to-${bare}`] : [field];
}

/** A key without a side sets what the keys of both sides set. */
function anySideKeys(field: string): readonly string[] {
  const bare = field.replace(/^(?:from|to)-/, '');
  return [bare, `from-${bare}`, `to-${bare}`];
}

/** Keys without a side are of one and the same end, as in the CLI: `pod:a port:80` is a's own port. */
function eitherTokens(own: string): readonly KeyToken[] {
  return queryTokens(own).filter(
    (token): token is KeyToken =>
      token.kind === 'token' &&
      !token.negated &&
      !POD_KEYS.includes(token.key) &&
      keyByName(`from-${token.key}`) !== undefined,
  );
}

function onEachSide(alternative: Alternative): readonly Alternative[] {
  const { either, more } = alternative;
  if (either === undefined && !more.some(isOfEitherEnd)) return [alternative];
  return SIDES.map((side) => ({
    ...alternative,
    [side]: either ?? alternative[side] ?? (isNamed(more) ? 'outside' : undefined),
    either: undefined,
    more: more.map((value) => sided(value, side)),
  }));
}

function isOfEitherEnd({ field }: PickValue): boolean {
  return keyByName(`from-${field}`) !== undefined;
}

/** A name or an address is that of an end that is no pod. */
function isNamed(more: readonly PickValue[]): boolean {
  return more.some(({ field }) => /(?:fqdn|ip)$/.test(field));
}

function sided({ field, value }: PickValue, side: 'from' | 'to'): PickValue {
  return keyByName(`${side}-${field}`) === undefined
    ? { field, value }
    : { field: `${side}-${field}`, value };
}

type Said = {
  readonly from: Pods;
  readonly to: Pods;
  readonly either: readonly string[] | undefined;
  /** What the filter says besides of the end that `either` was of. */
  readonly more?: readonly PickValue[];
};

const NOTHING_SAID: Said = { from: undefined, to: undefined, either: undefined };

/** What is said of either end together with other keys, as said of one and then of the other. */
function saidBySide(said: Said, others: readonly KeyToken[]): readonly Said[] {
  if (others.length === 0) return [said];
  const more = others.flatMap(({ key, values }) => values.map((value) => ({ field: key, value })));
  return SIDES.flatMap((side) => {
    const pods = both(said[side], said.either);
    const own = more.map((value) => sided(value, side));
    return pods === undefined ? [] : [{ ...said, [side]: pods.pods, either: undefined, more: own }];
  });
}

/** What the filter says of pods and namespaces; undefined when nothing. */
function podsSaid(filter: string): Said | undefined {
  const tokens = ownTokens(filter, new Set(POD_KEYS));
  if (tokens.length === 0) return undefined;
  const valuesOf = (key: string): readonly string[] =>
    tokens.flatMap((token) => (token.key === key ? token.values : []));
  const all = valuesOf('namespace');
  const side = (prefix: string): readonly string[] | undefined => {
    const namespaces = [...valuesOf(`${prefix}namespace`), ...(prefix === '' ? [] : all)];
    const pods = valuesOf(`${prefix}pod`);
    if (pods.length === 0) {
      const own = valuesOf(`${prefix}namespace`);
      return own.length === 0 ? undefined : own.map((namespace) => `${namespace}/`);
    }
    const homes = namespaces.length === 0 ? ['default'] : namespaces;
    return pods.flatMap((pod) => (pod.includes('/') ? [pod] : homes.map((home) => `${home}/${pod}`)));
  };
  return { from: side('from-'), to: side('to-'), either: side('') };
}

function alternativesOf(ends: PickEnds): readonly Alternative[] {
  if (ends.kind === 'link') {
    const { source, target } = ends;
    const more = [...source.more, ...target.more];
    return [{ from: podsOf(source), to: podsOf(target), either: undefined, more }];
  }
  const each = ends.ends.map(({ pods, more }): Alternative => ({
    from: undefined,
    to: undefined,
    either: pods,
    more,
  }));
  const [first] = each;
  if (first === undefined) return [];
  if (each.every(({ either, more }) => either !== undefined && more.length === 0))
    return [{ ...first, either: each.flatMap(({ either }) => either ?? []) }];
  const isOneKey = each.every(
    ({ either, more }) =>
      either === undefined && more.length === 1 && more[0]?.field === first.more[0]?.field,
  );
  return isOneKey ? [{ ...first, more: each.flatMap(({ more }) => more) }] : each;
}

function podsOf({ pods, more }: PickEnd): Pods {
  if (pods !== undefined) return pods;
  return isNamed(more) ? 'outside' : undefined;
}

/** The filter asks for namespaces alone, and what is chosen lies in them: both can stand beside each other. */
function isImplied(own: string, chosen: readonly Alternative[], { either }: Said): boolean {
  return (
    ownTokens(own, new Set(POD_KEYS)).every(({ key }) => key === 'namespace') &&
    either !== undefined &&
    chosen.every(
      ({ from, to, either: pods }) => from === undefined && to === undefined && isWithin(pods, either),
    )
  );
}

/** The alternatives in which both hold; none when they exclude each other. */
function narrow(chosen: Alternative, said: Said): readonly Alternative[] {
  const apart = chosen.more.some(isOfEitherEnd) ? onEachSide(chosen) : [chosen];
  return apart.flatMap((alternative) => {
    const from = both(alternative.from, said.from);
    const to = both(alternative.to, said.to);
    if (from === undefined || to === undefined) return [];
    const more = bothMore(alternative.more, said.more ?? []);
    if (more === undefined) return [];
    const eithers = [alternative.either, said.either].filter((pods) => pods !== undefined);
    return spread({ from: from.pods, to: to.pods, either: undefined, more }, eithers);
  });
}

/** Values of one key are alternatives: where both have it, those that both have; undefined when there are none. */
function bothMore(a: readonly PickValue[], b: readonly PickValue[]): readonly PickValue[] | undefined {
  const isIn = (values: readonly PickValue[], { field, value }: PickValue): boolean =>
    values.some((other) => other.field === field && other.value === value);
  const has = (values: readonly PickValue[], field: string): boolean =>
    values.some((other) => other.field === field);
  const kept = [
    ...a.filter((value) => !has(b, value.field) || isIn(b, value)),
    ...b.filter(({ field }) => !has(a, field)),
  ];
  return [...a, ...b].every(({ field }) => has(kept, field)) ? kept : undefined;
}

/** Conditions on either end, as conditions on one of them. */
function spread(start: Alternative, eithers: readonly (readonly string[])[]): readonly Alternative[] {
  const [first, second] = eithers;
  if (start.from === undefined && start.to === undefined && first !== undefined) {
    if (second === undefined || isWithin(first, second)) return [{ ...start, either: first }];
    if (isWithin(second, first)) return [{ ...start, either: second }];
  }
  return eithers.reduce<readonly Alternative[]>(
    (alternatives, pods) =>
      alternatives.flatMap((alternative) => {
        if (isWithin(alternative.from, pods) || isWithin(alternative.to, pods)) return [alternative];
        const from = both(alternative.from, pods);
        const to = both(alternative.to, pods);
        return [
          ...(from === undefined ? [] : [{ ...alternative, from: from.pods }]),
          ...(to === undefined ? [] : [{ ...alternative, to: to.pods }]),
        ];
      }),
    [start],
  );
}

/** What is in both; undefined for nothing. */
function both(a: Pods, b: Pods): { readonly pods: Pods } | undefined {
  if (a === undefined || b === undefined) return { pods: a ?? b };
  if (a === 'outside' || b === 'outside') return a === b ? { pods: a } : undefined;
  const pods = [
    ...a.filter((value) => b.some((other) => covers(other, value))),
    ...b.filter((value) => a.some((other) => covers(other, value))),
  ];
  return pods.length === 0 ? undefined : { pods: [...new Set(pods)] };
}

function isWithin(pods: Pods, of: readonly string[]): boolean {
  if (pods === undefined || pods === 'outside') return false;
  return pods.every((value) => of.some((other) => covers(other, value)));
}

function writeAlternatives(alternatives: readonly Alternative[]): string {
  const texts = [...new Set(alternatives.map(textOf))].filter((text) => text !== '');
  // As the filter bar writes it, so that it is found there again.
  return texts.length < 2 ? (texts[0] ?? '') : (queryTokens(`(${texts.join(' or ')})`)[0]?.text ?? '');
}

function textOf({ from, to, either, more }: Alternative): string {
  const of = (side: string): readonly PickValue[] => more.filter(({ field }) => field.startsWith(side));
  const rest = more.filter(({ field }) => !/^(?:from|to)-/.test(field));
  return [
    ...of('from-'),
    ...podValues('from-', from),
    ...of('to-'),
    ...podValues('to-', to),
    ...rest,
    ...podValues('', either),
  ].reduce((text, { field, value }) => includeValue(text, field, value), '');
}

function podValues(side: string, pods: Pods): readonly PickValue[] {
  if (pods === undefined || pods === 'outside') return [];
  return pods.every((value) => value.length > 1 && value.indexOf('/') === value.length - 1)
    ? pods.map((value) => ({ field: `${side}namespace`, value: value.slice(0, -1) }))
    : pods.map((value) => ({ field: `${side}pod`, value }));
}
