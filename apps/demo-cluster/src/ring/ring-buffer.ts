// The ring of a node. It has capacity + 1 slots; the newest entry is not readable until the next one is written, as in
// Hubble, where a reader cannot know whether that slot is still being written.
//
//   capacity 7:   [ 8 ][ 9*][ 2 ][ 3 ][ 4 ][ 5 ][ 6 ][ 7 ]     * newest, unreadable; readable: 2 .. 8

import { assert } from '@finderscope/base';

import type { RingEntry } from './entry.ts';

export const DEFAULT_RING_CAPACITY = 4095;
export const MAX_RING_CAPACITY = 65_535;

/** Hubble takes 2^n - 1 for n = 1 to 16. */
export function isRingCapacity(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= MAX_RING_CAPACITY && ((value + 1) & value) === 0;
}

export class RingBuffer {
  readonly capacity: number;
  readonly #mask: number;
  readonly #slots: (RingEntry | undefined)[];
  readonly #listeners = new Set<() => void>();
  #written = 0;

  constructor(capacity: number) {
    assert(isRingCapacity(capacity), `a ring holds 2^n - 1 entries, not ${capacity}`);
    this.capacity = capacity;
    this.#mask = capacity;
    this.#slots = Array.from({ length: capacity + 1 });
  }

  /** Entries written since the start; entry number n has position n, counted from 0. */
  get written(): number {
    return this.#written;
  }

  /** Entries held, the unreadable newest one included until the ring is full: what `num_flows` says. */
  get length(): number {
    return Math.min(this.#written, this.capacity);
  }

  /** Position of the oldest readable entry. Larger than `newest` when nothing is readable. */
  get oldest(): number {
    return Math.max(0, this.#written - this.#slots.length);
  }

  /** Position of the newest readable entry; -1 or -2 when there is none. */
  get newest(): number {
    return this.#written - 2;
  }

  /** Undefined for a position that was overwritten or is not readable yet. */
  read(position: number): RingEntry | undefined {
    if (position < this.oldest || position > this.newest) return undefined;
    return this.#slots[position & this.#mask];
  }

  write(entry: RingEntry): void {
    this.#slots[this.#written & this.#mask] = entry;
    this.#written++;
  }

  /** Wakes those who follow; called once after a batch of writes. */
  publish(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Calls `listener` at every publish until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
