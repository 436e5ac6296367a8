// Messages for tests, as bytes and as frames.

import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { encodeFrame } from '@finderscope/grpc-wire';
import { type Flow, FlowSchema, GetFlowsResponseSchema } from '@finderscope/hubble-api';

/** The fields of a flow, as an object that can be spread into another. */
export type FlowInit = Exclude<MessageInitShape<typeof FlowSchema>, Flow>;
export type ResponseInit = MessageInitShape<typeof GetFlowsResponseSchema>;

export function responseBytes(init: ResponseInit): Uint8Array {
  return toBinary(GetFlowsResponseSchema, create(GetFlowsResponseSchema, init));
}

export function flowBytes(flow: FlowInit): Uint8Array {
  return responseBytes({ responseTypes: { case: 'flow', value: create(FlowSchema, flow) } });
}

/** A uuid that tells its number. */
export function uuidOf(n: number): string {
  return `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}

/** Flow number `n`, one per second from `startSeconds` on; every third is dropped. */
export function numberedFlow(n: number, startSeconds = 1_700_000_000): FlowInit {
  const dropped = n % 3 === 0;
  return {
    time: { seconds: BigInt(startSeconds + n) },
    uuid: uuidOf(n + 1),
    verdict: dropped ? 2 : 1,
    dropReasonDesc: dropped ? 133 : 0,
    source: { namespace: 'default', podName: `client-${n % 2}`, identity: 100, labels: [`k8s:n=${n % 2}`] },
    destination: { namespace: 'default', podName: 'server', identity: 200 },
    IP: { source: `10.0.0.${n % 2}`, destination: '10.0.1.1', ipVersion: 1 },
    l4: {
      protocol: { case: 'TCP', value: { sourcePort: 40_000 + n, destinationPort: 80, flags: { SYN: true } } },
    },
    Type: 1,
    nodeName: 'k8s-w1',
    eventType: dropped ? { type: 1, subType: 133 } : { type: 4 },
    Summary: 'TCP Flags: SYN',
  };
}

export function frames(...messages: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(messages.map((message) => encodeFrame(message)));
}
