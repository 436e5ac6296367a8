// Waiting times between tries to connect: 1 s, 1.6 s, 2.6 s ... up to 7 s, each up to a fifth shorter or longer, so
// that the tabs of a company do not all come back in the same moment.

const FIRST_MS = 1000;
const FACTOR = 1.6;
const MAX_MS = 7000;
const JITTER = 0.2;

export class Backoff {
  readonly #random: () => number;
  #nextMs = FIRST_MS;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** How long to wait before the next try. */
  next(): number {
    const base = this.#nextMs;
    this.#nextMs = Math.min(MAX_MS, base * FACTOR);
    return Math.min(MAX_MS, Math.round(base * (1 - JITTER + 2 * JITTER * this.#random())));
  }

  /** The connection worked: the next wait is a short one again. */
  reset(): void {
    this.#nextMs = FIRST_MS;
  }
}
