// Things that go wrong on demand. One union; the service and tests both speak it.

import { assertNever } from '@finderscope/base';
import { GrpcCode, GrpcError } from '@finderscope/grpc-wire';
import type { LostEventSource } from '@finderscope/hubble-api';

import type { Agent } from '../agent/agent.ts';
import type { FlowStreams } from '../relay/flow-streams.ts';
import type { SkewableRecorder } from './recorder.ts';

/** Faults of a node name it, or leave the name empty for every node. */
export type Fault =
  | { readonly kind: 'slow-node'; readonly node: string; readonly flowsPerSecond: number }
  | { readonly kind: 'node-lost' | 'node-back'; readonly node: string }
  | {
      readonly kind: 'lost-events';
      readonly node: string;
      readonly count: number;
      readonly source: LostEventSource;
    }
  | { readonly kind: 'clock-skew'; readonly node: string; readonly offsetMs: number }
  | { readonly kind: 'garbage-frame' | 'truncated-stream' | 'close-connections' };

export type FaultTargets = {
  readonly agents: readonly Agent[];
  readonly recorder: SkewableRecorder;
  readonly streams: FlowStreams;
  /** Nanoseconds since the scenario's epoch. */
  readonly nowNs: () => number;
  /** Cuts the connections of the relay port; returns how many. */
  readonly dropRelayConnections: () => number;
  /** Cuts the connections of an agent's own port and refuses new ones, or takes them again. */
  readonly setAgentReachable: (node: number, reachable: boolean) => void;
};

/** Makes it go wrong; returns how many nodes, streams or connections were touched. NOT_FOUND for an unknown node. */
export function injectFault(targets: FaultTargets, fault: Fault): number {
  switch (fault.kind) {
    case 'garbage-frame':
    case 'truncated-stream':
      return targets.streams.inject(fault.kind);
    case 'close-connections':
      return targets.dropRelayConnections();
    case 'slow-node':
      return eachNode(targets, fault.node, (agent) => {
        agent.limitRate(fault.flowsPerSecond);
      });
    case 'node-lost':
    case 'node-back':
      return eachNode(targets, fault.node, (agent, index) => {
        if (agent.setAvailable(fault.kind === 'node-back')) targets.setAgentReachable(index, agent.available);
      });
    case 'lost-events':
      return eachNode(targets, fault.node, (agent, index) => {
        targets.recorder.lost(index, targets.nowNs(), fault.count, fault.source);
        agent.ring.publish();
      });
    case 'clock-skew':
      return eachNode(targets, fault.node, (_agent, index) => {
        targets.recorder.setSkewMs(index, fault.offsetMs);
      });
    default:
      return assertNever(fault);
  }
}

function eachNode(
  { agents }: FaultTargets,
  name: string,
  act: (agent: Agent, index: number) => void,
): number {
  let touched = 0;
  for (const [index, agent] of agents.entries()) {
    if (name !== '' && agent.node.name !== name) continue;
    act(agent, index);
    touched++;
  }
  if (touched === 0) throw new GrpcError(GrpcCode.NOT_FOUND, `there is no node "${name}"`);
  return touched;
}
