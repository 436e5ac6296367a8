// What the layout has to know of a scene.

import type { MapScene } from '../model/scene.ts';
import type { LayoutInput } from './plan.ts';

export function layoutInput(scene: MapScene, place: LayoutInput['place']): LayoutInput {
  return {
    islands: scene.islands.map(({ id, cluster, open, boxed, lane, members }) => ({
      id,
      cluster,
      open,
      boxed,
      lane,
      members: open ? members.toSorted() : [],
    })),
    pills: [...scene.items.values()].flatMap((item) =>
      item.kind === 'pill' ? [{ id: item.id, side: item.side }] : [],
    ),
    links: scene.links.map(({ source, target, count }) => ({ source, target, weight: count })),
    place,
  };
}
