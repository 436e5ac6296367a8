// What a bench gives back, and how it comes to a number on a machine that does other things too.

/** `ratio` is value / baseline: above 1 is better for rates, below 1 for times and sizes. */
export type Result = {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly baseline?: number;
};

export type Bench = {
  /** Results are called like it, or begin with it and a dot. */
  readonly name: string;
  readonly run: () => Promise<readonly Result[]>;
};

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The least value that at least that share of the values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/**
 * Adds up the CPU that pieces of work take in this thread: on a machine that does other things too, time by the clock
 * says more about those. Counted in ticks of some milliseconds, so what is added up must be longer by far.
 */
export class CpuTimer {
  #ms = 0;

  run(work: () => void): void {
    const before = process.threadCpuUsage();
    work();
    const { user, system } = process.threadCpuUsage(before);
    this.#ms += (user + system) / 1000;
  }

  get ms(): number {
    return this.#ms;
  }
}

/** Turns ms for `count` flows into flows per second. */
export function perSecond(count: number, ms: number): number {
  return (count / ms) * 1000;
}
