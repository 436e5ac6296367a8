// The columns: typed arrays by slot, slot = row id modulo capacity. The capacity is a power of two that doubles until
// it holds `maxRows` and some to spare; only then does the ring begin to evict. Row ids grow by one per row and are
// never reused.
//
//   ids     next - capacity ... oldest ......... next          held = next - oldest
//           gone, still readable       held
//   slots   id & mask
//
// The rows to spare are what lets followers (store/followers.ts) take evicted rows out of their counts a little later.

import { CELL_COUNT, REAL_COUNT } from '../schema/columns.ts';

const FIRST_CAPACITY = 4096;
/** Rows that `reserve` can be asked for at once, and that stay readable after they are evicted. */
export const SPARE_ROWS = 1024;

export class FlowTable {
  readonly maxRows: number;
  /** By place in CELL. Replaced when the table grows: never keep one across an append. */
  readonly cells: Uint32Array[];
  /** By place in REAL. */
  readonly reals: Float64Array[];
  #capacity = FIRST_CAPACITY;
  mask = FIRST_CAPACITY - 1;
  oldest = 0;
  next = 0;

  constructor(maxRows: number) {
    this.maxRows = Math.max(1, Math.floor(maxRows));
    this.cells = Array.from({ length: CELL_COUNT }, () => new Uint32Array(this.#capacity));
    this.reals = Array.from({ length: REAL_COUNT }, () => new Float64Array(this.#capacity));
  }

  get held(): number {
    return this.next - this.oldest;
  }

  get capacity(): number {
    return this.#capacity;
  }

  /** True when `reserve(count)` would move the rows. */
  wouldGrow(count: number): boolean {
    return Math.min(this.held + count, this.maxRows) + SPARE_ROWS > this.#capacity;
  }

  /** Makes room for `count` calls of `add`, at most SPARE_ROWS. Rows that are gone may not be readable afterwards. */
  reserve(count: number): void {
    while (this.wouldGrow(count)) this.#grow();
  }

  /** Slot for a new row; evicts the oldest when the table is full. The caller fills every column. */
  add(): number {
    if (this.held === this.maxRows) this.oldest++;
    return this.next++ & this.mask;
  }

  /** Drops the `count` oldest rows. */
  evict(count: number): void {
    this.oldest = Math.min(this.next, this.oldest + count);
  }

  holds(id: number): boolean {
    return id >= this.oldest && id < this.next;
  }

  /** The row id whose low 32 bits are `id32`, which must be of a row held. */
  widen(id32: number): number {
    return this.oldest + ((id32 - this.oldest) >>> 0);
  }

  /** True unless the row with these low 32 bits is held. */
  isGone(id32: number): boolean {
    return (id32 - this.oldest) >>> 0 >= this.held;
  }

  #grow(): void {
    const oldMask = this.mask;
    this.#capacity *= 2;
    this.mask = this.#capacity - 1;
    for (let c = 0; c < CELL_COUNT; c++) {
      this.cells[c] = this.#move(this.cells[c]!, new Uint32Array(this.#capacity), oldMask);
    }
    for (let c = 0; c < REAL_COUNT; c++) {
      this.reals[c] = this.#move(this.reals[c]!, new Float64Array(this.#capacity), oldMask);
    }
  }

  #move<A extends Uint32Array | Float64Array>(from: A, to: A, oldMask: number): A {
    if (this.next <= from.length) {
      to.set(from);
      return to;
    }
    for (let id = this.oldest; id < this.next; id++) to[id & this.mask] = from[id & oldMask]!;
    return to;
  }
}
