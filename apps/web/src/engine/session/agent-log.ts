// What agents have told of themselves, by time, for the marks of the timeline. Bounded: of too many the oldest leave,
// and are counted.

import { AgentEventType } from '@finderscope/hubble-api';
import type { AgentEvents, AgentMark, Nanos } from '../protocol.ts';
import type { AgentTold } from '../sources/source.ts';

const MAX_EVENTS = 10_000;
/** Leaving is done for so many at once. */
const SLACK = 1.25;
/** Different things said within one mark. */
const SAID_A_MARK = 6;

type Told = AgentTold & { readonly timeNs: Nanos };

type Said = Pick<Told, 'type' | 'name' | 'text' | 'subjects'> & {
  count: number;
  readonly nodes: Set<string>;
};

/** What changes the fate of flows comes first, what happens all the time last. */
const ORDER: readonly number[] = [
  AgentEventType.POLICY_DELETED,
  AgentEventType.POLICY_UPDATED,
  AgentEventType.ENDPOINT_REGENERATE_FAILURE,
  AgentEventType.AGENT_STARTED,
  AgentEventType.ENDPOINT_DELETED,
  AgentEventType.ENDPOINT_CREATED,
  AgentEventType.SERVICE_DELETED,
  AgentEventType.SERVICE_UPSERTED,
  AgentEventType.ENDPOINT_REGENERATE_SUCCESS,
  AgentEventType.IPCACHE_DELETED,
  AgentEventType.IPCACHE_UPSERTED,
];

export class AgentLog {
  readonly #maxEvents: number;
  #told: Told[] = [];
  #forgotten = 0;
  #withoutTime = 0;
  #unread = 0;
  /** Those that the source is about to tell once more, and how often. */
  #again = new Map<string, number>();

  constructor(maxEvents = MAX_EVENTS) {
    this.#maxEvents = maxEvents;
  }

  add(event: AgentTold): void {
    const { timeNs } = event;
    if (timeNs === undefined) {
      this.#withoutTime++;
      return;
    }
    const told: Told = { ...event, timeNs };
    if (this.#isAgain(told)) return;
    this.#told.push(told);
    if (this.#told.length > this.#maxEvents * SLACK) this.#forgetOldest();
  }

  /** Events that came but could not be read. */
  addUnread(count: number): void {
    this.#unread += count;
  }

  /** From when on the source is to tell; what was told of that very moment comes again, and is not counted twice. */
  resumeFrom(): Nanos | undefined {
    const newest = this.span()?.newestNs;
    this.#again = new Map();
    for (const told of this.#told) {
      if (told.timeNs !== newest) continue;
      const key = keyOf(told);
      this.#again.set(key, (this.#again.get(key) ?? 0) + 1);
    }
    return newest;
  }

  /** undefined without any. */
  span(): { readonly oldestNs: Nanos; readonly newestNs: Nanos } | undefined {
    const first = this.#told[0];
    if (first === undefined) return undefined;
    let { timeNs: oldestNs, timeNs: newestNs } = first;
    for (const { timeNs } of this.#told) {
      if (timeNs < oldestNs) oldestNs = timeNs;
      if (timeNs > newestNs) newestNs = timeNs;
    }
    return { oldestNs, newestNs };
  }

  /** What was told from `sinceNs` to `untilNs`, a mark for each bucket with something in it. */
  marks(sinceNs: Nanos | undefined, untilNs: Nanos | undefined, bucketNs: Nanos): AgentEvents {
    const buckets = new Map<bigint, Told[]>();
    for (const told of this.#told) {
      if (sinceNs !== undefined && told.timeNs < sinceNs) continue;
      if (untilNs !== undefined && told.timeNs > untilNs) continue;
      const bucket = told.timeNs / bucketNs;
      const there = buckets.get(bucket);
      if (there === undefined) buckets.set(bucket, [told]);
      else there.push(told);
    }
    return {
      marks: [...buckets]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([bucket, events]) => markOf(bucket * bucketNs, events)),
      withoutTime: this.#withoutTime,
      forgotten: this.#forgotten,
      unread: this.#unread,
    };
  }

  #isAgain(told: Told): boolean {
    const key = keyOf(told);
    const left = this.#again.get(key) ?? 0;
    if (left > 0) this.#again.set(key, left - 1);
    return left > 0;
  }

  #forgetOldest(): void {
    const byTime = this.#told.toSorted((a, b) => (a.timeNs < b.timeNs ? -1 : a.timeNs > b.timeNs ? 1 : 0));
    this.#forgotten += byTime.length - this.#maxEvents;
    this.#told = byTime.slice(-this.#maxEvents);
  }
}

function keyOf({ timeNs, node, text }: Told): string {
  return `${timeNs}|${node}|${text}`;
}

/** The same words of several nodes stand once. */
function markOf(fromNs: Nanos, events: readonly Told[]): AgentMark {
  const byText = new Map<string, Said>();
  let atNs = events[0]?.timeNs ?? fromNs;
  for (const { timeNs, node, type, name, text, subjects } of events) {
    if (timeNs < atNs) atNs = timeNs;
    const said = byText.get(text) ?? { type, name, text, subjects, count: 0, nodes: new Set<string>() };
    said.count++;
    if (node !== '') said.nodes.add(node);
    byText.set(text, said);
  }
  const all = [...byText.values()].toSorted(
    (a, b) => placeOf(a.type) - placeOf(b.type) || b.count - a.count || (a.text < b.text ? -1 : 1),
  );
  const said = all.slice(0, SAID_A_MARK).map((one) => ({ ...one, nodes: [...one.nodes].toSorted() }));
  const shown = said.reduce((sum, { count }) => sum + count, 0);
  return { fromNs, atNs, count: events.length, said, more: events.length - shown };
}

function placeOf(type: number): number {
  const place = ORDER.indexOf(type);
  return place < 0 ? ORDER.length : place;
}
