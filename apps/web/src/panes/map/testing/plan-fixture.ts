// From a graph to a plan and its boxes, as the pane does it, without worker and React.

import { type Geometry, geometryOf } from '../layout/geometry.ts';
import { makePlan } from '../layout/make-plan.ts';
import { obstaclesOf } from '../layout/obstacles.ts';
import { pathOf } from '../layout/path.ts';
import { EMPTY_PLAN, type LayoutMode, type LayoutPlan } from '../layout/plan.ts';
import { routeLinks } from '../layout/route.ts';
import { buildScene } from '../model/build-scene.ts';
import type { MapGraph } from '../model/graph.ts';
import type { MapScene } from '../model/scene.ts';
import type { DrawnLink } from '../draw/draw-links.ts';
import { layoutInput } from '../layout/layout-input.ts';

export type Placed = {
  readonly scene: MapScene;
  readonly plan: LayoutPlan;
  readonly geometry: Geometry;
  readonly links: readonly DrawnLink[];
};

export type PlaceOptions = {
  readonly turned?: readonly string[];
  readonly folded?: boolean;
  readonly previous?: LayoutPlan;
  readonly mode?: LayoutMode;
  readonly place?: { readonly w: number; readonly h: number };
};

export function placeGraph(graph: MapGraph, options: PlaceOptions = {}): Placed {
  const {
    turned = [],
    folded = false,
    previous = EMPTY_PLAN,
    mode = 'fresh',
    place = { w: 1200, h: 600 },
  } = options;
  const scene = buildScene(graph, { turned: new Set(turned), folded });
  const plan = makePlan(layoutInput(scene, place), previous, mode);
  const geometry = geometryOf(scene, plan, {});
  const routes = routeLinks(scene, obstaclesOf(scene, plan, geometry));
  const links = scene.links.flatMap((link) => {
    const route = routes.get(link.id);
    return route === undefined ? [] : [{ link, route, path: pathOf(route) }];
  });
  return { scene, plan, geometry, links };
}
