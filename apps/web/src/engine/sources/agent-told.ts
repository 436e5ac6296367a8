// One event of an agent, reduced to what is kept of it. Only what is fetched when there are such events imports this.

import { agentEventName, agentEventSubjects, agentEventText } from '@finderscope/flow-query';
import type { GetAgentEventsResponse } from '@finderscope/hubble-api';
import type { AgentTold } from './source.ts';

const NANOS_PER_S = 1_000_000_000n;

/** undefined for a response without an event. */
export function agentTold({ time, nodeName, agentEvent }: GetAgentEventsResponse): AgentTold | undefined {
  if (agentEvent === undefined) return undefined;
  return {
    timeNs: time === undefined ? undefined : time.seconds * NANOS_PER_S + BigInt(time.nanos),
    node: nodeName,
    type: agentEvent.type,
    name: agentEventName(agentEvent.type),
    text: agentEventText(agentEvent),
    subjects: agentEventSubjects(agentEvent),
  };
}
