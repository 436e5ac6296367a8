// What things on the map are called, and what is known of the one that is chosen, pointed at or marked.

import { aboutNode, plural, portsText, rateText } from '../draw/words.ts';
import { fullName } from '../model/find.ts';
import type { MapNode } from '../model/graph.ts';
import type { Pick } from '../model/pick.ts';
import type { MapScene } from '../model/scene.ts';
import type { Hovered } from './hover-card.tsx';
import type { Hit } from './map-view.ts';
import type { Picked } from './pick-card.tsx';

/** `Around xwing and 1 more, 2 hops` */
export function focusText(ids: readonly string[], hops: number, known: ReadonlyMap<string, MapNode>): string {
  const [first] = ids;
  const name = first === undefined ? '' : (known.get(first)?.name ?? first);
  const more = ids.length > 1 ? ` and ${plural(ids.length - 1, 'more')}`.replace('mores', 'more') : '';
  return `Around ${name}${more}, ${plural(hops, 'hop')}`;
}

/** Pods that the filter of a choice finds although they are not meant: their names begin the same. */
export function strangersOf(pick: Pick, known: ReadonlyMap<string, MapNode>): number {
  const of = (id: string): number => known.get(id)?.podNames?.others ?? 0;
  switch (pick.kind) {
    case 'none':
      return 0;
    case 'nodes':
      return pick.ids.reduce((sum, id) => sum + of(id), 0);
    case 'link':
      return of(pick.source) + of(pick.target);
  }
}

function nameOf(id: string, known: ReadonlyMap<string, MapNode>, severalClusters: boolean): string {
  const node = known.get(id);
  if (node === undefined) return id;
  if (node.outside !== undefined) return node.name;
  return fullName(severalClusters ? node : { ...node, cluster: '' });
}

/** What the card of the choice tells; undefined without a choice, and for several nodes. */
export function pickedOf(
  pick: Pick,
  scene: MapScene | undefined,
  known: ReadonlyMap<string, MapNode>,
): Picked | undefined {
  if (scene === undefined || pick.kind === 'none') return undefined;
  const several = scene.clusters.length > 0;
  if (pick.kind === 'link') {
    const shownAs = (id: string): string => scene.itemOf.get(id) ?? id;
    const link =
      scene.links.find(({ source, target }) => source === pick.source && target === pick.target) ??
      scene.links.find(
        ({ source, target }) => source === shownAs(pick.source) && target === shownAs(pick.target),
      );
    return link === undefined
      ? undefined
      : {
          kind: 'link',
          link,
          from: nameOf(link.source, known, several),
          to: nameOf(link.target, known, several),
        };
  }
  const [id, ...more] = pick.ids;
  const item = id === undefined ? undefined : scene.items.get(scene.itemOf.get(id) ?? id);
  return item === undefined || more.length > 0
    ? undefined
    : { kind: 'item', item, name: nameOf(item.id, known, several) };
}

/** What the card at the pointer tells. */
export function hoveredOf(
  { hit, at }: { readonly hit: Hit; readonly at: { readonly x: number; readonly y: number } },
  scene: MapScene | undefined,
  known: ReadonlyMap<string, MapNode>,
): Hovered | undefined {
  const several = (scene?.clusters.length ?? 0) > 0;
  if (hit.kind === 'link') {
    const link = scene?.links.find(({ id }) => id === hit.id);
    if (link === undefined) return undefined;
    const note = [portsText(link.ports), rateText(link.perS)].filter(Boolean).join(', ');
    const drops = link.droppedPerS > 0 ? `, ${rateText(link.droppedPerS)} dropped` : '';
    const name = `${nameOf(link.source, known, several)} → ${nameOf(link.target, known, several)}`;
    return { name, note: `${note}${drops}`, load: undefined, at };
  }
  const item = scene?.items.get(hit.id);
  const island = scene?.islands.find(({ id }) => id === hit.id);
  const load = item?.load ?? island?.load;
  if (load === undefined) return undefined;
  const note =
    item?.kind === 'card'
      ? aboutNode(item.node)
      : item?.kind === 'pill'
        ? ''
        : item?.kind === 'closed'
          ? 'Click to open'
          : 'Click to close';
  return { name: item?.kind === 'pill' ? item.name : nameOf(hit.id, known, several), note, load, at };
}
