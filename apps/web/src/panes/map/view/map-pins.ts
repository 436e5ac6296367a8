// Where a person has put things: kept in the settings of this browser, by scope, since an island stands elsewhere when it
// holds pods.

import { changeSettings, MAX_MAP_PINS } from '../../../settings/index.ts';
import type { Pins } from '../layout/geometry.ts';

/** The pins of a scope by id, with what is being dragged just now. */
export function pinsOf(
  stored: Pins,
  scope: string,
  drag: { readonly id: string; readonly x: number; readonly y: number } | undefined,
): Pins {
  const pins: Record<string, readonly [number, number]> = {};
  for (const [key, place] of Object.entries(stored)) {
    if (key.startsWith(`${scope} `)) pins[key.slice(scope.length + 1)] = place;
  }
  if (drag !== undefined) {
    const [dx, dy] = pins[drag.id] ?? [0, 0];
    pins[drag.id] = [dx + drag.x, dy + drag.y];
  }
  return pins;
}

/** Keeps where something was dragged to; the oldest pins go when there are too many. */
export function pin(
  scope: string,
  id: string,
  by: { readonly x: number; readonly y: number },
  stored: Pins,
): void {
  const key = `${scope} ${id}`;
  const [dx, dy] = stored[key] ?? [0, 0];
  const others = Object.entries(stored).filter(([other]) => other !== key);
  const place = [Math.round(dx + by.x), Math.round(dy + by.y)] as const;
  changeSettings({ mapPins: Object.fromEntries([...others.slice(1 - MAX_MAP_PINS), [key, place]]) });
}

/** Everything of a scope goes back to where the layout has it. */
export function withoutScope(stored: Pins, scope: string): Pins {
  return Object.fromEntries(Object.entries(stored).filter(([key]) => !key.startsWith(`${scope} `)));
}

/** One thing goes back to where the layout has it. */
export function unpin(scope: string, id: string, stored: Pins): void {
  const key = `${scope} ${id}`;
  changeSettings({ mapPins: Object.fromEntries(Object.entries(stored).filter(([other]) => other !== key)) });
}
