// Chunks of a file to blocks of messages. A line may lie across chunks; one that is longer than any record is passed
// over and counted as broken.

import { LineDecoder } from '@finderscope/flow-query/json-lines';
import { agentTold } from '../agent-told.ts';
import type { AgentTold } from '../source.ts';
import type { FileTally, Tally } from './tally.ts';

const LINE_FEED = 0x0a;
/** As long as the longest message that a stream may carry. */
const MAX_LINE_BYTES = 4 << 20;
const FIRST_ROOM = 1 << 19;
const TOO_LONG = 'the line is longer than 4 MiB';

export class LineBlocks {
  readonly #file: string;
  readonly #tally: Tally;
  readonly #of: FileTally;
  readonly #decoder = new LineDecoder();
  /** Text that has not been read: [0, used). */
  #room = new Uint8Array(FIRST_ROOM);
  #used = 0;
  /** The rest of a line that is too long. */
  #isSkipping = false;
  #isFirst = true;
  #spans = new Uint32Array(512);
  /** Messages of the block; their spans follow one another in `spans`. */
  count = 0;
  /** Events of agents in the block: they are no flows, and go their own way. */
  agentEvents: AgentTold[] = [];
  /** Time of the first line of the block in seconds since 1970. */
  seconds = 0;

  constructor(file: string, tally: Tally, of: FileTally) {
    this.#file = file;
    this.#tally = tally;
    this.#of = of;
  }

  get bytes(): Uint8Array {
    return this.#decoder.out;
  }

  get spans(): Uint32Array {
    return this.#spans;
  }

  /** Bytes of the messages of the block. */
  get length(): number {
    return this.#decoder.length;
  }

  get isEmpty(): boolean {
    return this.count === 0 && this.agentEvents.length === 0;
  }

  /** Empties the block, which has been taken. */
  clear(): void {
    this.#decoder.clear();
    this.count = 0;
    this.agentEvents = [];
  }

  /** Adds the lines that end in a chunk to the block. */
  take(chunk: Uint8Array): void {
    this.#makeRoom(chunk.length + 1);
    this.#room.set(chunk, this.#used);
    this.#used += chunk.length;
    this.#readLines();
  }

  /** The file is at its end: what is left is its last line. */
  finish(): void {
    if (this.#used === 0 && !this.#isSkipping) return;
    this.take(Uint8Array.of(LINE_FEED));
  }

  #readLines(): void {
    const room = this.#room.subarray(0, this.#used);
    this.#decoder.use(room);
    let start = 0;
    for (;;) {
      const end = room.indexOf(LINE_FEED, start);
      if (end < 0) break;
      if (this.#isSkipping || end - start > MAX_LINE_BYTES) this.#addTooLong();
      else this.#readLine(start, end);
      start = end + 1;
    }
    this.#room.copyWithin(0, start, this.#used);
    this.#used -= start;
    if (this.#used <= MAX_LINE_BYTES) return;
    this.#isSkipping = true;
    this.#used = 0;
  }

  #readLine(start: number, end: number): void {
    if (isBlank(this.#room, start, end)) {
      this.#tally.addEmpty(this.#of);
      return;
    }
    const from = this.#decoder.length;
    const line = this.#decoder.decode(this.#isFirst ? afterMark(this.#room, start) : start, end);
    this.#isFirst = false;
    this.#tally.add(line, this.#file, this.#of);
    const told = line.kind === 'agent' ? agentTold(line.response) : undefined;
    if (told !== undefined) this.agentEvents.push(told);
    const to = this.#decoder.length;
    if (line.kind === 'nothing' || to === from) return;
    if (this.count === 0) this.seconds = this.#decoder.seconds;
    if (this.count * 2 === this.#spans.length) {
      const longer = new Uint32Array(this.#spans.length * 2);
      longer.set(this.#spans);
      this.#spans = longer;
    }
    this.#spans[this.count * 2] = from;
    this.#spans[this.count * 2 + 1] = to;
    this.count++;
  }

  #addTooLong(): void {
    this.#isSkipping = false;
    this.#tally.add({ kind: 'broken', reason: TOO_LONG }, this.#file, this.#of);
  }

  #makeRoom(more: number): void {
    if (this.#used + more <= this.#room.length) return;
    const bigger = new Uint8Array(Math.max(this.#room.length * 2, this.#used + more));
    bigger.set(this.#room.subarray(0, this.#used));
    this.#room = bigger;
  }
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const byte = bytes[i] ?? 0;
    if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return false;
  }
  return true;
}

/** Behind the byte order mark that a file may begin with. */
function afterMark(bytes: Uint8Array, start: number): number {
  return bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf ? start + 3 : start;
}
