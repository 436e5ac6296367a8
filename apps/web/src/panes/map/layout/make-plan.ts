// The one entry of the layout: called in the worker, and by tests.

import { arrangeFresh } from './plan-fresh.ts';
import { arrangeTurned, planKept } from './plan-kept.ts';
import type { LayoutInput, LayoutMode, LayoutPlan } from './plan.ts';
import { stack } from './stack.ts';

export function makePlan(input: LayoutInput, previous: LayoutPlan, mode: LayoutMode): LayoutPlan {
  switch (mode) {
    case 'fresh':
      return stack(input, arrangeFresh(input));
    case 'turn':
      return stack(input, arrangeTurned(previous, input));
    case 'keep':
      return planKept(previous, input);
  }
}
