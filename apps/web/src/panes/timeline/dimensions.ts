// What the bars can be split by, and how each value looks: its side of the zero line, its colour, its place in the
// stack. What passed stands above the line, what failed hangs below. Splits that do not speak of success use four
// greys; their names stand in the legend in the order of the stack.

import { Verdict } from '@finderscope/hubble-api';
import type { SplitId } from '../../view-state/index.ts';
import { VERDICT_FILL, verdictKind, type VerdictKind } from '../../widgets/index.ts';
import type { Ink } from './ink.ts';

export type Side = 'up' | 'down';

export type Look = {
  readonly side: Side;
  readonly ink: Ink;
  /** Shape beside the name; the others show a swatch. */
  readonly glyph: VerdictKind | undefined;
  /** Place in the stack, counted from the zero line outwards. */
  readonly order: number;
};

export type Dimension = {
  readonly id: SplitId;
  /** As in "by drop reason". */
  readonly title: string;
  /** Field of the histogram query. */
  readonly field: string;
  /** Sides that are drawn; the axis keeps its place when a side is empty. */
  readonly sides: readonly Side[];
  /** How a value looks; undefined: by its rank, in greys, and beyond the third together as "other". */
  readonly lookOf: (value: string) => Look | undefined;
  /** Side of what has no look of its own, and its colours by rank; the last one is for the others. */
  readonly rankedSide: Side;
  readonly rankedInks: readonly Ink[];
  /** Name of a value in the legend, '' being flows without one; undefined: not part of this split. */
  readonly nameOf: (value: string) => string | undefined;
};

const VERDICT_ORDER: readonly (readonly [number, Side])[] = [
  [Verdict.FORWARDED, 'up'],
  [Verdict.REDIRECTED, 'up'],
  [Verdict.TRACED, 'up'],
  [Verdict.TRANSLATED, 'up'],
  [Verdict.DROPPED, 'down'],
  [Verdict.ERROR, 'down'],
  [Verdict.AUDIT, 'down'],
];

const VERDICT_LOOKS: ReadonlyMap<string, Look> = new Map(
  VERDICT_ORDER.map(([verdict, side], order) => [
    Verdict[verdict] ?? '',
    { side, ink: verdictInk(verdictKind(verdict)), glyph: verdictKind(verdict), order },
  ]),
);
/** VERDICT_UNKNOWN, and what a newer Hubble sends. */
const UNKNOWN_LOOK: Look = { side: 'up', ink: verdictInk('unknown'), glyph: 'unknown', order: 9 };

/** Answers by their first digit, in the colours that the tokens give to status codes. */
const HTTP_LOOKS: ReadonlyMap<string, Look> = new Map([
  ['2', { side: 'up', ink: verdictInk('forwarded'), glyph: undefined, order: 0 }],
  ['3', { side: 'up', ink: verdictInk('traced'), glyph: undefined, order: 1 }],
  ['1', { side: 'up', ink: { token: '--fs-text2' }, glyph: undefined, order: 2 }],
  ['5', { side: 'down', ink: verdictInk('dropped'), glyph: undefined, order: 3 }],
  ['4', { side: 'down', ink: verdictInk('audit'), glyph: undefined, order: 4 }],
]);

/** By rank, the largest first; neighbours in a stack differ in tone in both themes. */
const GREYS: readonly Ink[] = [
  { token: '--fs-ctl' },
  { token: '--fs-text2' },
  { token: '--fs-traced-fill' },
  { token: '--fs-text3' },
];

/** The usual reason in the colour of drops, which all of them are by their place. */
const DROPS: readonly Ink[] = [
  { token: '--fs-dropped-fill' },
  { token: '--fs-text2' },
  { token: '--fs-ctl' },
  { token: '--fs-text3' },
];

/** A flow has one of these at most; its L7 protocol is a second value of the same field. */
const L4: ReadonlySet<string> = new Set(['tcp', 'udp', 'sctp', 'icmp', 'icmpv4', 'icmpv6', 'igmp', 'vrrp']);

const noLook = (): undefined => undefined;
const BOTH: readonly Side[] = ['up', 'down'];

const DIMENSIONS: Readonly<Record<SplitId, Dimension>> = {
  verdict: {
    id: 'verdict',
    title: 'verdict',
    field: 'verdict',
    sides: BOTH,
    lookOf: (value) => VERDICT_LOOKS.get(value) ?? UNKNOWN_LOOK,
    rankedSide: 'up',
    rankedInks: GREYS,
    nameOf: (value) => (value === '' ? 'VERDICT_UNKNOWN' : value),
  },
  'drop-reason': {
    ...ranked('drop-reason', 'drop reason', 'drop-reason-desc'),
    sides: ['down'],
    rankedSide: 'down',
    rankedInks: DROPS,
    nameOf: (value) => (value === '' ? undefined : value),
  },
  // A trace counts as `trace` and again as `trace:to-endpoint`.
  type: {
    ...ranked('type', 'type', 'type'),
    nameOf: (value) => (value.includes(':') ? undefined : named(value)),
  },
  direction: ranked('direction', 'direction', 'traffic-direction'),
  protocol: {
    ...ranked('protocol', 'protocol', 'protocol'),
    nameOf: (value) => (value === '' || L4.has(value) ? named(value) : undefined),
  },
  http: {
    id: 'http',
    title: 'HTTP class',
    field: 'http-class',
    sides: BOTH,
    lookOf: (value) => HTTP_LOOKS.get(value.charAt(0)),
    rankedSide: 'up',
    rankedInks: GREYS,
    nameOf: (value) => (value === '' ? undefined : `${value.charAt(0)}xx`),
  },
};

function ranked(id: SplitId, title: string, field: string): Dimension {
  return {
    id,
    title,
    field,
    sides: ['up'],
    lookOf: noLook,
    rankedSide: 'up',
    rankedInks: GREYS,
    nameOf: named,
  };
}

function named(value: string): string {
  return value === '' ? 'none' : value;
}

export function dimensionOf(id: SplitId): Dimension {
  return DIMENSIONS[id];
}

function verdictInk(kind: VerdictKind): Ink {
  return { token: VERDICT_FILL[kind] };
}
