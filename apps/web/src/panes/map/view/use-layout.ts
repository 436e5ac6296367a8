// Asks the layout's worker for a plan whenever what is to be seen has changed in kind: something came, went, opened or
// closed. Numbers that change ask for nothing.

import { useEffect, useRef, useState } from 'react';
import type { MapScene } from '../model/scene.ts';
import { EMPTY_PLAN, type LayoutInput, type LayoutMode, type LayoutPlan } from '../layout/plan.ts';
import { layoutInput } from '../layout/layout-input.ts';
import { createPlanner, type Planner, workerPort } from '../layout/planner.ts';

export type Layout = {
  readonly plan: LayoutPlan;
  /** Grows with every plan that may have moved things. */
  readonly arranged: number;
  readonly failure: string | undefined;
};

/** So long after the first answer nodes still come in heaps, and everything is arranged anew. */
const SETTLING_MS = 4000;
/** Meanwhile so large a share of new links is reason enough: they say which columns things belong in. */
const MANY_NEW_LINKS = 0.1;

/**
 * `view` names what is looked at (scope, filter, focus): another view is arranged anew. `turned` names the islands that
 * a person has opened or closed. `again` grows when a person asks for a new arrangement.
 */
export function useLayout(
  scene: MapScene | undefined,
  view: string,
  turned: string,
  again: number,
  place: LayoutInput['place'] | undefined,
): Layout {
  const [layout, setLayout] = useState<Layout>({ plan: EMPTY_PLAN, arranged: 0, failure: undefined });
  const planner = useRef<Planner | undefined>(undefined);
  const asked = useRef({ shape: '', links: 0, view: '', turned: '', again: 0, sinceMs: 0 });
  useEffect(() => {
    const created = createPlanner(
      workerPort(),
      ({ plan, mode }) =>
        setLayout((before) => ({
          plan,
          arranged: before.arranged + (mode === 'keep' ? 0 : 1),
          failure: undefined,
        })),
      (message) => setLayout((before) => ({ ...before, failure: message })),
    );
    planner.current = created;
    asked.current = { shape: '', links: 0, view: '', turned: '', again: 0, sinceMs: 0 };
    return () => created.close();
  }, []);
  useEffect(() => {
    if (scene === undefined || scene.items.size === 0 || place === undefined) return;
    const input = layoutInput(scene, place);
    const shape = shapeOf(input);
    const before = asked.current;
    const same = before.view === view && before.turned === turned && before.again === again;
    const now = performance.now();
    const newView = before.view !== view;
    const sinceMs = newView ? now : before.sinceMs;
    const settling = now - sinceMs < SETTLING_MS;
    const links = input.links.length;
    const linked = settling && Math.abs(links - before.links) > before.links * MANY_NEW_LINKS;
    if (same && before.shape === shape && !linked) return;
    const mode: LayoutMode =
      newView || settling || before.again !== again ? 'fresh' : before.turned !== turned ? 'turn' : 'keep';
    asked.current = { shape, links, view, turned, again, sinceMs };
    planner.current?.plan(input, mode);
  }, [scene, view, turned, again, place]);
  return layout;
}

/** What a plan depends on, but for weights. */
function shapeOf(input: LayoutInput): string {
  const islands = input.islands.map((island) => [island.id, island.open, island.members]);
  const pills = input.pills.map(({ id, side }) => `${side} ${id}`).toSorted();
  return JSON.stringify([islands, pills]);
}
