// Numbers of calls in words.

import type { CallCounts } from '../../engine/protocol.ts';
import { formatSpan } from '../../widgets/index.ts';

const NONE = '–';

/** `0.4 ms`, `9.9 ms`, `41 ms`, `1.2 s`; – without one. */
export function latencyText(ns: number | undefined): string {
  if (ns === undefined) return NONE;
  const ms = ns / 1e6;
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  return ms < 1000 ? `${Math.round(ms)} ms` : ms < 60_000 ? `${(ms / 1000).toFixed(2)} s` : formatSpan(ms);
}

/** `19.6 %`; what failed is never told as nothing. */
export function shareText(part: number, whole: number): string {
  if (part === 0 || whole === 0) return '0 %';
  const percent = (part / whole) * 100;
  if (percent >= 100) return '100 %';
  return percent < 0.1 ? '<0.1 %' : `${Math.min(99.9, percent).toFixed(1)} %`;
}

/** Calls, of which a request or a response may not have been told. */
export function callCount({ requests, responses }: Pick<CallCounts, 'requests' | 'responses'>): number {
  return Math.max(requests, responses);
}

/** Requests that no response has been seen to yet. */
export function waitingCount({ requests, responses }: Pick<CallCounts, 'requests' | 'responses'>): number {
  return Math.max(0, requests - responses);
}

/** Seconds that counts are spread over: as asked, but at least one. */
export function spanSeconds(spanNs: readonly [bigint, bigint] | undefined): number {
  return spanNs === undefined ? 1 : Math.max(1, Number(spanNs[1] - spanNs[0]) / 1e9);
}

/** Responses whose result begins with a digit: `4` for 404. */
export function classCount({ results }: CallCounts, digit: string): number {
  return results.reduce((sum, { result, count }) => (result.startsWith(digit) ? sum + count : sum), 0);
}

/**
 * A name that a resolver has made of a longer one by adding a domain of its search path: what stands before that domain
 * is no service, which has no dot in its name.
 */
export function isSearchPath(name: string): boolean {
  const before = /^(.+?)\.(?:[^.]+\.svc\.)?cluster\.local\.?$/.exec(name)?.[1];
  return before !== undefined && before.includes('.') && !before.endsWith('.svc');
}
