// One streaming call of observer.Observer over fetch, from request to end. Sources decide what to ask and what an end
// means; nothing here tries again.

import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { encodeFrame, GrpcCode, grpcCodeName } from '@finderscope/grpc-wire';
import { GetFlowsRequestSchema } from '@finderscope/hubble-api';
import type { Nanos } from '../protocol.ts';
import type { SessionEnv } from '../session/env.ts';
import { checkAnswer, type StreamEnd } from './answer-check.ts';
import { type FrameSink, FrameScanner, type ScanState } from './frame-scanner.ts';

const GET_FLOWS = '/observer.Observer/GetFlows';
const NANOS_PER_S = 1_000_000_000n;

export type FlowRequest = MessageInitShape<typeof GetFlowsRequestSchema>;

/** Nothing is told any more once the signal has aborted. */
export type StreamSink = FrameSink & {
  /** Frames are on their way, from Relay or from one agent; both say so where no proxy hides it. */
  readonly opened: (serverVersion: string, isAgent: boolean) => void;
  readonly bytesReceived: (count: number) => void;
};

/** Reads flows to the end of the stream, whatever that is. Rejects only with what the sink has thrown, which is a bug. */
export function readFlowStream(
  baseUrl: string,
  request: FlowRequest,
  sink: StreamSink,
  env: Pick<SessionEnv, 'fetch'>,
  abort: AbortController,
): Promise<StreamEnd> {
  const message = toBinary(GetFlowsRequestSchema, create(GetFlowsRequestSchema, request));
  return readStream(`${baseUrl}${GET_FLOWS}`, message, sink, env, abort);
}

/** The same for any method that answers with a stream. */
export async function readStream(
  url: string,
  request: Uint8Array,
  sink: StreamSink,
  env: Pick<SessionEnv, 'fetch'>,
  abort: AbortController,
): Promise<StreamEnd> {
  const { signal } = abort;
  let response: Response;
  try {
    response = await env.fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/grpc-web+proto',
        accept: 'application/grpc-web+proto',
        'x-grpc-web': '1',
        'x-user-agent': 'finderscope',
      },
      body: new Uint8Array(encodeFrame(request)),
      cache: 'no-store',
      signal,
    });
  } catch (error) {
    return { code: 'NETWORK', reason: `The server cannot be reached (${messageOf(error)}).` };
  }
  if (signal.aborted) return { code: 'CANCELLED', reason: '' };
  const problem = checkAnswer(response);
  if (problem !== undefined || response.body === null) {
    abort.abort();
    return problem ?? { code: 'NOT_GRPC_WEB', reason: 'The server answered without a body.' };
  }
  try {
    const relay = response.headers.get('hubble-relay-version');
    const agent = response.headers.get('hubble-server-version');
    sink.opened(relay ?? agent ?? '', relay === null && agent !== null);
    return await read(response.body, sink, signal);
  } finally {
    abort.abort();
  }
}

/** A time as requests say it. */
export function timestampOf(timeNs: Nanos): { readonly seconds: bigint; readonly nanos: number } {
  const nanos = ((timeNs % NANOS_PER_S) + NANOS_PER_S) % NANOS_PER_S;
  return { seconds: (timeNs - nanos) / NANOS_PER_S, nanos: Number(nanos) };
}

async function read(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  sink: StreamSink,
  signal: AbortSignal,
): Promise<StreamEnd> {
  const scanner = new FrameScanner({
    messages: (bytes, spans, count) => {
      if (!signal.aborted) sink.messages(bytes, spans, count);
    },
    oversized: (count) => {
      if (!signal.aborted) sink.oversized(count);
    },
  });
  const received = (count: number): void => {
    if (!signal.aborted) sink.bytesReceived(count);
  };
  try {
    const state = await readAll(body, scanner, received);
    return describeEnd(state, scanner);
  } catch (error) {
    if (!(error instanceof BrokenOff)) throw error;
    return { code: 'TRUNCATED', reason: `The connection broke off (${error.message}).` };
  }
}

/** The body could not be read on. Whatever else is thrown while reading comes from the sink. */
class BrokenOff extends Error {}

function breakOff(error: unknown): never {
  throw new BrokenOff(messageOf(error), { cause: error });
}

/** Reads until trailers, an error in the frames, or the end of the body. */
async function readAll(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  scanner: FrameScanner,
  received: (count: number) => void,
): Promise<ScanState> {
  const byob = byobReader(body);
  if (byob === undefined) {
    const reader = body.getReader();
    for (;;) {
      const { done, value } = await reader.read().catch(breakOff);
      if (done) return { state: 'open' };
      received(value.length);
      const state = scanner.take(value);
      if (state.state !== 'open') return state;
    }
  }
  for (;;) {
    const { done, value } = await byob.read(scanner.room()).catch(breakOff);
    if (done || value === undefined) return { state: 'open' };
    received(value.length);
    const state = scanner.filled(value.buffer, value.length);
    if (state.state !== 'open') return state;
  }
}

/** undefined where streams have no BYOB reader for this body. */
function byobReader(body: ReadableStream<Uint8Array<ArrayBuffer>>): ReadableStreamBYOBReader | undefined {
  try {
    return body.getReader({ mode: 'byob' });
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function describeEnd(state: ScanState, scanner: FrameScanner): StreamEnd {
  switch (state.state) {
    case 'open':
      return {
        code: 'TRUNCATED',
        reason: scanner.isBetweenFrames
          ? 'The stream ended without a status.'
          : 'The stream ended in the middle of a message.',
      };
    case 'broken':
      return { code: 'NOT_GRPC_WEB', reason: `The server does not speak gRPC-web: ${state.reason}.` };
    case 'trailers': {
      const { code, message } = state.trailers;
      if (code === GrpcCode.OK) return { code: 'OK', reason: message || 'The server ended the stream.' };
      if (code < 0)
        return { code: 'UNKNOWN', reason: message || 'The server ended the stream without a status.' };
      return { code: grpcCodeName(code), reason: message };
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
