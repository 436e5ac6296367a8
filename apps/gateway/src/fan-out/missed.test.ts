import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { encodeFrame, FLAG_COMPRESSED, readFrames } from '@finderscope/grpc-wire';
import { FlowSchema, GetFlowsResponseSchema, LostEventSource } from '@finderscope/hubble-api';
import { expect, test } from 'vitest';
import { LOST_AT } from './lost-frame.ts';
import { Missed } from './missed.ts';

const { PERF_EVENT_RING_BUFFER, OBSERVER_EVENTS_QUEUE } = LostEventSource;

const FLOW = frame(
  toBinary(
    GetFlowsResponseSchema,
    create(GetFlowsResponseSchema, { responseTypes: { case: 'flow', value: create(FlowSchema) } }),
  ),
);

function frame(message: Uint8Array, flags = 0): Uint8Array {
  return encodeFrame(message, flags);
}

function lost(nodeName: string, source: LostEventSource, count: bigint, atS: bigint): Uint8Array {
  const time = { seconds: atS, nanos: 0 };
  const value = { source, numEventsLost: count, first: time, last: time };
  return frame(
    toBinary(
      GetFlowsResponseSchema,
      create(GetFlowsResponseSchema, { nodeName, time, responseTypes: { case: 'lostEvents', value } }),
    ),
  );
}

/** What a viewer reads: 'count by node: source, first to last'. */
function told(missed: Missed): readonly string[] {
  const telling = missed.take(1000);
  if (telling === undefined) return [];
  const { frames, restBytes } = readFrames(telling.bytes);
  expect([frames.length, restBytes]).toEqual([telling.frames, 0]);
  return frames.map(({ message }) => {
    const { responseTypes, nodeName } = fromBinary(GetFlowsResponseSchema, message);
    if (responseTypes.case !== 'lostEvents') return 'something else';
    const { numEventsLost, source, first, last } = responseTypes.value;
    const span = first === undefined ? '' : `, ${first.seconds} to ${last?.seconds}`;
    return `${numEventsLost} by ${nodeName}: ${LostEventSource[source]}${span}`;
  });
}

test('lost events add up by node and cause, and keep their span of time', () => {
  const missed = new Missed();
  missed.add(
    Buffer.concat([
      FLOW,
      lost('a', PERF_EVENT_RING_BUFFER, 300n, 5n),
      lost('a', OBSERVER_EVENTS_QUEUE, 2n, 6n),
      FLOW,
      lost('b', PERF_EVENT_RING_BUFFER, 1n, 7n),
    ]),
  );
  missed.add(Buffer.from(lost('a', PERF_EVENT_RING_BUFFER, 40n, 9n)));
  expect(told(missed)).toEqual([
    `2 by ${LOST_AT}: HUBBLE_RING_BUFFER`,
    '340 by a: PERF_EVENT_RING_BUFFER, 5 to 9',
    '2 by a: OBSERVER_EVENTS_QUEUE, 6 to 6',
    '1 by b: PERF_EVENT_RING_BUFFER, 7 to 7',
  ]);
  expect(told(missed)).toEqual([]);
});

test('what cannot be read counts as one message', () => {
  const missed = new Missed();
  const torn = lost('a', PERF_EVENT_RING_BUFFER, 300n, 5n).subarray(5, -1);
  missed.add(
    Buffer.concat([
      frame(torn),
      frame(Uint8Array.of(0xff)),
      frame(new Uint8Array(0)),
      frame(FLOW, FLAG_COMPRESSED),
    ]),
  );
  expect(told(missed)).toEqual([`4 by ${LOST_AT}: HUBBLE_RING_BUFFER`]);
});
