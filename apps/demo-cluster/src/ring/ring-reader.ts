// Walks a ring for one request, as an agent does: finds where to start, then reads forward, one entry a call.
//
// Lost events: a reader that the writer overtakes counts the slots it missed and says so at most once per interval,
// before it reads the next entry. What is still pending when the stream ends is not said.

import { create, toBinary } from '@bufbuild/protobuf';
import { encodeFrame } from '@finderscope/grpc-wire';
import { GetFlowsResponseSchema, LostEventSource } from '@finderscope/hubble-api';

import { type Clock, type Moment, nsBetween } from '../timeline/clock.ts';
import { timestampOf } from '../timeline/timestamp.ts';
import { responseEntry, responseOf, type RingEntry } from './entry.ts';
import { maskResponse } from './field-mask.ts';
import type { RingBuffer } from './ring-buffer.ts';
import { isAfter, isBefore, type Selection } from './selection.ts';

/** 'waiting': a follower has read everything there is. 'end': the stream is over, with OK. */
export type ReadStep = RingEntry | 'waiting' | 'end';

export type RingReaderOptions = {
  readonly clock: Clock;
  /** Stands in the envelope of lost-event messages. */
  readonly nodeName: string;
  /** hubble-lost-event-send-interval, 1 s by default. */
  readonly lostEventIntervalMs?: number;
};

const NS_PER_MS = 1e6;
const LOST_EVENT_INTERVAL_MS = 1000;

export class RingReader {
  readonly #ring: RingBuffer;
  readonly #selection: Selection;
  readonly #options: RingReaderOptions;
  #position: number;
  #delivered = 0;
  #lost = 0;
  #firstLost: Moment | undefined;
  #lastLost: Moment | undefined;

  constructor(ring: RingBuffer, selection: Selection, options: RingReaderOptions) {
    this.#ring = ring;
    this.#selection = selection;
    this.#options = options;
    this.#position = startPosition(ring, selection);
  }

  /** Entries that were overwritten before this reader came to them and are not reported yet. */
  get lostUnreported(): number {
    return this.#lost;
  }

  next(): ReadStep {
    const report = this.#dueLostReport();
    if (report !== undefined) return report;
    const { number, follow, since, until, matches, delivers } = this.#selection;
    for (;;) {
      if (!follow && number > 0 && this.#delivered >= number) return 'end';
      this.#skipOverwritten();
      const entry = this.#ring.read(this.#position);
      if (entry === undefined) return follow ? 'waiting' : 'end';
      this.#position++;
      if (isUnfiltered(entry)) {
        if (delivers(entry.kind)) return entry;
        continue;
      }
      if (isAfter(entry, until)) return 'end';
      if (isBefore(entry, since) || !matches(entry) || !delivers(entry.kind)) continue;
      this.#delivered++;
      return this.#masked(entry);
    }
  }

  #skipOverwritten(): void {
    const missed = this.#ring.oldest - this.#position;
    if (missed <= 0) return;
    this.#position = this.#ring.oldest;
    if (!this.#selection.delivers('lost')) return;
    this.#lost += missed;
    this.#lastLost = this.#options.clock.now();
    this.#firstLost ??= this.#lastLost;
  }

  #dueLostReport(): RingEntry | undefined {
    if (this.#firstLost === undefined || this.#lastLost === undefined) return undefined;
    const now = this.#options.clock.now();
    const intervalMs = this.#options.lostEventIntervalMs ?? LOST_EVENT_INTERVAL_MS;
    if (nsBetween(this.#firstLost, now) < intervalMs * NS_PER_MS) return undefined;
    const report = create(GetFlowsResponseSchema, {
      responseTypes: {
        case: 'lostEvents',
        value: {
          source: LostEventSource.HUBBLE_RING_BUFFER,
          numEventsLost: BigInt(this.#lost),
          first: timestampOf(this.#firstLost),
          last: timestampOf(this.#lastLost),
        },
      },
      nodeName: this.#options.nodeName,
      time: timestampOf(now),
    });
    this.#lost = 0;
    this.#firstLost = undefined;
    this.#lastLost = undefined;
    return responseEntry(report, now);
  }

  #masked(entry: RingEntry): RingEntry {
    const mask = this.#selection.mask;
    if (mask === undefined || entry.kind !== 'flow') return entry;
    const response = maskResponse(responseOf(entry), mask);
    const chunk = encodeFrame(toBinary(GetFlowsResponseSchema, response));
    // Relay orders by the envelope; without a time there it has none.
    const seconds = Number(response.time?.seconds ?? 0n);
    return { ...entry, seconds, nanos: response.time?.nanos ?? 0, chunk, start: 0, end: chunk.length };
  }
}

function isUnfiltered(entry: RingEntry): boolean {
  return entry.kind === 'lost' || entry.kind === 'status';
}

function startPosition(ring: RingBuffer, selection: Selection): number {
  const { first, follow, number, since, matches } = selection;
  const { oldest, newest } = ring;
  if (first && since === undefined) return oldest;
  if (follow && number === 0 && since === undefined) return Math.max(newest, 0);
  let matched = 0;
  for (let position = newest; position >= oldest; position--) {
    const entry = ring.read(position);
    if (entry === undefined || isUnfiltered(entry) || !matches(entry)) continue;
    matched++;
    if (since !== undefined) {
      if (isBefore(entry, since)) return position + 1;
    } else if (matched === number) {
      return position;
    }
  }
  return oldest;
}
