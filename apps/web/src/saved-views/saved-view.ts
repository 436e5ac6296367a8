// From a view to what is saved of it, and back.

import type { SavedView } from '../settings/index.ts';
import { formatView, readView, type ViewPatch, type ViewState } from '../view-state/index.ts';

/** What belongs to a moment and not to a way of looking. */
export const MOMENT = {
  pausedAtNs: undefined,
  flow: undefined,
  detail: false,
  find: '',
} as const satisfies ViewPatch;

/** The query string that is saved of a view. Views that differ only in their moment give the same one. */
export function searchOf(view: ViewState): string {
  return formatView({ ...view, ...MOMENT });
}

/** The view that is opened; fields of it that this build cannot use have their defaults. */
export function viewOf(saved: SavedView): ViewState {
  return { ...readView(saved.search).view, ...MOMENT };
}

/**
 * The view that the page shows: the one that was opened last while it is still there, whatever was changed since; else
 * one that looks the same.
 */
export function currentOf(
  views: readonly SavedView[],
  view: ViewState,
  opened: string | undefined,
): SavedView | undefined {
  const search = searchOf(view);
  const same = (saved: SavedView): boolean => searchOf(viewOf(saved)) === search;
  const last = views.find(({ name }) => name === opened);
  if (last !== undefined && same(last)) return last;
  return views.find(same) ?? last;
}
