// One decoded flow before it becomes a row: small numbers by value, dictionary columns as spans of the bytes they were
// read from. Nothing here is allocated per flow; a span spills into its own buffer only when its pieces do not lie
// side by side.

import { DICT_NAMES, PORT_NAMES, SHAPE_NAMES } from '../schema/columns.ts';

const TIMES = 2;
/** Of the two times the one that is not the flow's own. */
const ENVELOPE = 1;
/** start of a span that is not in the frame but in `spill` */
export const SPILLED = -2;
const NONE = -1;

/** What a new flow starts with as zero, side by side so that it is cleared at once. */
const ZEROED = SHAPE_NAMES.length + PORT_NAMES.length + 4 + TIMES * 2;

export class Scratch {
  readonly #zeroed = new Int32Array(ZEROED);
  readonly tuple = this.#zeroed.subarray(0, SHAPE_NAMES.length);
  readonly starts = new Int32Array(DICT_NAMES.length);
  readonly ends = new Int32Array(DICT_NAMES.length);
  readonly spill: (Uint8Array | undefined)[] = DICT_NAMES.map(() => undefined);
  /** low 16 bits + 1, 0 when absent */
  readonly ports = this.#zeroed.subarray(SHAPE_NAMES.length, SHAPE_NAMES.length + PORT_NAMES.length);
  readonly uuid = new Uint32Array(this.#zeroed.buffer, (ZEROED - TIMES * 2 - 4) * 4, 4);
  readonly nanos = this.#zeroed.subarray(ZEROED - TIMES * 2, ZEROED - TIMES);
  readonly hasTime = this.#zeroed.subarray(ZEROED - TIMES);
  readonly seconds = new Float64Array(TIMES);
  latencyNs = 0;

  reset(): void {
    this.#zeroed.fill(0);
    this.starts.fill(NONE);
    this.seconds[0] = 0;
    this.seconds[1] = 0;
    this.latencyNs = 0;
  }

  /** Forgets the flow and keeps the time that the envelope gave. */
  resetFlow(): void {
    const hasTime = this.hasTime[ENVELOPE]!;
    const seconds = this.seconds[ENVELOPE]!;
    const nanos = this.nanos[ENVELOPE]!;
    this.reset();
    this.hasTime[ENVELOPE] = hasTime;
    this.seconds[ENVELOPE] = seconds;
    this.nanos[ENVELOPE] = nanos;
  }

  /** Makes an absent span an empty one. */
  touch(column: number): void {
    if (this.starts[column] !== NONE) return;
    this.starts[column] = 0;
    this.ends[column] = 0;
  }

  /** Makes an absent port a zero one. */
  touchPort(at: number): void {
    if (this.ports[at] === 0) this.ports[at] = 1;
  }

  clear(column: number): void {
    this.starts[column] = NONE;
  }

  replace(column: number, start: number, end: number): void {
    this.starts[column] = start;
    this.ends[column] = end;
  }

  /** Adds [start, end) of `bytes` behind what the span holds. */
  extend(column: number, bytes: Uint8Array, start: number, end: number): void {
    const from = this.starts[column]!;
    const to = this.ends[column]!;
    if (from === NONE || (from !== SPILLED && from === to)) {
      this.starts[column] = start;
      this.ends[column] = end;
    } else if (from !== SPILLED && to === start) {
      this.ends[column] = end;
    } else {
      this.#spill(column, bytes, start, end);
    }
  }

  #spill(column: number, bytes: Uint8Array, start: number, end: number): void {
    const from = this.starts[column]!;
    const held = from === SPILLED ? this.ends[column]! : this.ends[column]! - from;
    const need = held + (end - start);
    let buffer = this.spill[column];
    if (buffer === undefined || buffer.length < need || from !== SPILLED) {
      const bigger = new Uint8Array(Math.max(64, need * 2));
      bigger.set(from === SPILLED ? buffer!.subarray(0, held) : bytes.subarray(from, this.ends[column]));
      buffer = bigger;
      this.spill[column] = bigger;
    }
    buffer.set(bytes.subarray(start, end), held);
    this.starts[column] = SPILLED;
    this.ends[column] = need;
  }
}
