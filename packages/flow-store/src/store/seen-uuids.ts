// UUIDs of the flows that will come again: on a resumed stream, and where a stream and what is read beside it overlap.
// Asked only for flows no newer than the newest of them: a flow on a healthy stream costs one comparison of numbers.

export class SeenUuids {
  #words = new Uint32Array(4);
  #table = new Int32Array(2);
  #count = 0;
  readonly #texts = new Set<string>();
  /** Flows later than this cannot have been seen. */
  #untilSeconds = Number.NEGATIVE_INFINITY;

  get count(): number {
    return this.#count + this.#texts.size;
  }

  /** Makes room for `count` words UUIDs and forgets what was there. */
  reset(count: number, untilSeconds: number): void {
    let size = 2;
    while (size < count * 2) size *= 2;
    this.#words = new Uint32Array(4 * (count + 1));
    this.#table = new Int32Array(size);
    this.#count = 0;
    this.#texts.clear();
    this.#untilSeconds = untilSeconds;
  }

  mayHold(seconds: number): boolean {
    return seconds <= this.#untilSeconds;
  }

  /** Flows up to then may have been seen, beside those that were. */
  widen(untilSeconds: number): void {
    if (untilSeconds > this.#untilSeconds) this.#untilSeconds = untilSeconds;
  }

  addWords(a: number, b: number, c: number, d: number): void {
    if ((this.#count + 2) * 4 > this.#words.length) this.#grow();
    const at = this.#probe(a, b, c, d);
    if (this.#table[at] !== 0) return;
    const entry = ++this.#count;
    this.#words.set([a, b, c, d], entry * 4);
    this.#table[at] = entry;
  }

  hasWords(words: Uint32Array): boolean {
    return this.#table[this.#probe(words[0]!, words[1]!, words[2]!, words[3]!)] !== 0;
  }

  addText(text: string): void {
    this.#texts.add(text);
  }

  hasText(text: string): boolean {
    return this.#texts.has(text);
  }

  #grow(): void {
    const words = this.#words;
    const count = this.#count;
    const until = this.#untilSeconds;
    const texts = [...this.#texts];
    this.reset(Math.max(8, count * 2), until);
    for (const text of texts) this.#texts.add(text);
    for (let entry = 1; entry <= count; entry++) {
      const w = entry * 4;
      this.addWords(words[w]!, words[w + 1]!, words[w + 2]!, words[w + 3]!);
    }
  }

  #probe(a: number, b: number, c: number, d: number): number {
    const mask = this.#table.length - 1;
    let at = Math.imul(a ^ Math.imul(b, 0x9e3779b1) ^ c ^ Math.imul(d, 0x85ebca6b), 0x9e3779b1);
    at = (at ^ (at >>> 15)) & mask;
    for (;;) {
      const entry = this.#table[at]!;
      if (entry === 0) return at;
      const w = entry * 4;
      const words = this.#words;
      if (
        words[w] === a >>> 0 &&
        words[w + 1] === b >>> 0 &&
        words[w + 2] === c >>> 0 &&
        words[w + 3] === d >>> 0
      ) {
        return at;
      }
      at = (at + 1) & mask;
    }
  }
}
