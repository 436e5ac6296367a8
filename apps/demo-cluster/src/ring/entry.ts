// One thing a node remembers, with the gRPC frame that GetFlows (or GetAgentEvents, GetDebugEvents) sends for it.

import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { encodeFrame, FRAME_HEADER_BYTES } from '@finderscope/grpc-wire';
import {
  type AgentEvent,
  type DebugEvent,
  type Flow,
  type GetAgentEventsResponse,
  GetAgentEventsResponseSchema,
  type GetDebugEventsResponse,
  GetDebugEventsResponseSchema,
  type GetFlowsResponse,
  GetFlowsResponseSchema,
} from '@finderscope/hubble-api';

/**
 * `lost` passes every filter, `status` (a node status that a replayed file holds) too. `agent` and `debug` are stored
 * in the same sequence but GetFlows never sends them.
 */
export type EntryKind = 'flow' | 'lost' | 'status' | 'agent' | 'debug';

export type RingEntry = {
  readonly kind: EntryKind;
  /** When it happened, as the node's clock says. */
  readonly seconds: number;
  readonly nanos: number;
  /** A whole frame lies at `start` (inclusive) to `end` (exclusive) of `chunk`, which is shared and never changes. */
  readonly chunk: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** Namespaces that the flow names. */
  readonly namespaces: readonly string[];
  /** Events that a `lost` entry stands for, else 0. */
  readonly eventsLost: number;
};

/** The message in the frame of a flow, lost or status entry. */
export function responseOf(entry: RingEntry): GetFlowsResponse {
  return fromBinary(GetFlowsResponseSchema, messageBytes(entry));
}

/** The flow of a flow entry, undefined for every other kind. */
export function flowOf(entry: RingEntry): Flow | undefined {
  if (entry.kind !== 'flow') return undefined;
  const response = responseOf(entry);
  return response.responseTypes.case === 'flow' ? response.responseTypes.value : undefined;
}

export function agentEventOf(entry: RingEntry): AgentEvent | undefined {
  return fromBinary(GetAgentEventsResponseSchema, messageBytes(entry)).agentEvent;
}

export function debugEventOf(entry: RingEntry): DebugEvent | undefined {
  return fromBinary(GetDebugEventsResponseSchema, messageBytes(entry)).debugEvent;
}

function messageBytes(entry: RingEntry): Uint8Array {
  return entry.chunk.subarray(entry.start + FRAME_HEADER_BYTES, entry.end);
}

type EntryTime = { readonly seconds: number; readonly nanos: number };

/** An entry for a flow, lost-events or node-status message. `time` orders it; the envelope stays as it is. */
export function responseEntry(response: GetFlowsResponse, time: EntryTime): RingEntry {
  const frame = encodeFrame(toBinary(GetFlowsResponseSchema, response));
  const body = response.responseTypes;
  const common = { seconds: time.seconds, nanos: time.nanos, chunk: frame, start: 0, end: frame.length };
  switch (body.case) {
    case 'lostEvents':
      return { kind: 'lost', ...common, namespaces: [], eventsLost: Number(body.value.numEventsLost) };
    case 'nodeStatus':
      return { kind: 'status', ...common, namespaces: [], eventsLost: 0 };
    case 'flow':
    case undefined:
      return { kind: 'flow', ...common, namespaces: namespacesOf(body.value), eventsLost: 0 };
  }
}

export function agentEntry(response: GetAgentEventsResponse, time: EntryTime): RingEntry {
  return frameEntry('agent', toBinary(GetAgentEventsResponseSchema, response), time);
}

export function debugEntry(response: GetDebugEventsResponse, time: EntryTime): RingEntry {
  return frameEntry('debug', toBinary(GetDebugEventsResponseSchema, response), time);
}

function frameEntry(kind: EntryKind, message: Uint8Array, time: EntryTime): RingEntry {
  const frame = encodeFrame(message);
  return {
    kind,
    seconds: time.seconds,
    nanos: time.nanos,
    chunk: frame,
    start: 0,
    end: frame.length,
    namespaces: [],
    eventsLost: 0,
  };
}

function namespacesOf(flow: Flow | undefined): readonly string[] {
  const names = [flow?.source?.namespace ?? '', flow?.destination?.namespace ?? ''];
  return names.filter((name) => name !== '');
}
