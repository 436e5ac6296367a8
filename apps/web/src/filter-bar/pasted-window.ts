// The time window that a pasted command asks for by --since and --until.

import { parseCliTime, parseGoDuration, type PastedCommand } from '@finderscope/flow-query';
import { MAX_SPAN_MS, type TimeWindow } from '../view-state/index.ts';

const NS_PER_S = 1_000_000_000n;
const NS_PER_MS = 1_000_000n;

/**
 * `nowNs` is what durations are taken from. A span that ends now goes on with the present, as the window of the page
 * does. undefined when neither flag is given, or when together they leave no time.
 */
export function pastedWindow(
  { since, until, follow }: PastedCommand['options'],
  nowNs: bigint,
): TimeWindow | undefined {
  // The CLI ignores it together with --follow.
  const untilNs = follow ? undefined : moment(until, nowNs);
  const sinceNs = moment(since, nowNs);
  if (sinceNs === undefined && untilNs === undefined) return undefined;
  const spanNs = since === undefined ? undefined : parseGoDuration(since);
  if (untilNs === undefined && spanNs !== undefined && isSpan(spanNs))
    return { kind: 'last', spanMs: Number(spanNs / NS_PER_MS) };
  if (sinceNs !== undefined && untilNs !== undefined && sinceNs >= untilNs) return undefined;
  return { kind: 'between', sinceNs, untilNs };
}

function moment(text: string | undefined, nowNs: bigint): bigint | undefined {
  const time = text === undefined ? undefined : parseCliTime(text, nowNs);
  return time?.ok === true ? time.value : undefined;
}

function isSpan(ns: bigint): boolean {
  return ns >= NS_PER_S && ns % NS_PER_S === 0n && ns <= BigInt(MAX_SPAN_MS) * NS_PER_MS;
}
