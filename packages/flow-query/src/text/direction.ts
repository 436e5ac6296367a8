// Traffic direction, as seen from the endpoint whose policy applied.

import { TrafficDirectionSchema } from '@finderscope/hubble-api';
import { enumName, enumNames } from './enum-name.ts';

/** Enum names by number from 0 up. */
export const TRAFFIC_DIRECTION_NAMES: readonly string[] = enumNames(TrafficDirectionSchema);

/** `INGRESS`; the number as text when unknown. */
export function trafficDirectionName(direction: number): string {
  return enumName(TrafficDirectionSchema, direction);
}
