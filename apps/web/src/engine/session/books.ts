// The counters of everything that came in. The store counts what it holds, has evicted, took for a duplicate or could
// not read; this adds what never reached it. `received` is counted apart from all of these, as messages come in, so
// that the sum in protocol.ts is a check and not a definition.

import { type GetFlowsResponse, type LostEvent, LostEventSource } from '@finderscope/hubble-api';
import type { StoreCounts } from '@finderscope/flow-store';
import type { Stats } from '../protocol.ts';

/** Beyond this, counts are no longer exact; a server that claims more has lost its mind. */
const MAX_LOST_PER_EVENT = 2n ** 40n;
const REMEMBERED_LOST_EVENTS = 2048;
/** Stands for all backfills where streams have numbers. */
const BACKFILL = -1;

export class Books {
  #received = 0;
  #bytes = 0;
  #oversized = 0;
  #reconnects = 0;
  #perfRing = 0;
  #observerQueue = 0;
  #hubbleRing = 0;
  #unknown = 0;
  #stream = 0;
  /** Lost events told so far and the stream that told them: another stream tells some of them again. */
  readonly #lostEvents = new Map<string, number>();

  addMessages(count: number): void {
    this.#received += count;
  }

  addBytes(count: number): void {
    this.#bytes += count;
  }

  addOversized(count: number): void {
    this.#oversized += count;
    this.#received += count;
  }

  addReconnect(): void {
    this.#reconnects++;
    this.#stream++;
  }

  /** Another stream, although none was lost. */
  addStream(): void {
    this.#stream++;
  }

  get reconnects(): number {
    return this.#reconnects;
  }

  /** Counts a lost event, unless an earlier stream has told it already; answers how many flows it counted. */
  addLost(event: LostEvent, envelope: GetFlowsResponse, from: 'stream' | 'backfill' = 'stream'): number {
    const key = keyOf(event, envelope);
    const teller = from === 'stream' ? this.#stream : BACKFILL;
    const told = this.#lostEvents.get(key);
    if (told !== undefined && told !== teller) return 0;
    this.#remember(key, teller);
    const count = Number(event.numEventsLost > MAX_LOST_PER_EVENT ? MAX_LOST_PER_EVENT : event.numEventsLost);
    this.#received += count;
    switch (event.source) {
      case LostEventSource.PERF_EVENT_RING_BUFFER:
        this.#perfRing += count;
        break;
      case LostEventSource.OBSERVER_EVENTS_QUEUE:
        this.#observerQueue += count;
        break;
      case LostEventSource.HUBBLE_RING_BUFFER:
        this.#hubbleRing += count;
        break;
      default:
        this.#unknown += count;
    }
    return count;
  }

  stats(store: StoreCounts, filtered: number): Stats {
    const { malformed, duplicate, held, evicted } = store;
    return {
      received: this.#received,
      held,
      filtered,
      evicted,
      lost: {
        total: this.#perfRing + this.#observerQueue + this.#hubbleRing + this.#unknown,
        perfRing: this.#perfRing,
        observerQueue: this.#observerQueue,
        hubbleRing: this.#hubbleRing,
        unknown: this.#unknown,
      },
      sampled: 0,
      skipped: {
        total: malformed + this.#oversized + duplicate,
        malformed,
        oversized: this.#oversized,
        duplicate,
      },
      bytesReceived: this.#bytes,
      reconnects: this.#reconnects,
    };
  }

  #remember(key: string, teller: number): void {
    this.#lostEvents.delete(key);
    this.#lostEvents.set(key, teller);
    if (this.#lostEvents.size <= REMEMBERED_LOST_EVENTS) return;
    for (const oldest of this.#lostEvents.keys()) {
      this.#lostEvents.delete(oldest);
      return;
    }
  }
}

function keyOf(event: LostEvent, envelope: GetFlowsResponse): string {
  const time = (at: { readonly seconds: bigint; readonly nanos: number } | undefined): string =>
    at === undefined ? '' : `${at.seconds}.${at.nanos}`;
  return [
    envelope.nodeName,
    time(envelope.time),
    event.source,
    event.cpu ?? '',
    event.numEventsLost,
    time(event.first),
    time(event.last),
  ].join('|');
}
