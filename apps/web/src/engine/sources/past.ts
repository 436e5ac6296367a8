// Older flows that a filter lets through, read once: GetFlows without follow. How far back the answer reaches is told
// by node, since every node sends its own last so many.

import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { fromBinary } from '@bufbuild/protobuf';
import { TimestampSchema } from '@bufbuild/protobuf/wkt';
import type { FilterLists } from '@finderscope/flow-query';
import { GetFlowsResponseSchema } from '@finderscope/hubble-api';
import type { Nanos } from '../protocol.ts';
import type { SessionEnv } from '../session/env.ts';
import type { StreamEnd } from './answer-check.ts';
import { readFlowStream, timestampOf } from './flow-stream.ts';
import type { SourceSink } from './source.ts';

const { field } = GetFlowsResponseSchema;
const FLOW = field.flow.number;
const NODE_NAME = field.nodeName.number;
const TIME = field.time.number;
const NANOS_PER_S = 1_000_000_000n;

export type PastRequest = {
  readonly baseUrl: string;
  readonly filter: FilterLists;
  /** Flows asked of each node, the newest that match. */
  readonly last: number;
  readonly untilNs: Nanos;
  /** Reading stops beyond so many messages. */
  readonly maxMessages: number;
};

export type PastEnd =
  /** Complete from then on; undefined: as far back as the nodes remember. */
  | { readonly state: 'done'; readonly sinceNs: Nanos | undefined }
  | { readonly state: 'failed'; readonly reason: string }
  | { readonly state: 'cancelled' };

type PastSink = Pick<SourceSink, 'messages' | 'oversized' | 'bytesReceived'>;

type Reach = { flows: number; oldestNs: Nanos };

/** Starts reading at once. */
export function readPast(
  request: PastRequest,
  sink: PastSink,
  env: Pick<SessionEnv, 'fetch'>,
): { readonly end: Promise<PastEnd>; readonly cancel: () => void } {
  const abort = new AbortController();
  const nodes = new Map<string, Reach>();
  let messages = 0;
  let isCancelled = false;
  const run = async (): Promise<PastEnd> => {
    const end = await readFlowStream(
      request.baseUrl,
      {
        number: BigInt(request.last),
        until: timestampOf(request.untilNs),
        whitelist: [...request.filter.allow],
        blacklist: [...request.filter.deny],
      },
      {
        opened: () => undefined,
        messages: (bytes, spans, count) => {
          messages += count;
          for (let i = 0; i < count; i++) {
            noteReach(nodes, bytes.subarray(spans[i * 2], spans[i * 2 + 1]));
          }
          sink.messages(bytes, spans, count);
          if (messages > request.maxMessages) abort.abort();
        },
        oversized: sink.oversized,
        bytesReceived: sink.bytesReceived,
      },
      env,
      abort,
    );
    if (isCancelled) return { state: 'cancelled' };
    return pastEnd(end, messages, request, nodes);
  };
  return {
    end: run(),
    cancel: () => {
      isCancelled = true;
      abort.abort();
    },
  };
}

function pastEnd(
  end: StreamEnd,
  messages: number,
  { last, maxMessages }: PastRequest,
  nodes: ReadonlyMap<string, Reach>,
): PastEnd {
  if (messages > maxMessages) {
    return {
      state: 'failed',
      reason: `More than ${maxMessages} older flows match; name more of what you look for.`,
    };
  }
  if (end.code !== 'OK') return { state: 'failed', reason: end.reason === '' ? end.code : end.reason };
  // A node that sent as many as it was asked for may have more that are older.
  const cut = [...nodes.values()].filter(({ flows }) => flows >= last).map(({ oldestNs }) => oldestNs);
  return { state: 'done', sinceNs: cut.reduce<Nanos | undefined>(later, undefined) };
}

function later(a: Nanos | undefined, b: Nanos): Nanos {
  return a === undefined || b > a ? b : a;
}

/** Reads node and time from the envelope of a flow; the flow itself is passed over. */
function noteReach(nodes: Map<string, Reach>, message: Uint8Array): void {
  let node = '';
  let timeNs: Nanos | undefined;
  let isFlow = false;
  try {
    const reader = new BinaryReader(message);
    while (reader.pos < reader.len) {
      const [number, wireType] = reader.tag();
      if (number === FLOW) isFlow = true;
      if (number === NODE_NAME && wireType === WireType.LengthDelimited) node = reader.string();
      else if (number === TIME && wireType === WireType.LengthDelimited) {
        const { seconds, nanos } = fromBinary(TimestampSchema, reader.bytes());
        timeNs = seconds * NANOS_PER_S + BigInt(nanos);
      } else reader.skip(wireType, number);
    }
  } catch {
    return; // the store counts it as malformed
  }
  if (!isFlow || timeNs === undefined) return;
  const reach = nodes.get(node) ?? { flows: 0, oldestNs: timeNs };
  nodes.set(node, reach);
  reach.flows++;
  if (timeNs < reach.oldestNs) reach.oldestNs = timeNs;
}
