// Where the datapath saw a packet. The monitor and the proto number these points differently: to-endpoint is sub type
// 0 in the monitor's event and 101 in the proto's enum; all others agree.

import {
  DebugCapturePointSchema,
  SocketTranslationPoint,
  SocketTranslationPointSchema,
} from '@finderscope/hubble-api';
import { enumName } from './enum-name.ts';

/** Name by sub type of a trace event. */
export const TRACE_POINT_NAMES: ReadonlyMap<number, string> = new Map([
  [0, 'to-endpoint'],
  [1, 'to-proxy'],
  [2, 'to-host'],
  [3, 'to-stack'],
  [4, 'to-overlay'],
  [5, 'from-endpoint'],
  [6, 'from-proxy'],
  [7, 'from-host'],
  [8, 'from-stack'],
  [9, 'from-overlay'],
  [10, 'from-network'],
  [11, 'to-network'],
  [12, 'from-crypto'],
  [13, 'to-crypto'],
]);

/** Name of a trace event's sub type; the number as text when unknown. Only the low 8 bits count. */
export function tracePointName(subType: number): string {
  const low = subType & 0xff;
  return TRACE_POINT_NAMES.get(low) ?? String(low);
}

const SOCKET_POINT_NAMES: ReadonlyMap<number, string> = new Map([
  [SocketTranslationPoint.SOCK_XLATE_POINT_PRE_DIRECTION_FWD, 'pre-xlate-fwd'],
  [SocketTranslationPoint.SOCK_XLATE_POINT_POST_DIRECTION_FWD, 'post-xlate-fwd'],
  [SocketTranslationPoint.SOCK_XLATE_POINT_PRE_DIRECTION_REV, 'pre-xlate-rev'],
  [SocketTranslationPoint.SOCK_XLATE_POINT_POST_DIRECTION_REV, 'post-xlate-rev'],
]);

/** `pre-xlate-fwd` and its kin; the enum name or number for the rest. */
export function socketPointName(point: number): string {
  return SOCKET_POINT_NAMES.get(point) ?? enumName(SocketTranslationPointSchema, point);
}

/** The enum name of a debug capture point. */
export function capturePointName(point: number): string {
  return enumName(DebugCapturePointSchema, point);
}
