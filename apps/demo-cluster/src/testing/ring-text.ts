// Rings and entries drawn as text: `f` flow, `l` lost, `s` status, `a` agent event, `d` debug event, then the second,
// then optionally the source pod: `f1 f2@shop/web l3 a4`.

import { create } from '@bufbuild/protobuf';
import {
  AgentEventType,
  DebugEventType,
  GetAgentEventsResponseSchema,
  GetDebugEventsResponseSchema,
  GetFlowsResponseSchema,
  LostEventSource,
  NodeState,
} from '@finderscope/hubble-api';

import { agentEntry, debugEntry, flowOf, responseEntry, responseOf, type RingEntry } from '../ring/entry.ts';
import { RingBuffer } from '../ring/ring-buffer.ts';
import type { Clock } from '../timeline/clock.ts';

export const TEST_NODE = 'node-1';

export function entry(text: string): RingEntry {
  const [, kind = '', second = '', namespace = 'default', pod = 'p'] =
    /^([flsad])(\d+)(?:@([^/]*)\/(.*))?$/.exec(text) ?? [];
  const at = { seconds: Number(second), nanos: 0 };
  const envelope = { nodeName: TEST_NODE, time: { seconds: BigInt(second), nanos: 0 } };
  switch (kind) {
    case 'l': {
      const value = { source: LostEventSource.PERF_EVENT_RING_BUFFER, numEventsLost: 7n };
      const response = create(GetFlowsResponseSchema, {
        ...envelope,
        responseTypes: { case: 'lostEvents', value },
      });
      return responseEntry(response, at);
    }
    case 's': {
      const value = { stateChange: NodeState.NODE_GONE };
      const response = create(GetFlowsResponseSchema, {
        ...envelope,
        responseTypes: { case: 'nodeStatus', value },
      });
      return responseEntry(response, at);
    }
    case 'a': {
      const agentEvent = { type: AgentEventType.AGENT_STARTED };
      return agentEntry(create(GetAgentEventsResponseSchema, { ...envelope, agentEvent }), at);
    }
    case 'd': {
      const debugEvent = { type: DebugEventType.DBG_GENERIC };
      return debugEntry(create(GetDebugEventsResponseSchema, { ...envelope, debugEvent }), at);
    }
    default: {
      const value = {
        time: envelope.time,
        nodeName: TEST_NODE,
        uuid: text,
        verdict: 1,
        source: { namespace, podName: pod },
      };
      const response = create(GetFlowsResponseSchema, {
        ...envelope,
        responseTypes: { case: 'flow', value },
      });
      return responseEntry(response, at);
    }
  }
}

export function fillRing(ring: RingBuffer, text: string): RingBuffer {
  for (const word of text.split(' ').filter((part) => part !== '')) ring.write(entry(word));
  ring.publish();
  return ring;
}

/** A ring whose newest entry is the last word, so that it is not readable yet. */
export function ringOf(text: string, capacity = 63): RingBuffer {
  return fillRing(new RingBuffer(capacity), text);
}

/** The entry as text again; a synthesized loss is `lost:N`. */
export function drawEntry(shown: RingEntry): string {
  if (shown.kind === 'flow') return flowOf(shown)?.uuid ?? '?';
  if (shown.kind === 'lost') {
    const { responseTypes } = responseOf(shown);
    if (
      responseTypes.case === 'lostEvents' &&
      responseTypes.value.source === LostEventSource.HUBBLE_RING_BUFFER
    ) {
      return `lost:${responseTypes.value.numEventsLost}`;
    }
  }
  return `${shown.kind.slice(0, 1)}${shown.seconds}`;
}

/** A clock that stands still until it is told. */
export function manualClock(seconds = 1000): Clock & { advanceMs: (ms: number) => void } {
  let nowMs = seconds * 1000;
  return {
    now: () => ({ seconds: Math.floor(nowMs / 1000), nanos: (nowMs % 1000) * 1e6 }),
    advanceMs: (ms) => {
      nowMs += ms;
    },
  };
}
