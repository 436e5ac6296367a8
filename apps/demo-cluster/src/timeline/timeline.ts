// Virtual time: what will happen, in order. A scenario schedules steps; whoever owns the clock says how far time has
// come. What happens does not depend on how often that is said.

import { PriorityQueue } from './priority-queue.ts';

type Step = { readonly atNs: number; readonly order: number; readonly run: () => void };

export class Timeline {
  readonly #steps = new PriorityQueue<Step>(
    (a, b) => a.atNs < b.atNs || (a.atNs === b.atNs && a.order < b.order),
  );
  #nowNs = 0;
  #scheduled = 0;

  /** Nanoseconds since the start of the scenario. */
  get nowNs(): number {
    return this.#nowNs;
  }

  /** Runs `step` `delayNs` from now; steps of one moment run in the order they were scheduled. */
  after(delayNs: number, step: () => void): void {
    this.at(this.#nowNs + delayNs, step);
  }

  /** Runs `step` at a moment; a moment that is past is now. */
  at(atNs: number, step: () => void): void {
    this.#steps.push({ atNs: Math.max(atNs, this.#nowNs), order: this.#scheduled++, run: step });
  }

  /** Runs everything up to and including a moment. */
  advanceTo(untilNs: number): void {
    for (
      let next = this.#steps.peek();
      next !== undefined && next.atNs <= untilNs;
      next = this.#steps.peek()
    ) {
      this.#steps.pop();
      this.#nowNs = next.atNs;
      next.run();
    }
    this.#nowNs = Math.max(this.#nowNs, untilNs);
  }
}
