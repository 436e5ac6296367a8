// What agents tell of themselves, as the chart shows it: what decides about flows or went wrong is a flag on a dotted
// pole with a name, all else a small triangle. What is said is written out where a person points, and in the table.

import { AgentEventType } from '@finderscope/hubble-api';
import type { AgentEvents, AgentMark } from '../../engine/protocol.ts';
import { formatExact } from '../../widgets/index.ts';
import { msOf } from './domain.ts';
import type { Span } from './time-scale.ts';

export type Said = AgentMark['said'][number];

export type EventMark = Omit<AgentMark, 'fromNs' | 'atNs'> & {
  /** Start of its bar, and the first event in it. */
  readonly fromMs: number;
  readonly atMs: number;
  readonly shape: 'flag' | 'tick';
  /** Beside a flag; '' beside a tick. */
  readonly name: string;
};

export type AgentStory = {
  readonly marks: readonly EventMark[];
  /** Events that no mark shows, and why; '' when all are shown. */
  readonly unshown: string;
};

export const NO_AGENTS: AgentStory = { marks: [], unshown: '' };

/** Past tense beside the names of what it happened to; kinds without one are ticks. */
const FLAGS: ReadonlyMap<number, (names: readonly string[]) => string> = new Map<
  number,
  (names: readonly string[]) => string
>([
  [AgentEventType.POLICY_UPDATED, (names) => `${named(names, 'policy', 'policies')} updated`],
  [AgentEventType.POLICY_DELETED, (names) => `${named(names, 'policy', 'policies')} deleted`],
  [
    AgentEventType.ENDPOINT_REGENERATE_FAILURE,
    (names) => `${named(names, 'endpoint', 'endpoints')} not regenerated`,
  ],
  [AgentEventType.AGENT_STARTED, () => 'agent started'],
]);

export function agentStory(events: AgentEvents | undefined): AgentStory {
  if (events === undefined) return NO_AGENTS;
  const { withoutTime, forgotten, unread } = events;
  const reasons = [
    part(withoutTime, 'without a time'),
    part(forgotten, 'no longer held, as the oldest of too many'),
    part(unread, 'that could not be read'),
  ].filter((reason) => reason !== '');
  return { marks: events.marks.map(eventMark), unshown: reasons.join(', ') };
}

/** The marks of whole bars within a span. */
export function marksIn(marks: readonly EventMark[], { startMs, endMs }: Span): readonly EventMark[] {
  return marks.filter(({ fromMs }) => fromMs >= startMs && fromMs < endMs);
}

/** `POLICY_UPDATED (labels: [...], revision: 7, count: 2) on 3 nodes` */
export function saidText({ text, count, nodes }: Said): string {
  const where = nodes.length > 1 ? ` on ${formatExact(nodes.length)} nodes` : '';
  const often = count > Math.max(1, nodes.length) ? `, ${formatExact(count)} times` : '';
  return `${text}${where}${often}`;
}

/** `POLICY_UPDATED rule1` */
export function saidTitle({ name, subjects }: Said): string {
  return [name, ...subjects.slice(0, 3)].join(' ');
}

export function eventCount(count: number): string {
  return count === 1 ? '1 agent event' : `${formatExact(count)} agent events`;
}

function eventMark({ fromNs, atNs, count, said, more }: AgentMark): EventMark {
  const [first] = said;
  const flag = first === undefined ? undefined : FLAGS.get(first.type);
  const alike = said.filter(({ type }) => type === first?.type);
  const subjects = [...new Set(alike.flatMap((one) => one.subjects))];
  return {
    fromMs: msOf(fromNs),
    atMs: msOf(atNs),
    count,
    said,
    more,
    shape: flag === undefined ? 'tick' : 'flag',
    name: flag?.(subjects) ?? '',
  };
}

function named(names: readonly string[], one: string, many: string): string {
  const [name] = names;
  if (name === undefined) return one;
  return names.length === 1 ? name : `${formatExact(names.length)} ${many}`;
}

function part(count: number, why: string): string {
  return count === 0 ? '' : `${formatExact(count)} ${why}`;
}
