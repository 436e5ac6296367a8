// A view that the demo cluster offers, as what the page has to change.

import { readView, type ViewPatch } from '../view-state/index.ts';

/** How the person reads times stays; everything else is as the address says. Fields that are not known are left out. */
export function lookPatch(search: string): ViewPatch {
  const { zone: _zone, time: _time, ...view } = readView(search).view;
  return view;
}
