// The time that a view looks at: everything held, the last minutes, or from one instant to another. In the address:
//
//   window=5m                                              the last five minutes, sliding with the newest flow
//   window=2026-11-21T12:06:41Z/2026-11-21T12:07:00Z       from, to
//   window=2026-11-21T12:06:41Z/..   window=../2026-11-21T12:07:00Z    one end open, as ISO 8601-2 writes it

import { err, ok, type Result } from '@finderscope/base';
import { formatInstant, LAST_INSTANT_NS, parseInstant } from './instant.ts';

export type TimeWindow =
  | {
      readonly kind: 'last';
      /** Whole seconds, from one second to 31 days. */
      readonly spanMs: number;
    }
  | {
      readonly kind: 'between';
      /** Flow time; at least one end is given, and since comes before until. */
      readonly sinceNs: bigint | undefined;
      readonly untilNs: bigint | undefined;
    };

/** Flow time that queries are asked for; an undefined end is open. */
export type TimeRange = { readonly sinceNs: bigint | undefined; readonly untilNs: bigint | undefined };

export const MAX_SPAN_MS = 31 * 24 * 3_600_000;
const NS_PER_MS = 1_000_000n;
const NS_PER_S = 1_000_000_000n;
const OPEN = '..';
const SPAN = /^(?:(\d{1,7})h)?(?:(\d{1,7})m)?(?:(\d{1,7})s)?$/;

export function formatWindow(window: TimeWindow): string {
  if (window.kind === 'last') return formatDuration(window.spanMs);
  return `${formatEnd(window.sinceNs)}/${formatEnd(window.untilNs)}`;
}

export function parseWindow(text: string): Result<TimeWindow, string> {
  const slash = text.indexOf('/');
  if (slash < 0) return parseDuration(text);
  const since = parseEnd(text.slice(0, slash));
  if (!since.ok) return since;
  const until = parseEnd(text.slice(slash + 1));
  if (!until.ok) return until;
  if (since.value === undefined && until.value === undefined) return err('one of its ends has to be given');
  if (since.value !== undefined && until.value !== undefined && since.value >= until.value)
    return err('it ends before it begins');
  return ok({ kind: 'between', sinceNs: since.value, untilNs: until.value });
}

/**
 * What queries ask for. `newestNs` is the time of the newest flow, from which 'last' counts back while live; a paused
 * view looks at what there was at `pausedAtNs`, whose last possible value also stands for all that is later. Sliding
 * goes in whole seconds, so that an unchanged second asks the same question.
 */
export function resolveRange(
  window: TimeWindow | undefined,
  pausedAtNs: bigint | undefined,
  newestNs: bigint | undefined,
): TimeRange {
  const pausedNs = pausedAtNs === LAST_INSTANT_NS ? undefined : pausedAtNs;
  if (window === undefined) return { sinceNs: undefined, untilNs: pausedNs };
  if (window.kind === 'last') {
    const endNs = pausedAtNs ?? newestNs;
    const sinceNs =
      endNs === undefined ? undefined : (endNs / NS_PER_S) * NS_PER_S - BigInt(window.spanMs) * NS_PER_MS;
    return { sinceNs, untilNs: pausedNs };
  }
  return { sinceNs: window.sinceNs, untilNs: earlier(window.untilNs, pausedNs) };
}

function earlier(a: bigint | undefined, b: bigint | undefined): bigint | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
}

/** `1h30m`, as Go and the CLI write spans. */
function formatDuration(spanMs: number): string {
  const seconds = Math.round(spanMs / 1000);
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [seconds % 60, 's'],
  ];
  return parts.map(([count, unit]) => (count === 0 ? '' : `${count}${unit}`)).join('');
}

function parseDuration(text: string): Result<TimeWindow, string> {
  const match = SPAN.exec(text);
  if (text === '' || match === null)
    return err('it is a span as in 5m or 1h30m, or two instants with a slash between them');
  const [, h = '0', m = '0', s = '0'] = match;
  const spanMs = (Number(h) * 3600 + Number(m) * 60 + Number(s)) * 1000;
  if (spanMs < 1000 || spanMs > MAX_SPAN_MS) return err('a span lasts from one second to 31 days');
  return ok({ kind: 'last', spanMs });
}

function formatEnd(ns: bigint | undefined): string {
  return ns === undefined ? OPEN : formatInstant(ns);
}

function parseEnd(text: string): Result<bigint | undefined, string> {
  return text === OPEN ? ok(undefined) : parseInstant(text);
}
