// The layout runs here, off the page's thread: dagre may take half a second on a large graph.

import { makePlan } from './make-plan.ts';
import type { LayoutInput, LayoutMode, LayoutPlan } from './plan.ts';

export type LayoutRequest = {
  readonly id: number;
  readonly input: LayoutInput;
  readonly previous: LayoutPlan;
  readonly mode: LayoutMode;
};

export type LayoutResponse = { readonly id: number; readonly plan: LayoutPlan };

addEventListener('message', (event: MessageEvent<LayoutRequest>) => {
  const { id, input, previous, mode } = event.data;
  const response: LayoutResponse = { id, plan: makePlan(input, previous, mode) };
  postMessage(response);
});
