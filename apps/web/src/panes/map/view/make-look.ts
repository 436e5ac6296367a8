// From what a person does to what is lifted and what fades.

import type { Look } from '../draw/look.ts';
import type { Pick } from '../model/pick.ts';
import type { MapScene } from '../model/scene.ts';

export type LookInput = {
  readonly scene: MapScene;
  readonly pick: Pick;
  readonly hover: string | undefined;
  readonly mark: string | undefined;
  /** Ids of the nodes that the find text means; undefined when nothing is looked for. */
  readonly found: readonly string[] | undefined;
  readonly pinned: ReadonlySet<string>;
};

export function makeLook({ scene, pick, hover, mark, found, pinned }: LookInput): Look {
  const shownAs = (id: string): string => scene.itemOf.get(id) ?? id;
  const chosen = new Set<string>();
  const chosenLinks = new Set<string>();
  const beside = new Set<string>();
  if (pick.kind === 'nodes') {
    for (const id of pick.ids) chosen.add(shownAs(id));
    for (const { id, source, target } of scene.links) {
      if (!chosen.has(source) && !chosen.has(target)) continue;
      chosenLinks.add(id);
      beside.add(source).add(target);
    }
  }
  if (pick.kind === 'link') {
    const exact = scene.links.find(({ source, target }) => source === pick.source && target === pick.target);
    const source = exact?.source ?? shownAs(pick.source);
    const target = exact?.target ?? shownAs(pick.target);
    chosen.add(source).add(target);
    chosenLinks.add(`${source}>${target}`);
  }
  return {
    hover,
    mark,
    chosen,
    chosenLinks,
    beside,
    found: found === undefined ? undefined : new Set(found.map(shownAs)),
    pinned,
  };
}
