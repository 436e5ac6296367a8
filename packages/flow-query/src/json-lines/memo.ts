// Objects seen before: their JSON text and the message it became. The flows of a pod hold the same endpoint byte for
// byte, so that comparing it is all there is to do. Every byte is compared, never a hash alone; an object that is equal
// up to its last brace ends there, since JSON says by itself where it ends.
//
// Bounded: when the room is used up, everything is forgotten and learnt again.

import { sameBytes } from '@finderscope/base';

const SETS = 4096;
const WAYS = 4;
const ROOM = 1 << 22;
/** Shorter ones are read as fast as they are compared. */
const MIN_LENGTH = 48;
const BRACE = 0x7d;
/** Numbers of a record. */
const RECORD = { tag: 0, jsonAt: 1, jsonLength: 2, outAt: 3, outLength: 4 } as const;
const STRIDE = 5;

export class ObjectMemo {
  readonly #room = new Uint8Array(ROOM);
  readonly #view = new DataView(this.#room.buffer);
  readonly #records = new Int32Array(SETS * WAYS * STRIDE);
  readonly #nextWay = new Uint8Array(SETS);
  #used = 0;
  /** Of the object looked up last; 0 when it cannot be remembered. */
  #tag = 0;
  #record = 0;

  /**
   * Length of the object that begins at `start` of the line that ends at `end` when it is known, else 0; then `remember`
   * may be told what it is.
   */
  find(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    this.#tag = glance(bytes, view, start, end);
    if (this.#tag === 0) return 0;
    const records = this.#records;
    const first = ((this.#tag >>> 1) & (SETS - 1)) * WAYS * STRIDE;
    for (let record = first; record < first + WAYS * STRIDE; record += STRIDE) {
      if (records[record + RECORD.tag] !== this.#tag) continue;
      const length = records[record + RECORD.jsonLength]!;
      if (start + length > end) continue;
      if (!sameBytes(view, start, this.#view, records[record + RECORD.jsonAt]!, length)) continue;
      this.#record = record;
      return length;
    }
    return 0;
  }

  /** Length of the message of the object found last. */
  get messageLength(): number {
    return this.#records[this.#record + RECORD.outLength]!;
  }

  /** Copies that message to `at`. */
  copyTo(out: Uint8Array, at: number): void {
    const from = this.#records[this.#record + RECORD.outAt]!;
    out.set(this.#room.subarray(from, from + this.messageLength), at);
  }

  /** What the object that was not found is: its JSON and its message. */
  remember(json: Uint8Array, message: Uint8Array): void {
    if (this.#tag === 0) return;
    const need = json.length + message.length;
    if (need > ROOM >> 2) return;
    if (this.#used + need > ROOM) this.#forget();
    const set = (this.#tag >>> 1) & (SETS - 1);
    const record = (set * WAYS + (this.#nextWay[set]! & (WAYS - 1))) * STRIDE;
    this.#nextWay[set]!++;
    const records = this.#records;
    const jsonAt = this.#used;
    const outAt = jsonAt + json.length;
    this.#room.set(json, jsonAt);
    this.#room.set(message, outAt);
    this.#used = outAt + message.length;
    records[record + RECORD.tag] = this.#tag;
    records[record + RECORD.jsonAt] = jsonAt;
    records[record + RECORD.jsonLength] = json.length;
    records[record + RECORD.outAt] = outAt;
    records[record + RECORD.outLength] = message.length;
  }

  #forget(): void {
    this.#records.fill(0);
    this.#used = 0;
  }
}

/** A number from where the object begins and from what stands before its first closing brace, the names; 0 if short. */
function glance(bytes: Uint8Array, view: DataView, start: number, end: number): number {
  const brace = bytes.indexOf(BRACE, start);
  if (brace >= end || brace - start < MIN_LENGTH) return 0;
  let mix = brace - start;
  for (let at = start + 8; at < start + 24; at += 4) {
    mix = Math.imul(mix ^ view.getInt32(at, true), 0x9e3779b1);
    mix ^= mix >>> 15;
  }
  for (let at = brace - 24; at < brace; at += 4) {
    mix = Math.imul(mix ^ view.getInt32(at, true), 0x85ebca6b);
    mix ^= mix >>> 13;
  }
  return mix | 1;
}
