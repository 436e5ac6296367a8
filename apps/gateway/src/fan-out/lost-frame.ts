// The message that tells a slow viewer how much it has missed, as a node's own ring buffer would tell it.

import { create, toBinary } from '@bufbuild/protobuf';
import { encodeFrame } from '@finderscope/grpc-wire';
import { GetFlowsResponseSchema, LostEventSchema, LostEventSource } from '@finderscope/hubble-api';

/** Where the loss happened, in the place of a node's name. */
export const LOST_AT = 'finderscope-gateway';

/** One frame. `count` messages are missing just before it. */
export function encodeLostFrame(count: number, nowMs: number): Buffer {
  const message = create(GetFlowsResponseSchema, {
    responseTypes: {
      case: 'lostEvents',
      value: create(LostEventSchema, {
        source: LostEventSource.HUBBLE_RING_BUFFER,
        numEventsLost: BigInt(count),
      }),
    },
    nodeName: LOST_AT,
    time: { seconds: BigInt(Math.floor(nowMs / 1000)), nanos: (Math.floor(nowMs) % 1000) * 1_000_000 },
  });
  return Buffer.from(encodeFrame(toBinary(GetFlowsResponseSchema, message)));
}
