// Flows for tests: random ones, realistic ones that repeat their endpoints as a cluster's do, and spans over a batch.

import { create, fromBinary, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import {
  type Flow,
  FlowSchema,
  type GetFlowsResponse,
  GetFlowsResponseSchema,
  TrafficDirection,
  Verdict,
} from '@finderscope/hubble-api';
import type { FlowStore } from '../store/flow-store.ts';
import { pick, type Random, randomMessage, seededRandom } from './random-message.ts';

const HEX = '0123456789abcdef';

export function randomUuid(random: Random): string {
  const digit = (): string => HEX[Math.floor(random() * 16)]!;
  const run = (length: number): string => Array.from({ length }, digit).join('');
  return [run(8), run(4), run(4), run(4), run(12)].join('-');
}

/** A response with a flow of which any field may be set to anything, and mostly with a time of its own. */
export function randomResponse(random: Random): GetFlowsResponse {
  const flow = randomMessage(random, FlowSchema) as Flow;
  if (random() < 0.8) flow.uuid = randomUuid(random);
  return create(GetFlowsResponseSchema, {
    responseTypes: { case: 'flow', value: flow },
    nodeName: pick(random, ['', 'k8s-w1']),
    ...(random() < 0.8 ? { time: { seconds: BigInt(Math.floor(random() * 2 ** 31)), nanos: 7 } } : {}),
  });
}

/** A response with a flow as a cluster of `pods` pods would send it. */
export function clusterResponse(random: Random, seq: number, pods = 200): GetFlowsResponse {
  const endpoint = (): MessageInitShape<typeof FlowSchema>['source'] => {
    const pod = Math.floor(random() * pods);
    const app = pod % 20;
    return {
      ID: pod + 100,
      identity: 1000 + app,
      clusterName: 'default',
      namespace: `team-${app % 5}`,
      labels: [
        `k8s:app=service-${app}`,
        'k8s:io.cilium.k8s.namespace.labels.kubernetes.io/metadata.name=team',
        'k8s:io.cilium.k8s.policy.cluster=default',
        'k8s:io.cilium.k8s.policy.serviceaccount=default',
        `k8s:io.kubernetes.pod.namespace=team-${app % 5}`,
      ],
      podName: `service-${app}-7848d6c4d5-${pod}`,
      workloads: [{ name: `service-${app}`, kind: 'Deployment' }],
    };
  };
  const time = { seconds: BigInt(1_700_000_000 + Math.floor(seq / 1000)), nanos: (seq % 1000) * 1_000_000 };
  const dropped = random() < 0.1;
  return create(GetFlowsResponseSchema, {
    nodeName: `k8s-w${seq % 4}`,
    time,
    responseTypes: {
      case: 'flow',
      value: {
        time,
        uuid: randomUuid(random),
        verdict: dropped ? Verdict.DROPPED : Verdict.FORWARDED,
        dropReason: dropped ? 133 : 0,
        dropReasonDesc: dropped ? 133 : 0,
        ethernet: { source: 'ae:11:22:33:44:55', destination: 'be:11:22:33:44:55' },
        IP: {
          source: `10.0.${Math.floor(random() * 4)}.${Math.floor(random() * 250)}`,
          destination: `10.0.1.${Math.floor(random() * 250)}`,
          ipVersion: 1,
        },
        l4: {
          protocol: {
            case: 'TCP',
            value: {
              sourcePort: 32768 + Math.floor(random() * 20000),
              destinationPort: pick(random, [80, 443, 8080, 5432]),
              flags: pick(random, [{ SYN: true }, { ACK: true }, { ACK: true, PSH: true }]),
            },
          },
        },
        source: endpoint(),
        destination: endpoint(),
        Type: 1,
        nodeName: `k8s-w${seq % 4}`,
        nodeLabels: [
          'kubernetes.io/arch=amd64',
          'kubernetes.io/os=linux',
          `kubernetes.io/hostname=k8s-w${seq % 4}`,
        ],
        eventType: dropped ? { type: 1, subType: 133 } : { type: 4 },
        trafficDirection: pick(random, [TrafficDirection.INGRESS, TrafficDirection.EGRESS]),
        traceObservationPoint: dropped ? 0 : 101,
        isReply: dropped ? undefined : random() < 0.5,
        Summary: 'TCP Flags: ACK',
      },
    },
  });
}

export type Batch = { readonly bytes: Uint8Array; readonly spans: Uint32Array; readonly count: number };

/** Messages one behind the other with five bytes before each, as frames lie. */
export function batchOf(messages: readonly Uint8Array[]): Batch {
  const size = messages.reduce((sum, message) => sum + message.length + 5, 0);
  const bytes = new Uint8Array(size);
  const spans = new Uint32Array(messages.length * 2);
  let at = 0;
  for (const [i, message] of messages.entries()) {
    at += 5;
    bytes.set(message, at);
    spans[i * 2] = at;
    at += message.length;
    spans[i * 2 + 1] = at;
  }
  return { bytes, spans, count: messages.length };
}

export function appendAll(store: FlowStore, messages: readonly Uint8Array[]): readonly GetFlowsResponse[] {
  const { bytes, spans, count } = batchOf(messages);
  return store.append(bytes, spans, count);
}

export function encode(response: GetFlowsResponse): Uint8Array {
  return toBinary(GetFlowsResponseSchema, response);
}

/** A response with the flow given. */
export function flowResponse(flow: MessageInitShape<typeof FlowSchema>): Uint8Array {
  return encode(
    create(GetFlowsResponseSchema, {
      responseTypes: { case: 'flow', value: create(FlowSchema, flow) },
    }),
  );
}

/** A message, read the straightforward way. */
export function responseOf(message: Uint8Array): GetFlowsResponse {
  return fromBinary(GetFlowsResponseSchema, message);
}

/** The flow of a response; throws when it is none. */
export function flowIn({ responseTypes }: GetFlowsResponse): Flow {
  if (responseTypes.case !== 'flow') throw new TypeError('not a flow');
  return responseTypes.value;
}

/** The flow of a message, read the straightforward way. */
export function flowOf(message: Uint8Array): Flow {
  return flowIn(responseOf(message));
}

/** A response whose flow is the bytes given. */
export function responseAround(...flows: readonly Uint8Array[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const flow of flows) writer.tag(1, WireType.LengthDelimited).bytes(flow);
  return writer.finish();
}

/** Encoded responses as a cluster would send them. */
export function clusterMessages(seed: number, count: number, pods = 200): Uint8Array[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, i) => encode(clusterResponse(random, i, pods)));
}
