// DemoService: the demo cluster's own service on the relay port.

import { create } from '@bufbuild/protobuf';
import { assertNever } from '@finderscope/base';
import { GrpcCode, GrpcError } from '@finderscope/grpc-wire';
import { demo, LostEventSource } from '@finderscope/hubble-api';

import { type Method, unary } from '../grpc-server/index.ts';
import { timestampOf } from '../timeline/timestamp.ts';
import type { DemoControl } from './demo-control.ts';
import type { Fault } from './faults.ts';

export function demoMethods(control: DemoControl): readonly Method[] {
  const { method } = demo.DemoService;
  return [
    unary(method.getScenario, () =>
      create(demo.GetScenarioResponseSchema, { scenario: describeScenario(control) }),
    ),
    unary(method.setStage, ({ stageId }) => {
      if (!control.holdStage(stageId === '' ? undefined : stageId)) {
        const known = control.scenario().stages.map(({ id }) => id);
        throw new GrpcError(
          GrpcCode.INVALID_ARGUMENT,
          `there is no stage "${stageId}"; this scenario has ${known.length > 0 ? known.join(', ') : 'no stages'}`,
        );
      }
      return create(demo.SetStageResponseSchema, { scenario: describeScenario(control) });
    }),
    unary(method.injectFault, (request) =>
      create(demo.InjectFaultResponseSchema, { affected: control.injectFault(readFault(request)) }),
    ),
    unary(method.getCounters, () => describeCounters(control)),
  ];
}

function describeScenario(control: DemoControl): demo.Scenario {
  const { stages, currentStageSince, ...scenario } = control.scenario();
  return create(demo.ScenarioSchema, {
    ...scenario,
    ...(currentStageSince === undefined ? {} : { currentStageSince: timestampOf(currentStageSince) }),
    stages: stages.map((stage) => ({ ...stage, looks: [...stage.looks] })),
  });
}

function readFault({ nodeName: node, fault }: demo.InjectFaultRequest): Fault {
  switch (fault.case) {
    case 'slowNode':
      return { kind: 'slow-node', node, flowsPerSecond: fault.value.flowsPerSecond };
    case 'nodeLost':
      return { kind: 'node-lost', node };
    case 'nodeBack':
      return { kind: 'node-back', node };
    case 'lostEvents':
      return {
        kind: 'lost-events',
        node,
        count: Math.max(1, Number(fault.value.count)),
        source: fault.value.source === 0 ? LostEventSource.PERF_EVENT_RING_BUFFER : fault.value.source,
      };
    case 'clockSkew':
      return { kind: 'clock-skew', node, offsetMs: Number(fault.value.offsetMs) };
    case 'garbageFrame':
      return { kind: 'garbage-frame' };
    case 'truncatedStream':
      return { kind: 'truncated-stream' };
    case 'closeConnections':
      return { kind: 'close-connections' };
    case undefined:
      throw new GrpcError(GrpcCode.INVALID_ARGUMENT, 'no fault is set');
    default:
      return assertNever(fault);
  }
}

function describeCounters(control: DemoControl): demo.GetCountersResponse {
  const { flowsGenerated, nodes, streams } = control.counters();
  return create(demo.GetCountersResponseSchema, {
    flowsGenerated: BigInt(flowsGenerated),
    nodes: nodes.map((node) => ({
      nodeName: node.nodeName,
      flowsGenerated: BigInt(node.flowsGenerated),
      entriesHeld: BigInt(node.entriesHeld),
      eventsLost: BigInt(node.eventsLost),
      available: node.available,
    })),
    streams: streams.map((stream) => ({
      streamId: BigInt(stream.id),
      flowsSent: BigInt(stream.flowsSent),
      messagesSent: BigInt(stream.messagesSent),
      bytesSent: BigInt(stream.bytesSent),
      eventsReportedLost: BigInt(stream.eventsReportedLost),
      eventsLostUnreported: BigInt(stream.eventsLostUnreported),
      flowsPending: BigInt(stream.flowsPending),
      open: stream.open,
    })),
  });
}
