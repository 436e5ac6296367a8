import { err, ok, type Result } from '@finderscope/base';
import { TrafficDirection } from '@finderscope/hubble-api';
import { trafficDirectionName } from '../text/direction.ts';
import { shown } from './checks.ts';
import type { FieldDef } from './field.ts';
import { itemList } from './list-effect.ts';

const UNKNOWN = trafficDirectionName(TrafficDirection.TRAFFIC_DIRECTION_UNKNOWN);

const DIRECTIONS: ReadonlyMap<string, TrafficDirection> = new Map([
  ['INGRESS', TrafficDirection.INGRESS],
  ['EGRESS', TrafficDirection.EGRESS],
  [UNKNOWN, TrafficDirection.TRAFFIC_DIRECTION_UNKNOWN],
]);

function checkDirection(value: string): Result<string, string> {
  const name = value.toUpperCase() === 'UNKNOWN' ? UNKNOWN : value.toUpperCase();
  return DIRECTIONS.has(name)
    ? ok(name)
    : err(
        `${shown(value)} is not a traffic direction. Write INGRESS, EGRESS, or unknown for flows that have none.`,
      );
}

export const TRAFFIC_DIRECTION_FIELD: FieldDef = {
  name: 'traffic-direction',
  aliases: ['direction'],
  sides: 'none',
  hasFlag: true,
  flagRefuses: [UNKNOWN],
  doc: 'Direction as seen by the endpoint whose policy applied.',
  examples: ['traffic-direction:INGRESS'],
  values: [...DIRECTIONS.keys()],
  check: checkDirection,
  effect: itemList<TrafficDirection>(
    (filter) => filter.trafficDirection,
    (value) => DIRECTIONS.get(value) ?? TrafficDirection.TRAFFIC_DIRECTION_UNKNOWN,
    trafficDirectionName,
  ),
};
