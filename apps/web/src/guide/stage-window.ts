// The time of a stage: what came before it belongs to other policies and would only confuse.

import type { Timestamp } from '@bufbuild/protobuf/wkt';
import type { TimeWindow } from '../view-state/index.ts';

const NS_PER_S = 1_000_000_000n;

/** From the first whole second of the stage on; all that is held where its begin is not known. */
export function stageWindow(since: Timestamp | undefined): TimeWindow | undefined {
  if (since === undefined) return undefined;
  const seconds = since.seconds + (since.nanos > 0 ? 1n : 0n);
  return { kind: 'between', sinceNs: seconds * NS_PER_S, untilNs: undefined };
}
