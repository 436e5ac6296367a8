// Asks for plans, one at a time: while one is being made, only the latest wish is remembered.

import type { LayoutRequest, LayoutResponse } from './layout.worker.ts';
import { EMPTY_PLAN, type LayoutInput, type LayoutMode, type LayoutPlan } from './plan.ts';

/** The two ends of a worker that are needed. */
export type PlannerPort = {
  readonly post: (request: LayoutRequest) => void;
  readonly listen: (
    onResponse: (response: LayoutResponse) => void,
    onError: (message: string) => void,
  ) => void;
  readonly close: () => void;
};

export type Planner = {
  /** The mode that changes more wins when several wishes meet. */
  readonly plan: (input: LayoutInput, mode: LayoutMode) => void;
  readonly close: () => void;
};

export type Planned = { readonly plan: LayoutPlan; readonly input: LayoutInput; readonly mode: LayoutMode };

const STRENGTH: Readonly<Record<LayoutMode, number>> = { keep: 0, turn: 1, fresh: 2 };

export function createPlanner(
  port: PlannerPort,
  onPlan: (planned: Planned) => void,
  onError: (message: string) => void,
): Planner {
  type Wish = { readonly input: LayoutInput; readonly mode: LayoutMode };
  let previous = EMPTY_PLAN;
  let running: (Wish & { readonly id: number }) | undefined;
  let waiting: Wish | undefined;
  let nextId = 1;

  function start(wish: Wish): void {
    running = { ...wish, id: nextId++ };
    port.post({ ...running, previous });
  }
  function goOn(): void {
    const next = waiting;
    waiting = undefined;
    if (next !== undefined) start(next);
  }
  port.listen(
    (response) => {
      if (running?.id !== response.id) return;
      const { input, mode } = running;
      previous = response.plan;
      running = undefined;
      onPlan({ plan: response.plan, input, mode });
      goOn();
    },
    (message) => {
      // The next wish may well be one that can be met.
      running = undefined;
      onError(message === '' ? 'Its worker did not start.' : message);
      goOn();
    },
  );

  return {
    plan: (input, mode) => {
      if (running === undefined) return start({ input, mode });
      const stronger = waiting !== undefined && STRENGTH[waiting.mode] > STRENGTH[mode] ? waiting.mode : mode;
      waiting = { input, mode: stronger };
      return undefined;
    },
    close: port.close,
  };
}

/** The worker of its own, fetched when the map is first opened. */
export function workerPort(): PlannerPort {
  const worker = new Worker(new URL('./layout.worker.ts', import.meta.url), {
    type: 'module',
    name: 'map-layout',
  });
  return {
    post: (request) => worker.postMessage(request),
    listen: (onResponse, onError) => {
      worker.addEventListener('message', (event: MessageEvent<LayoutResponse>) => onResponse(event.data));
      worker.addEventListener('error', (event) => onError(event.message ?? ''));
    },
    close: () => worker.terminate(),
  };
}
