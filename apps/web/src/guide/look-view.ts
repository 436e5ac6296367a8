// A view that the demo cluster offers, as what the page has to change.

import { readView, type ViewPatch } from '../view-state/index.ts';

/** How the person reads times stays; everything else is as the address says. Fields that are not known are left out. */
export function lookPatch(search: string): ViewPatch {
  const { zone: _zone, time: _time, ...view } = readView(search).view;
  return view;
}

type Looks = readonly { readonly search: string }[];

/**
 * What goes when a stage is chosen: a view that the stage before offered and this one does not would hide what happens
 * now. A filter of the person's own stays, and so does a view that both stages offer.
 */
export function leavePatch(filter: string, before: Looks, next: Looks): ViewPatch {
  const offers = (looks: Looks): boolean =>
    looks.some(({ search }) => readView(search).view.filter === filter);
  return filter !== '' && offers(before) && !offers(next) ? lookPatch('') : {};
}
