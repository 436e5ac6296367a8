// How a viewer comes to its bytes: a call of its own, a stream that is opened for it and can be shared, or a place on
// one that is open. A latecomer first gets its own history, from a call that ends by itself, and then what the stream
// has brought since it came, without what the history has brought already:
//
//   no event is missing    it was either in a node's ring when the history was read, or the stream brings it later
//   none comes twice       SeenFrames
//
// One that comes before the stream has brought anything needs no history of its own: it gets what the first one gets.

import type { IncomingHttpHeaders } from 'node:http2';
import { GrpcCode } from '@finderscope/grpc-wire';
import type { Metadata } from '../grpc/downstream.ts';
import {
  type Feed,
  MAX_MESSAGE_BYTES,
  type Receiver,
  UpstreamCall,
  type UpstreamParts,
  type UpstreamRequest,
} from '../grpc/upstream-call.ts';
import { planSharing, type SharingPlan } from './plan.ts';
import { SeenFrames } from './seen-frames.ts';
import { type Place, RING_LIMITS, type RingBudget, type RingLimits, SharedStream } from './shared-stream.ts';

/** A stream that nobody has taken from for so long has fallen behind the present: it takes no newcomers. */
const STALE_MS = 1000;

export class FanOut {
  readonly #parts: UpstreamParts;
  readonly #budget: RingBudget;
  readonly #streams = new Map<
    string,
    { readonly stream: SharedStream; readonly sinceNs: bigint | undefined }
  >();

  constructor(parts: UpstreamParts, limits: RingLimits = RING_LIMITS) {
    this.#parts = parts;
    this.#budget = { limits, usedBytes: 0 };
  }

  /** Bytes held for viewers of shared streams. */
  get bufferedBytes(): number {
    return this.#budget.usedBytes;
  }

  /** Starts at once; `receiver` is told how it ends, whatever happens. */
  open(request: UpstreamRequest, receiver: Receiver): Feed {
    const plan = planSharing(request);
    if (plan === undefined) {
      const call = new UpstreamCall(this.#parts, request, receiver);
      this.#connect(call);
      return call;
    }
    const open = this.#streams.get(plan.key);
    const pausedAtMs = open?.stream.pausedAtMs;
    if (open === undefined || (pausedAtMs !== undefined && performance.now() - pausedAtMs >= STALE_MS)) {
      return this.#openStream(plan, request, receiver);
    }
    return this.#joinStream(open.stream, open.sinceNs, plan, request, receiver);
  }

  #openStream(plan: SharingPlan, request: UpstreamRequest, receiver: Receiver): Feed {
    const entry = {
      stream: new SharedStream(
        { ...this.#parts, budget: this.#budget, now: () => performance.now() },
        // The stream may outlive the viewer that opened it, and with it that viewer's deadline.
        { ...request, timeoutMs: undefined },
        () => {
          if (this.#streams.get(plan.key) === entry) this.#streams.delete(plan.key);
        },
      ),
      sinceNs: plan.sinceNs,
    };
    this.#streams.set(plan.key, entry);
    const place = entry.stream.join(receiver, false, undefined);
    this.#connect(entry.stream);
    return new SharedFeed(entry.stream, place, this.#parts);
  }

  #joinStream(
    stream: SharedStream,
    streamSinceNs: bigint | undefined,
    plan: SharingPlan,
    request: UpstreamRequest,
    receiver: Receiver,
  ): Feed {
    const { history, sinceNs } = plan;
    const reachesBack = streamSinceNs === undefined || (sinceNs !== undefined && sinceNs >= streamSinceNs);
    const seen = new SeenFrames(sinceNs);
    if (history === undefined || (!stream.hasBegun && reachesBack)) {
      const place = stream.join(receiver, false, sinceNs === undefined ? undefined : seen);
      return new SharedFeed(stream, place, this.#parts);
    }
    const feed = new SharedFeed(stream, stream.join(receiver, true, seen), this.#parts);
    const call = new UpstreamCall(
      this.#parts,
      { ...request, frame: history },
      new HistoryReceiver(receiver, feed, seen),
      { maxMessageBytes: MAX_MESSAGE_BYTES, mayTear: false },
    );
    this.#parts.metrics.histories.inc();
    feed.playHistory(call);
    this.#connect(call);
    return feed;
  }

  #connect(call: Pick<UpstreamCall, 'start' | 'fail'>): void {
    void this.#parts.upstream.session().then((session) => {
      if (session.ok) call.start(session.value);
      else call.fail(GrpcCode.UNAVAILABLE, session.error.message);
    });
  }
}

/** A viewer on a shared stream, from its history on. */
class SharedFeed implements Feed {
  readonly #stream: SharedStream;
  readonly #place: Place;
  readonly #parts: UpstreamParts;
  #history: UpstreamCall | undefined;
  /** The viewer has not taken all that its history has brought. */
  #blocked = false;
  #left = false;

  constructor(stream: SharedStream, place: Place, parts: UpstreamParts) {
    this.#stream = stream;
    this.#place = place;
    this.#parts = parts;
    parts.metrics.viewersSharing.inc();
  }

  get pendingBytes(): number {
    return this.#history?.pendingBytes ?? 0;
  }

  /** Neither a history nor a shared stream hands over parts of frames. */
  get insideFrame(): boolean {
    return false;
  }

  playHistory(call: UpstreamCall): void {
    this.#history = call;
  }

  /** Something of the history was handed to the viewer. */
  historyPlayed(blocked: boolean): void {
    this.#blocked = blocked;
  }

  historyEnded(): void {
    this.#history = undefined;
    this.#stream.release(this.#place, this.#blocked);
  }

  drained(): void {
    this.#blocked = false;
    if (this.#history === undefined) this.#stream.drained(this.#place);
    else this.#history.drained();
  }

  flush(): boolean {
    return this.#history?.flush() ?? false;
  }

  leave(): void {
    if (this.#left) return;
    this.#left = true;
    this.#parts.metrics.viewersSharing.dec();
    this.#history?.leave();
    this.#stream.leave(this.#place);
  }
}

/** Passes a history on; when it has ended well, the shared stream follows. */
class HistoryReceiver implements Receiver {
  readonly #receiver: Receiver;
  readonly #feed: SharedFeed;
  readonly #seen: SeenFrames;

  constructor(receiver: Receiver, feed: SharedFeed, seen: SeenFrames) {
    this.#receiver = receiver;
    this.#feed = feed;
    this.#seen = seen;
  }

  started(headers: IncomingHttpHeaders): void {
    this.#receiver.started(headers);
  }

  batch(bytes: Buffer, frames: number): boolean {
    this.#seen.add(bytes);
    const takesMore = this.#receiver.batch(bytes, frames);
    this.#feed.historyPlayed(!takesMore);
    return takesMore;
  }

  ended(trailers: Metadata, torn: boolean): void {
    if (trailers.get('grpc-status') === String(GrpcCode.OK)) return this.#feed.historyEnded();
    this.#feed.leave();
    this.#receiver.ended(trailers, torn);
  }
}
