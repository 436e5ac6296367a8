import { removeKeys } from '@finderscope/flow-query';
import { useMemo } from 'react';
import { useFilter, useTimeRange } from '../pane.ts';
import type { Axis } from './axis.ts';
import { type Lane, type LaneLook, lanesOf } from './lanes.ts';
import { type OnAxis, useOnAxis } from './use-on-axis.ts';

export type LanesState = OnAxis & { readonly lanes: readonly Lane[]; readonly total: number };

/**
 * Lanes of a field, counted as if the filter did not speak of `key`; undefined before the first answer. `looksOf` and
 * `always` are constants of their panel.
 */
export function useLanes(
  axis: Axis,
  field: string,
  key: string,
  looksOf: (value: string) => readonly LaneLook[],
  always: readonly LaneLook[],
): LanesState | undefined {
  const filter = removeKeys(useFilter(), [key]);
  const shown = useOnAxis(axis, useTimeRange(), filter, field);
  return useMemo(() => {
    if (shown === undefined) return undefined;
    const lanes = lanesOf(shown.answer, shown.axis, looksOf, always);
    return { ...shown, lanes, total: lanes.reduce((sum, { total }) => sum + total, 0) };
  }, [shown, looksOf, always]);
}
