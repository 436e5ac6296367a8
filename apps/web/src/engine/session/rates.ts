// Flows per second over the last ten seconds, and how far the clocks of the nodes are from this machine's.

/** What rates are the mean of. */
export const WINDOW_MS = 10_000;
/** Longer than what a server holds takes to arrive on a slow machine, and to leave the window. */
const OPENING_MS = 30_000;
const STEP_MS = 250;
const SKEW_SAMPLES = 64;

/** Where the books stood at a moment. */
export type RateMark = {
  readonly atMs: number;
  readonly received: number;
  /** Newest row id then, -1 without rows. */
  readonly newestId: number;
};

export class Rates {
  #marks: RateMark[] = [];
  #openedMs = Number.NEGATIVE_INFINITY;
  readonly #skews: number[] = [];

  /** The stream was opened: what the server holds comes at once. */
  opened(nowMs: number): void {
    this.#openedMs = nowMs;
  }

  /** True while what arrives may be of long ago. */
  isOpening(nowMs: number): boolean {
    return nowMs - this.#openedMs < OPENING_MS;
  }

  /** Notes where the books stand; more often than needed costs nothing. */
  mark(mark: RateMark): void {
    const last = this.#marks.at(-1);
    if (last !== undefined && mark.atMs - last.atMs < STEP_MS) return;
    this.#marks.push(mark);
    while (this.#marks.length > 2 && (this.#marks[1]?.atMs ?? mark.atMs) <= mark.atMs - WINDOW_MS)
      this.#marks.shift();
  }

  /** The mark at the beginning of the window and the seconds since; undefined before the first. */
  window(nowMs: number): { readonly mark: RateMark; readonly seconds: number } | undefined {
    const mark = this.#marks[0];
    if (mark === undefined) return undefined;
    return { mark, seconds: Math.max(1, (nowMs - mark.atMs) / 1000) };
  }

  /** True while the rates of the last ten seconds may still change without anything arriving. */
  isSettling(received: number): boolean {
    const first = this.#marks[0];
    return first !== undefined && first.received !== received;
  }

  addSkew(skewMs: number): void {
    this.#skews.push(skewMs);
    if (this.#skews.length > SKEW_SAMPLES) this.#skews.shift();
  }

  /** Median of the newest samples. */
  get skewMs(): number | undefined {
    const sorted = [...this.#skews].sort((a, b) => a - b);
    return sorted[sorted.length >> 1];
  }
}
