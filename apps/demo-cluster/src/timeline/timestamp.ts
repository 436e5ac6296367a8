// Moments as protobuf messages.

import { create } from '@bufbuild/protobuf';
import { type Timestamp, TimestampSchema } from '@bufbuild/protobuf/wkt';

import type { Moment } from './clock.ts';

export function timestampOf(moment: Moment): Timestamp {
  return create(TimestampSchema, { seconds: BigInt(moment.seconds), nanos: moment.nanos });
}

export function momentOf(timestamp: Timestamp): Moment {
  return { seconds: Number(timestamp.seconds), nanos: timestamp.nanos };
}
