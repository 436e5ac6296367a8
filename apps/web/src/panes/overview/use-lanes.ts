import { removeKeys } from '@finderscope/flow-query';
import { useMemo } from 'react';
import type { HistogramAnswer } from '../../engine/protocol.ts';
import { useAnswer, useFilter, useTimeRange } from '../pane.ts';
import { type Axis, histogramFor } from './axis.ts';
import { type Lane, type LaneLook, lanesOf } from './lanes.ts';

export type LanesState = {
  readonly answer: HistogramAnswer;
  readonly lanes: readonly Lane[];
  readonly total: number;
};

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
  const answer = useAnswer(histogramFor(axis, useTimeRange(), filter, field));
  return useMemo(() => {
    if (answer === undefined) return undefined;
    const lanes = lanesOf(answer, axis, looksOf, always);
    return { answer, lanes, total: lanes.reduce((sum, { total }) => sum + total, 0) };
  }, [answer, axis, looksOf, always]);
}
