// How a drop reason is shown, and what it stands for in the filter.

import { fieldByName } from '@finderscope/flow-query';
import type { LaneLook } from './lanes.ts';

export const DROP_REASON_FIELD = 'drop-reason-desc';

/** Of flows without one, which were not dropped, there is no lane. */
export function dropReasonLooks(value: string): readonly LaneLook[] {
  if (value === '') return [];
  // The filter has no word for a reason of a newer Hubble, of which only the number is known.
  const isWord = fieldByName(DROP_REASON_FIELD)?.check(value).ok === true;
  return [
    {
      id: value,
      label: value,
      ink: '--fs-dropped-fill',
      choice: isWord ? [{ field: DROP_REASON_FIELD, value }] : [],
    },
  ];
}
