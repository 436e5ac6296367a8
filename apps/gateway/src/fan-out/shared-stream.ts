// One stream of the server with several viewers, each at a place of its own in a ring of batches.
//
//   server --> [ batch | batch | batch | batch ]
//                 ^slow viewer      ^       ^end: viewers that keep up, and where the next batch goes
//
// - A batch stays while a viewer still needs it. Beyond the limit the slowest viewer is moved to the end; what it
//   missed is told to it before anything else (missed.ts). Until it takes something again, little is kept for it.
// - The server is held up only when no viewer takes anything: the fastest sets the pace.
// - A viewer may be held while its own history runs; it keeps its place meanwhile, like a slow one.

import type { ClientHttp2Session, IncomingHttpHeaders } from 'node:http2';
import type { Metrics } from '../operations/metrics.ts';
import type { GrpcCode } from '@finderscope/grpc-wire';
import type { Metadata } from '../grpc/downstream.ts';
import {
  MAX_MESSAGE_BYTES,
  type Receiver,
  UpstreamCall,
  type UpstreamParts,
  type UpstreamRequest,
} from '../grpc/upstream-call.ts';
import { Missed } from './missed.ts';
import type { SeenFrames } from './seen-frames.ts';

/** Bytes kept in one ring, and in all rings together, before slow viewers are moved on. */
export type RingLimits = { readonly streamBytes: number; readonly totalBytes: number };

export const RING_LIMITS: RingLimits = { streamBytes: 12 * 1024 * 1024, totalBytes: 128 * 1024 * 1024 };

/** All rings together; shared by the streams of one gateway. */
export type RingBudget = { readonly limits: RingLimits; usedBytes: number };

/** A viewer that was moved on, and has taken nothing since, has this share of the ring. */
const SMALL_SHARE = 1 / 16;

/** `startByte` counts from the first byte of the stream. */
type Batch = { readonly bytes: Buffer; readonly frames: number; readonly startByte: number };

/** One viewer's place. */
export type Place = {
  readonly receiver: Receiver;
  /** Number of the next batch it gets. */
  next: number;
  held: boolean;
  blocked: boolean;
  /** It was moved on and has taken nothing since. */
  isStuck: boolean;
  readonly missed: Missed;
  seen: SeenFrames | undefined;
};

export class SharedStream implements Receiver {
  readonly #metrics: Metrics;
  readonly #budget: RingBudget;
  readonly #now: () => number;
  readonly #call: UpstreamCall;
  readonly #onOver: () => void;
  readonly #places = new Set<Place>();
  #batches: Batch[] = [];
  /** Number of the first batch in the ring. */
  #first = 0;
  #bytes = 0;
  /** All that ever came. */
  #streamBytes = 0;
  #headers: IncomingHttpHeaders | undefined;
  #end: Metadata | undefined;
  /** When the server was told to wait, by the clock that `now` is. */
  #pausedAtMs: number | undefined;

  /** `onOver` is called when no newcomer can join any more. */
  constructor(
    parts: UpstreamParts & { readonly budget: RingBudget; readonly now: () => number },
    request: UpstreamRequest,
    onOver: () => void,
  ) {
    this.#metrics = parts.metrics;
    this.#budget = parts.budget;
    this.#now = parts.now;
    this.#onOver = onOver;
    this.#call = new UpstreamCall(parts, request, this, {
      maxMessageBytes: MAX_MESSAGE_BYTES,
      mayTear: false,
    });
  }

  /** Nobody takes anything since then; undefined while somebody does. */
  get pausedAtMs(): number | undefined {
    return this.#pausedAtMs;
  }

  /** A batch has been handed out: what came before cannot be had here any more. */
  get hasBegun(): boolean {
    return this.#first + this.#batches.length > 0;
  }

  start(session: ClientHttp2Session): void {
    this.#call.start(session);
  }

  fail(code: GrpcCode, message: string): void {
    this.#call.fail(code, message);
  }

  /** A place at the end of what has come so far. A held one gets nothing before `release`. */
  join(receiver: Receiver, held: boolean, seen: SeenFrames | undefined): Place {
    const place: Place = {
      receiver,
      next: this.#endNumber,
      held,
      blocked: false,
      isStuck: false,
      missed: new Missed(),
      seen,
    };
    this.#places.add(place);
    if (!held && this.#headers !== undefined) receiver.started(this.#headers);
    if (!held) this.drained(place);
    return place;
  }

  /** The history of a held viewer is over. `blocked`: it has not taken all of it yet. */
  release(place: Place, blocked: boolean): void {
    place.held = false;
    place.blocked = blocked;
    if (!blocked) this.drained(place);
  }

  drained(place: Place): void {
    if (!this.#places.has(place) || place.held) return;
    place.blocked = false;
    place.isStuck = false;
    this.#pump(place);
    this.#trim();
    if (this.#wantsMore()) this.#resume();
  }

  leave(place: Place): void {
    if (!this.#places.delete(place)) return;
    if (this.#places.size > 0) {
      this.#trim();
      return;
    }
    this.#drop(this.#batches.length);
    if (this.#end !== undefined) return;
    this.#call.leave();
    this.#onOver();
  }

  started(headers: IncomingHttpHeaders): void {
    this.#headers = headers;
    for (const place of this.#places) if (!place.held) place.receiver.started(headers);
  }

  batch(bytes: Buffer, frames: number): boolean {
    this.#batches.push({ bytes, frames, startByte: this.#streamBytes });
    this.#streamBytes += bytes.length;
    this.#bytes += bytes.length;
    this.#budget.usedBytes += bytes.length;
    for (const place of this.#places) {
      if (!place.held && !place.blocked) this.#pump(place);
      else if (place.isStuck && this.#lagBytes(place) > this.#smallBytes) this.#moveOn(place);
    }
    this.#trim();
    while (this.#isOverLimit()) this.#moveSlowest();
    if (this.#wantsMore()) return true;
    this.#pausedAtMs ??= this.#now();
    return false;
  }

  ended(trailers: Metadata): void {
    this.#end = trailers;
    this.#onOver();
    for (const place of this.#places) if (!place.held && !place.blocked) this.#pump(place);
  }

  get #endNumber(): number {
    return this.#first + this.#batches.length;
  }

  #wantsMore(): boolean {
    for (const place of this.#places) if (!place.held && !place.blocked) return true;
    return false;
  }

  #resume(): void {
    this.#pausedAtMs = undefined;
    this.#call.drained();
  }

  /** Hands over what the viewer takes; ends it when that was all. */
  #pump(place: Place): void {
    this.#tellMissed(place);
    while (!place.blocked && place.next < this.#endNumber) {
      const batch = this.#batches[place.next - this.#first];
      place.next++;
      if (batch === undefined) continue;
      const { bytes, frames } = this.#newTo(place, batch);
      if (frames > 0) place.blocked = !place.receiver.batch(bytes, frames);
    }
    if (place.blocked || this.#end === undefined) return;
    this.#places.delete(place);
    place.receiver.ended(this.#end, false);
  }

  #newTo(place: Place, batch: Batch): Pick<Batch, 'bytes' | 'frames'> {
    if (place.seen === undefined) return batch;
    const kept = place.seen.keep(batch.bytes, batch.frames);
    if (place.seen.done) place.seen = undefined;
    return kept;
  }

  #tellMissed(place: Place): void {
    const telling = place.blocked ? undefined : place.missed.take(Date.now());
    if (telling !== undefined) place.blocked = !place.receiver.batch(telling.bytes, telling.frames);
  }

  get #smallBytes(): number {
    return this.#budget.limits.streamBytes * SMALL_SHARE;
  }

  /** What has come and not been handed to it. */
  #lagBytes(place: Place): number {
    return this.#streamBytes - (this.#batches[place.next - this.#first]?.startByte ?? this.#streamBytes);
  }

  #isOverLimit(): boolean {
    const { limits, usedBytes } = this.#budget;
    if (this.#bytes > limits.streamBytes) return true;
    // A ring that holds little is not what fills the budget.
    return usedBytes > limits.totalBytes && this.#bytes > this.#smallBytes;
  }

  /** Of a held viewer some may yet come with its history: its count is then an upper bound. */
  #moveSlowest(): void {
    for (const place of this.#places) if (place.next <= this.#first) this.#moveOn(place);
    this.#trim();
  }

  #moveOn(place: Place): void {
    // One that still gets its history takes what it is given, only not this yet.
    place.isStuck = !place.held;
    for (const end = this.#endNumber; place.next < end; place.next++) {
      const batch = this.#batches[place.next - this.#first];
      if (batch === undefined) continue;
      const { bytes, frames } = this.#newTo(place, batch);
      place.missed.add(bytes);
      this.#metrics.framesSkipped.inc(frames);
    }
  }

  /** Lets go of what every viewer has. */
  #trim(): void {
    let needed = this.#endNumber;
    for (const { next } of this.#places) if (next < needed) needed = next;
    this.#drop(needed - this.#first);
  }

  #drop(count: number): void {
    if (count === 0) return;
    for (const { bytes } of this.#batches.splice(0, count)) {
      this.#bytes -= bytes.length;
      this.#budget.usedBytes -= bytes.length;
    }
    this.#first += count;
  }
}
