// Puts small frames together into few writes. Relay sends each flow as an HTTP/2 DATA frame of its own; written on
// one by one they cost four times the CPU. A batch leaves at 64 KiB, or 4 ms after its first whole frame; half as much of
// whole frames in one piece leaves at once.
//
// Batches end where a frame ends, so that a stream cut off upstream can still be closed with readable trailers.
// Only a frame larger than a batch is written in parts, and only where that is allowed.

import { FrameScanner } from '@finderscope/grpc-wire';

export const BATCH_BYTES = 64 * 1024;
export const BATCH_MS = 4;
/** So many bytes of whole frames in one piece are written at once and as they lie: waiting and copying gain nothing. */
const LARGE_BYTES = BATCH_BYTES / 2;

export type Sink = {
  /** Takes a batch; false when it wants no more for now. */
  write(batch: Buffer, frames: number): boolean;
  /** The bytes are not gRPC frames: nothing more will be written. */
  fault(reason: string): void;
};

export type CoalescerLimits = {
  /** A message that announces more is a fault. */
  readonly maxMessageBytes: number;
  /** A frame larger than a batch may be written in parts; else it is kept until it is whole. */
  readonly mayTear: boolean;
};

export class Coalescer {
  readonly #sink: Sink;
  readonly #scanner: FrameScanner;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  /** The first so many pending bytes are whole frames. */
  #wholeBytes = 0;
  #framesWritten = 0;
  #timer: NodeJS.Timeout | undefined;
  #blocked = false;
  #insideFrame = false;
  readonly #mayTear: boolean;

  constructor(sink: Sink, limits: CoalescerLimits) {
    this.#sink = sink;
    this.#scanner = new FrameScanner(limits.maxMessageBytes);
    this.#mayTear = limits.mayTear;
  }

  /** Bytes taken and not yet written. */
  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  /** Part of a frame has been written, and its rest is to come. */
  get insideFrame(): boolean {
    return this.#insideFrame;
  }

  /** Takes bytes as they came. False: feed nothing more until `drained` was called. */
  push(chunk: Buffer): boolean {
    if (this.#scanner.fault !== undefined) return true;
    const framesBefore = this.#scanner.frames;
    const boundary = this.#scanner.scan(chunk);
    const start = this.#scanner.firstStart;
    if (!this.#blocked && boundary - start >= LARGE_BYTES) {
      // What began earlier goes ahead by itself, so that only as much is copied.
      if (start > 0) this.#keep(chunk.subarray(0, start), start);
      this.#write(start > 0 ? framesBefore + 1 : framesBefore);
      this.#keep(chunk.subarray(start), boundary - start);
      if (!this.#blocked) this.flush();
    } else {
      this.#keep(chunk, boundary);
    }
    if (this.#scanner.fault !== undefined) {
      this.flush();
      this.#sink.fault(this.#scanner.fault);
    } else if (!this.#blocked) {
      if (this.#pendingBytes >= BATCH_BYTES) this.flush();
      else if (this.#wholeBytes > 0) this.#timer ??= setTimeout(() => this.flush(), BATCH_MS);
    }
    return !this.#blocked;
  }

  /** The sink takes bytes again. False when what was pending has filled it at once. */
  drained(): boolean {
    this.#blocked = false;
    this.flush();
    return !this.#blocked;
  }

  /** Writes the whole frames that are pending, or part of a frame that is too large for a batch. */
  flush(): void {
    this.#write(this.#scanner.frames);
  }

  /** The first `wholeBytes` of `bytes` end where a frame ends. */
  #keep(bytes: Buffer, wholeBytes: number): void {
    this.#pending.push(bytes);
    if (wholeBytes > 0) this.#wholeBytes = this.#pendingBytes + wholeBytes;
    this.#pendingBytes += bytes.length;
  }

  /** `framesSeen` frames of the stream have ended in what is pending or before it. */
  #write(framesSeen: number): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const whole = this.#wholeBytes > 0;
    const tears = this.#mayTear && this.#pendingBytes >= BATCH_BYTES && this.#scanner.fault === undefined;
    if (!whole && !tears) return;
    const [first] = this.#pending;
    const all = first?.length === this.#pendingBytes ? first : Buffer.concat(this.#pending);
    const batch = whole ? all.subarray(0, this.#wholeBytes) : all;
    const rest = all.subarray(batch.length);
    this.#pending = rest.length > 0 ? [rest] : [];
    this.#pendingBytes = rest.length;
    this.#wholeBytes = 0;
    this.#insideFrame = !whole;
    const frames = framesSeen - this.#framesWritten;
    this.#framesWritten = framesSeen;
    if (!this.#sink.write(batch, frames)) this.#blocked = true;
  }

  /**
   * No more bytes will come: writes the whole frames that are left. `unfinished` bytes belong to a frame that did not
   * arrive whole; with `insideFrame` part of it has been written already and the response cannot be closed cleanly.
   */
  finish(): { readonly unfinishedBytes: number; readonly insideFrame: boolean } {
    this.flush();
    const unfinishedBytes = this.#pendingBytes;
    this.stop();
    return { unfinishedBytes, insideFrame: this.#insideFrame };
  }

  /** Forgets what is pending. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#wholeBytes = 0;
  }
}
