// Leads a latecomer from its own history onto a shared stream. Both send the same event as the same bytes, so what the
// history has brought is known by a hash of each frame and left out, once, when the stream brings it again.
//
//   history   ....a b c d|
//   stream         b c|d e f ...      | what the stream had sent when the latecomer came
//   viewer    ....a b c d   e f ...
//
// Hashes are 53 bits of two mixes with random seeds, so that whoever chooses the labels of a pod cannot choose what
// collides. The stream lags behind by the seconds that Relay sorts over; once it is well past the end of the history
// nothing can come twice any more and the hashes are dropped.

import { randomBytes } from 'node:crypto';
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { fromBinary } from '@bufbuild/protobuf';
import { TimestampSchema } from '@bufbuild/protobuf/wkt';
import { FRAME_HEADER_BYTES } from '@finderscope/grpc-wire';
import { GetFlowsResponseSchema } from '@finderscope/hubble-api';
import { framesOf } from './whole-frames.ts';

const TIME = GetFlowsResponseSchema.field.time.number;
const NANOS_PER_S = 1_000_000_000n;
const SEED_A = randomBytes(4).readInt32LE();
const SEED_B = randomBytes(4).readInt32LE();
/** Relay sorts over about a second; this is well past it. */
const PAST_NS = 10n * NANOS_PER_S;
/** One flow with a wrong clock does not make the stream be past the history. */
const FRAMES_PAST = 64;

export type Kept = { readonly bytes: Buffer; readonly frames: number };

export class SeenFrames {
  readonly #sinceNs: bigint | undefined;
  /** How often each frame may come again. */
  readonly #counts = new Map<number, number>();
  #newestNs: bigint | undefined;
  #framesPast = 0;

  /** What is older than `sinceNs` is left out of the stream as well. */
  constructor(sinceNs: bigint | undefined) {
    this.#sinceNs = sinceNs;
  }

  /** Nothing that comes from now on has been seen. */
  get done(): boolean {
    return this.#framesPast >= FRAMES_PAST;
  }

  /** Remembers whole frames of the history. */
  add(batch: Buffer): void {
    for (const frame of framesOf(batch)) {
      const hash = hashOf(frame);
      this.#counts.set(hash, (this.#counts.get(hash) ?? 0) + 1);
      const time = timeOf(frame);
      if (time !== undefined && (this.#newestNs === undefined || time > this.#newestNs))
        this.#newestNs = time;
    }
  }

  /** Whole frames of the stream without those seen before; each is left out as often as it was seen. */
  keep(batch: Buffer, frames: number): Kept {
    const kept: Buffer[] = [];
    for (const frame of framesOf(batch)) if (this.#isNew(frame)) kept.push(frame);
    if (kept.length === frames) return { bytes: batch, frames };
    return { bytes: Buffer.concat(kept), frames: kept.length };
  }

  #isNew(frame: Buffer): boolean {
    const time = timeOf(frame);
    if (time !== undefined && this.#sinceNs !== undefined && time < this.#sinceNs) return false;
    const isPast = time !== undefined && (this.#newestNs === undefined || time > this.#newestNs + PAST_NS);
    this.#framesPast = isPast ? this.#framesPast + 1 : 0;
    const hash = hashOf(frame);
    const count = this.#counts.get(hash);
    if (count === undefined) return true;
    if (count === 1) this.#counts.delete(hash);
    else this.#counts.set(hash, count - 1);
    return false;
  }
}

/** Two 32-bit mixes over words; 53 bits of them as one number. */
function hashOf(frame: Buffer): number {
  let a = SEED_A ^ frame.length;
  let b = SEED_B;
  const words = frame.length & ~3;
  for (let at = 0; at < words; at += 4) {
    const word = frame.readInt32LE(at);
    a = Math.imul(a ^ word, 0x85ebca6b);
    a ^= a >>> 15;
    b = Math.imul(b + word, 0xc2b2ae35);
    b ^= b >>> 13;
  }
  for (let at = words; at < frame.length; at++) {
    a = Math.imul(a ^ (frame[at] ?? 0), 0x85ebca6b);
    b = Math.imul(b + (frame[at] ?? 0), 0xc2b2ae35);
  }
  a ^= a >>> 16;
  b ^= b >>> 16;
  return (a >>> 11) * 2 ** 32 + (b >>> 0);
}

/** Time of the envelope; undefined when it holds none. What is no message at all is the viewer's to judge. */
function timeOf(frame: Buffer): bigint | undefined {
  try {
    const reader = new BinaryReader(frame.subarray(FRAME_HEADER_BYTES));
    while (reader.pos < reader.len) {
      const [number, wireType] = reader.tag();
      if (number === TIME && wireType === WireType.LengthDelimited) {
        const { seconds, nanos } = fromBinary(TimestampSchema, reader.bytes());
        return seconds * NANOS_PER_S + BigInt(nanos);
      }
      reader.skip(wireType, number);
    }
  } catch {
    return undefined;
  }
  return undefined;
}
