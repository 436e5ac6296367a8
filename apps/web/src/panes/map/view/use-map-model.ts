// Everything between the engine's answer and the drawing, each step remembered until what it depends on changes.

import { useDeferredValue, useMemo, useState } from 'react';
import type { Drawing } from '../draw/draw-list.ts';
import type { DrawnLink } from '../draw/draw-links.ts';
import type { Look } from '../draw/look.ts';
import { type Geometry, geometryOf, type Pins } from '../layout/geometry.ts';
import { obstaclesOf } from '../layout/obstacles.ts';
import { pathOf, type LinkPath } from '../layout/path.ts';
import type { LayoutPlan } from '../layout/plan.ts';
import { type Route, routeLinks } from '../layout/route.ts';
import { withoutGone } from '../model/ageing.ts';
import { buildScene, folds as foldsAll } from '../model/build-scene.ts';
import { focusGraph } from '../model/focus.ts';
import type { MapGraph } from '../model/graph.ts';
import type { MapScene } from '../model/scene.ts';
import { sceneShape } from '../model/scene-shape.ts';
import { useHeld } from './use-held.ts';

export function useScene(
  graph: MapGraph | undefined,
  still: boolean,
  focus: readonly string[],
  hops: number,
  folds: readonly string[],
): MapScene | undefined {
  const aged = useMemo(() => (graph === undefined || still ? graph : withoutGone(graph)), [graph, still]);
  const shown = useMemo(
    () => (aged === undefined || focus.length === 0 ? aged : focusGraph(aged, focus, hops)),
    [aged, focus, hops],
  );
  const [folded, setFolded] = useState(false);
  const fold = shown === undefined ? folded : foldsAll(shown, folded);
  if (fold !== folded) setFolded(fold);
  return useMemo(
    () => (shown === undefined ? undefined : buildScene(shown, { turned: new Set(folds), folded: fold })),
    [shown, folds, fold],
  );
}

export function useGeometry(scene: MapScene | undefined, plan: LayoutPlan, pins: Pins): Geometry | undefined {
  const shaped = useHeld(scene, scene === undefined ? '' : sceneShape(scene));
  return useMemo(
    () => (shaped === undefined ? undefined : geometryOf(shaped, plan, pins)),
    [shaped, plan, pins],
  );
}

type Routed = { readonly route: Route; readonly path: LinkPath };

/** Links with their ways. Ways are found anew when something moved, or a link came; not when a number changed. */
export function useDrawnLinks(
  scene: MapScene | undefined,
  plan: LayoutPlan,
  geometry: Geometry | undefined,
): readonly DrawnLink[] {
  const ids = scene?.links
    .map(({ id }) => id)
    .toSorted()
    .join('\n');
  const linked = useHeld(scene, ids ?? '');
  const routes = useMemo(() => {
    const found = new Map<string, Routed>();
    if (linked === undefined || geometry === undefined) return found;
    for (const [id, route] of routeLinks(linked, obstaclesOf(linked, plan, geometry))) {
      found.set(id, { route, path: pathOf(route) });
    }
    return found;
  }, [linked, plan, geometry]);
  return useMemo(
    () =>
      (scene?.links ?? []).flatMap((link) => {
        const routed = routes.get(link.id);
        return routed === undefined ? [] : [{ link, ...routed }];
      }),
    [scene, routes],
  );
}

export function useDrawing(
  scene: MapScene | undefined,
  geometry: Geometry | undefined,
  links: readonly DrawnLink[],
  look: Look | undefined,
  noun: string,
  arranged: number,
): Drawing | undefined {
  const drawing = useMemo(
    () =>
      scene === undefined || geometry === undefined || look === undefined
        ? undefined
        : { scene, geometry, links, look, noun, arranged },
    [scene, geometry, links, look, noun, arranged],
  );
  const deferred = useDeferredValue(drawing);
  // Numbers may wait while a busy cluster keeps the page busy, but nobody waits for the first drawing.
  return isDrawn(deferred) ? deferred : drawing;
}

/** Whether there is anything on it yet: before the first plan nothing has a place. */
export function isDrawn(drawing: Drawing | undefined): boolean {
  return drawing !== undefined && drawing.geometry.items.size > 0;
}
