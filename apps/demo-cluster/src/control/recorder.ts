// Turns what a scenario reports into entries of the agents' rings: time, uuid, node, emitter and encoding.

import { create } from '@bufbuild/protobuf';
import { defined } from '@finderscope/base';
import {
  AgentEventSchema,
  FlowSchema,
  GetAgentEventsResponseSchema,
  GetFlowsResponseSchema,
} from '@finderscope/hubble-api';

import type { Agent } from '../agent/agent.ts';
import { agentEntry, responseEntry } from '../ring/entry.ts';
import type { Recorder } from '../scenarios/scenario.ts';
import { addNs, type Moment } from '../timeline/clock.ts';
import { type Random, randomUuid } from '../timeline/random.ts';
import { timestampOf } from '../timeline/timestamp.ts';

export type RecorderOptions = {
  readonly agents: readonly Agent[];
  /** The moment that is 0 ns for the scenario. */
  readonly epoch: Moment;
  readonly random: Random;
  /** As flows name it, e.g. 1.19.4+g0123456. */
  readonly version: string;
};

const NS_PER_MS = 1e6;

/** `setSkewMs` moves a node's clock for everything recorded from then on. */
export type SkewableRecorder = Recorder & { readonly setSkewMs: (node: number, ms: number) => void };

export function createRecorder({ agents, epoch, random, version }: RecorderOptions): SkewableRecorder {
  const skewsNs = agents.map(() => 0);
  const agentAt = (node: number): Agent => defined(agents[node], `node ${node}`);
  const moment = (node: number, atNs: number): Moment => addNs(epoch, atNs + (skewsNs[node] ?? 0));
  const emitter = { name: 'Hubble', version };
  return {
    random,
    moment,
    entry: (node, entry) => {
      agentAt(node).write(entry);
    },
    setSkewMs: (node, ms) => {
      skewsNs[node] = ms * NS_PER_MS;
    },
    flow: (node, atNs, init) => {
      const agent = agentAt(node);
      const at = moment(node, atNs);
      const time = timestampOf(at);
      const { name, labels } = agent.node;
      const flow = create(FlowSchema, {
        ...init,
        time,
        uuid: randomUuid(random),
        emitter,
        nodeName: name,
        nodeLabels: [...labels],
      });
      const response = create(GetFlowsResponseSchema, {
        responseTypes: { case: 'flow', value: flow },
        nodeName: name,
        time,
      });
      agent.write(responseEntry(response, at));
    },
    lost: (node, atNs, count, source) => {
      const agent = agentAt(node);
      const at = moment(node, atNs);
      const response = create(GetFlowsResponseSchema, {
        responseTypes: { case: 'lostEvents', value: { source, numEventsLost: BigInt(count), cpu: 0 } },
        nodeName: agent.node.name,
        time: timestampOf(at),
      });
      agent.write(responseEntry(response, at));
    },
    agentEvent: (node, atNs, init) => {
      const agent = agentAt(node);
      const at = moment(node, atNs);
      const response = create(GetAgentEventsResponseSchema, {
        agentEvent: create(AgentEventSchema, init),
        nodeName: agent.node.name,
        time: timestampOf(at),
      });
      agent.write(agentEntry(response, at));
    },
  };
}
