// The values of a field as small numbers, and which of them a key has: worked out once per key.

import type { KeyedField } from './keyed-field.ts';

const UNKNOWN = -3;
const MANY = -2;
export const NO_VALUE = -1;

export class ValueIndex {
  readonly field: KeyedField;
  readonly #most: number;
  readonly #names: (string | undefined)[] = [];
  #free: number[] = [];
  readonly #byName = new Map<string, number>();
  /** By key: the one value it has, or NO_VALUE, MANY, UNKNOWN. */
  #first = new Int32Array(0);
  readonly #several = new Map<number, readonly number[]>();
  #epoch: number;

  /** Values beyond the first `most` - 1 are one and have no name. */
  constructor(field: KeyedField, most = Number.POSITIVE_INFINITY) {
    this.field = field;
    this.#most = most;
    this.#epoch = field.keys.epoch();
  }

  /** One more than the greatest number given out. */
  get size(): number {
    return this.#names.length;
  }

  /** undefined for the one that stands for all values without a number of their own. */
  name(value: number): string | undefined {
    return value === this.#most - 1 ? undefined : this.#names[value];
  }

  /**
   * To be called before `first`. When keys have got new meanings, values for which `isUsed` is false lose their
   * numbers to others.
   */
  refresh(isUsed: (value: number) => boolean): void {
    const { keys } = this.field;
    if (keys.epoch() !== this.#epoch) {
      this.#epoch = keys.epoch();
      this.#first.fill(UNKNOWN);
      this.#several.clear();
      this.#forget(isUsed);
    }
    const end = keys.keyEnd();
    if (this.#first.length >= end) return;
    const bigger = new Int32Array(Math.max(end, this.#first.length * 2)).fill(UNKNOWN);
    bigger.set(this.#first);
    this.#first = bigger;
  }

  /** The one value of a key, or NO_VALUE, or something less: then `several` has them. */
  first(key: number): number {
    const known = this.#first[key]!;
    return known === UNKNOWN ? this.#learn(key) : known;
  }

  several(key: number): readonly number[] {
    return this.#several.get(key) ?? [];
  }

  #learn(key: number): number {
    const values = this.field.valuesOf(key);
    const numbers = [...new Set(values.map((value) => this.#numberOf(value)))];
    const first = numbers.length > 1 ? MANY : (numbers[0] ?? NO_VALUE);
    if (first === MANY) this.#several.set(key, numbers);
    this.#first[key] = first;
    return first;
  }

  #numberOf(value: string): number {
    const known = this.#byName.get(value);
    if (known !== undefined) return known;
    if (this.#free.length === 0 && this.#names.length >= this.#most - 1) return this.#most - 1;
    const number = this.#free.pop() ?? this.#names.length;
    this.#names[number] = value;
    this.#byName.set(value, number);
    return number;
  }

  #forget(isUsed: (value: number) => boolean): void {
    // While rows are counted under the one that stands for many, a value of theirs must not get a number of its own.
    if (this.#most < Number.POSITIVE_INFINITY && isUsed(this.#most - 1)) return;
    for (const [name, value] of this.#byName) {
      if (isUsed(value)) continue;
      this.#byName.delete(name);
      this.#names[value] = undefined;
      this.#free.push(value);
    }
  }
}
