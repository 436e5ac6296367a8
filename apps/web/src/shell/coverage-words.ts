// How far back the flows that match the filter are here, in words for the status strip.

import type { StatusAnswer } from '../engine/protocol.ts';
import { formatClock, formatExact, type Zone } from '../widgets/index.ts';

type Coverage = NonNullable<StatusAnswer['coverage']>;

/** What follows `Complete` in the strip: `all`, `since 12:01:40`. */
export function coverageValue({ complete, backfill }: Coverage, zone: Zone): string {
  const asking = backfill.state === 'running' ? ', asking for older' : '';
  switch (complete.kind) {
    case 'all':
      return 'all';
    case 'since':
      return `since ${clock(complete.sinceNs, zone)}${asking}`;
    case 'nothing':
      return `not yet${asking}`;
  }
}

/** The whole of it, a sentence or two each. */
export function coverageLines(coverage: Coverage, zone: Zone): readonly string[] {
  return [reach(coverage, zone), stream(coverage), ...backfillLines(coverage), ...unreadableLines(coverage)];
}

function reach({ complete }: Coverage, zone: Zone): string {
  switch (complete.kind) {
    case 'all':
      return 'Flows that match the filter are here as far back as the nodes remember.';
    case 'since':
      return `Flows that match the filter are here from ${clock(complete.sinceNs, zone)} on. Older ones were not sent.`;
    case 'nothing':
      return 'Flows that match the filter have not come yet.';
  }
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

/** To the second. */
function clock(ns: bigint, zone: Zone): string {
  return formatClock(ns, zone).slice(0, 8);
}
