// What a person points at, has chosen and looks for, and how much of everything else that leaves.

import type { SceneItem, SceneLink } from '../model/scene.ts';
import { GONE_AFTER_S, IDLE_AFTER_S } from '../model/ageing.ts';

export type Look = {
  /** Item, island or link under the pointer. */
  readonly hover: string | undefined;
  /** What the keyboard is at. */
  readonly mark: string | undefined;
  /** Chosen items; both ends of a chosen link. */
  readonly chosen: ReadonlySet<string>;
  /** Links that belong to the choice: the chosen one, or all of the chosen items. */
  readonly chosenLinks: ReadonlySet<string>;
  /** Items at the other end of those links. */
  readonly beside: ReadonlySet<string>;
  /** Items that the find text means; undefined when nothing is looked for. */
  readonly found: ReadonlySet<string> | undefined;
  /** Items that are on their way to their place, by how much of it they have gone: 0 to 1. */
  readonly arriving?: ReadonlyMap<string, number>;
  /** Items that stand where a person has put them. */
  readonly pinned: ReadonlySet<string>;
};

const FADED = 0.38;
/** Whatever else fades, a drop does not. */
const DROP_FADED = 0.85;
const IDLE = 0.6;

export function isIdle({ ageS }: { readonly ageS: number }): boolean {
  return ageS >= IDLE_AFTER_S && ageS < GONE_AFTER_S;
}

export function itemAlpha(item: SceneItem, look: Look): number {
  const idle = (isIdle(item.load) ? IDLE : 1) * (look.arriving?.get(item.id) ?? 1);
  if (look.found !== undefined) return look.found.has(item.id) ? idle : FADED * idle;
  if (look.chosen.size === 0 || look.chosen.has(item.id) || look.beside.has(item.id)) return idle;
  return FADED * idle;
}

/** Undefined where nothing is chosen: the link is neither faded nor lifted. */
export function linkAlpha(link: SceneLink, look: Look): { readonly calm: number; readonly drop: number } {
  const idle = isIdle(link) ? IDLE : 1;
  const lifted = look.hover === link.id || look.chosenLinks.has(link.id);
  if (lifted) return { calm: idle, drop: idle };
  if (touchesHover(link, look)) return { calm: 0.9 * idle, drop: idle };
  const searching = look.found !== undefined && !look.found.has(link.source) && !look.found.has(link.target);
  if (look.chosen.size > 0 || searching) return { calm: FADED * 0.65 * idle, drop: DROP_FADED * idle };
  return { calm: 0.65 * idle, drop: idle };
}

function touchesHover(link: SceneLink, { hover }: Look): boolean {
  return hover !== undefined && (link.source === hover || link.target === hover);
}
