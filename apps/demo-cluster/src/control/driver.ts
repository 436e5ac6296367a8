// Keeps a scenario in step with the clock: a little every tick, more when it fell behind, always letting readers run
// in between.

import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

import type { Agent } from '../agent/agent.ts';
import type { ScenarioRun } from '../scenarios/scenario.ts';
import { type Clock, type Moment, nsBetween } from '../timeline/clock.ts';

export type DriverOptions = {
  readonly run: ScenarioRun;
  readonly agents: readonly Agent[];
  readonly epoch: Moment;
  readonly clock: Clock;
  /** Called once, when nothing will happen any more. */
  readonly onFinished: () => void;
  /** A scenario that throws has a bug; the driver stops. */
  readonly onBug: (error: unknown) => void;
};

const TICK_MS = 10;
/** Flows between two turns of the event loop. */
const BUDGET = 2000;

/** Runs until the returned function is called, which resolves when the last turn is over. */
export function drive(options: DriverOptions): () => Promise<void> {
  const { run, agents, epoch, clock, onFinished, onBug } = options;
  const stop = new AbortController();
  const loop = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const caughtUp = run.advanceTo(nsBetween(epoch, clock.now()), BUDGET);
      for (const agent of agents) agent.ring.publish();
      if (run.isFinished()) {
        onFinished();
        return;
      }
      if (caughtUp) await sleep(TICK_MS);
      else await nextTurn();
    }
  };
  const running = loop().catch(onBug);
  return () => {
    stop.abort();
    return running;
  };
}
