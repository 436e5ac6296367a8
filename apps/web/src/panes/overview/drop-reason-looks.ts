// How a drop reason is shown, and what it stands for in the filter.

import { filterForValue } from '../../filter-bar/value-filter.ts';
import type { LaneLook } from './lanes.ts';

export const DROP_REASON_FIELD = 'drop-reason-desc';

/** Of flows without one, which were not dropped, there is no lane. */
export function dropReasonLooks(value: string): readonly LaneLook[] {
  if (value === '') return [];
  // The filter has no word for a reason of a newer Hubble, of which only the number is known.
  const filter = filterForValue(DROP_REASON_FIELD, value);
  return [
    {
      id: value,
      label: value,
      ink: '--fs-dropped-fill',
      choice: filter === undefined ? [] : [filter],
    },
  ];
}
