// How far back the flows that match the filter are here, in words for the status strip.

import type { StatusAnswer } from '../engine/protocol.ts';
import { formatClock, formatExact, type Zone } from '../widgets/index.ts';

const MAX_NAMES = 5;
const NANOS_PER_S = 1_000_000_000n;

type Coverage = NonNullable<StatusAnswer['coverage']>;

/** What follows `Complete` in the strip: `all`, `since 12:01:40, 1 node missing`. */
export function coverageValue({ complete, missing, backfill }: Coverage, zone: Zone): string {
  const nodes = missing.length === 1 ? 'node' : 'nodes';
  const but = missing.length === 0 ? '' : `, ${formatExact(missing.length)} ${nodes} missing`;
  const asking = backfill.state === 'running' ? ', asking for older' : '';
  switch (complete.kind) {
    case 'all':
      return `all${but}`;
    case 'since':
      return `since ${clock(complete.sinceNs, zone)}${but}${asking}`;
    case 'nothing':
      return `not yet${but}${asking}`;
  }
}

/** The whole of it, a sentence or two each. */
export function coverageLines(coverage: Coverage, zone: Zone): readonly string[] {
  return [
    reach(coverage, zone),
    ...missingLines(coverage),
    stream(coverage),
    ...backfillLines(coverage),
    ...unreadableLines(coverage),
  ];
}

function reach({ complete }: Coverage, zone: Zone): string {
  switch (complete.kind) {
    case 'all':
      return 'Flows that match the filter are here as far back as the nodes remember.';
    case 'since':
      return `Flows that match the filter are here from ${clock(complete.sinceNs, zone)} on. ${whyNotOlder(complete)}`;
    case 'nothing':
      return 'Flows that match the filter have not come yet.';
  }
}

function whyNotOlder({ limit }: Extract<Coverage['complete'], { readonly kind: 'since' }>): string {
  if (limit === 'evicted') return 'Older ones have made room for newer ones.';
  if (limit === 'stream') return 'Older ones were not sent.';
  if (limit.isInterrupted)
    return `Before that ${limit.node || 'the server'} was interrupted, and flows may be missing.`;
  return `${limit.node || 'The server'} has sent none that are older.`;
}

function missingLines({ missing }: Coverage): readonly string[] {
  if (missing.length === 0) return [];
  const names = missing.slice(0, MAX_NAMES).join(', ');
  const more = missing.length > MAX_NAMES ? ` and ${formatExact(missing.length - MAX_NAMES)} more` : '';
  return [
    `${names}${more} ${missing.length === 1 ? 'does' : 'do'} not answer: flows that only ${missing.length === 1 ? 'it has' : 'they have'} seen are missing.`,
  ];
}

function stream({ pushedDown }: Coverage): string {
  return pushedDown === ''
    ? 'The server sends every flow, and the filter is applied here.'
    : `The server sends only what matches ${pushedDown}.`;
}

function backfillLines({ backfill }: Coverage): readonly string[] {
  switch (backfill.state) {
    case 'running':
      return ['Older ones are being asked for.'];
    case 'failed':
      return [`Asking for older ones failed: ${backfill.reason}`];
    case 'none':
    case 'done':
      return [];
  }
}

function unreadableLines({ unreadable }: Coverage): readonly string[] {
  if (unreadable === 0) return [];
  return [
    `${formatExact(unreadable)} held ${unreadable === 1 ? 'flow' : 'flows'} cannot be judged: the filter reads whole messages, and theirs have made room for newer ones.`,
  ];
}

/** To the next full second: from then on it is certain. */
function clock(ns: bigint, zone: Zone): string {
  return formatClock(((ns + NANOS_PER_S - 1n) / NANOS_PER_S) * NANOS_PER_S, zone).slice(0, 8);
}
