// Asks the layout's worker for a plan whenever what is to be seen has changed in kind: something came, went, opened or
// closed. Numbers that change ask for nothing.

import { useEffect, useRef, useState } from 'react';
import type { MapScene } from '../model/scene.ts';
import { EMPTY_PLAN, type LayoutInput, type LayoutPlan } from '../layout/plan.ts';
import { layoutInput } from '../layout/layout-input.ts';
import { createPlanner, type Planner, workerPort } from '../layout/planner.ts';
import { type Asked, layoutWish, NOTHING_ASKED } from './layout-wish.ts';

export type Layout = {
  readonly plan: LayoutPlan;
  /** Grows with every plan that may have moved things. */
  readonly arranged: number;
  readonly failure: string | undefined;
};

/**
 * `view` names what is looked at (scope, filter, focus): another view is arranged anew. `turned` names the islands that
 * a person has opened or closed. `again` grows when a person asks for a new arrangement. `inHand`: a person has chosen
 * something, points at it, or has moved the camera. A pane of another shape is arranged for anew.
 */
export function useLayout(
  scene: MapScene | undefined,
  view: string,
  turned: string,
  again: number,
  inHand: () => boolean,
  place: LayoutInput['place'] | undefined,
): Layout {
  const [layout, setLayout] = useState<Layout>({ plan: EMPTY_PLAN, arranged: 0, failure: undefined });
  const planner = useRef<Planner | undefined>(undefined);
  const asked = useRef<Asked>(NOTHING_ASKED);
  // Letting go is no reason to arrange anything.
  const hand = useRef(inHand);
  useEffect(() => {
    hand.current = inHand;
  });
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
    asked.current = NOTHING_ASKED;
    return () => created.close();
  }, []);
  useEffect(() => {
    if (scene === undefined || place === undefined) return;
    if (scene.items.size === 0) {
      asked.current = { ...asked.current, view: undefined };
      return;
    }
    const input = layoutInput(scene, place);
    const seen = {
      shape: shapeOf(input),
      links: input.links.length,
      things: scene.items.size,
      view,
      turned,
      again,
      aspect: place.w / place.h,
      inHand: hand.current(),
    };
    const wish = layoutWish(asked.current, seen, performance.now());
    if (wish === undefined) return;
    asked.current = wish.asked;
    planner.current?.plan(input, wish.mode);
  }, [scene, view, turned, again, place]);
  return layout;
}

/** What a plan depends on, but for weights. */
function shapeOf(input: LayoutInput): string {
  const islands = input.islands.map((island) => [island.id, island.open, island.members]);
  const pills = input.pills.map(({ id, side }) => `${side} ${id}`).toSorted();
  return JSON.stringify([islands, pills]);
}
