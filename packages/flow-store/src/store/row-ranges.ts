// Ranges of row ids, in ascending order, that do not touch each other.

export class RowRanges {
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  /** Adds the ids from `start` up to `end`, which lie behind all others; forgets those below `oldest`. */
  add(start: number, end: number, oldest: number): void {
    while (this.#ends[0] !== undefined && this.#ends[0] <= oldest) {
      this.#starts.shift();
      this.#ends.shift();
    }
    if (start === end) return;
    if (this.#ends.at(-1) === start) {
      this.#ends[this.#ends.length - 1] = end;
      return;
    }
    this.#starts.push(start);
    this.#ends.push(end);
  }

  /** One more than the greatest id. */
  get end(): number {
    return this.#ends.at(-1) ?? 0;
  }

  holds(id: number): boolean {
    return this.#find(id) >= 0;
  }

  /** The first id of the range that holds `id`. */
  startOf(id: number): number | undefined {
    return this.#starts[this.#find(id)];
  }

  /** The id behind the range that holds `id`. */
  endOf(id: number): number | undefined {
    return this.#ends[this.#find(id)];
  }

  #find(id: number): number {
    return this.#starts.findLastIndex((start, i) => start <= id && id < (this.#ends[i] ?? 0));
  }
}
