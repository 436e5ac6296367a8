// Which requests are shared. Two viewers share a stream when the flows to come are the same for both and what they
// ask of the past can be told apart from them:
//
//   follow                    with others that ask for nothing of the past
//   follow, number >= 100     with others of the same number
//   follow, since             with others, whatever their times: each gets the past on its own
//
// Alike are also filters and extensions, byte for byte. Not shared is whatever ends (no follow, or until), chooses its
// start in another way (first, number with since), leaves fields out (with a field mask two flows may look the same),
// or shows credentials. A stream of few flows from the past is not shared either: a latecomer's history and the
// stream's own start must overlap, and a busy node sends a handful within the time between the two.

import { clone, fromBinary, toBinary } from '@bufbuild/protobuf';
import { encodeFrame, FRAME_HEADER_BYTES } from '@finderscope/grpc-wire';
import { type GetFlowsRequest, GetFlowsRequestSchema } from '@finderscope/hubble-api';
import { FLOWS_PATH } from '../grpc/methods.ts';
import type { UpstreamRequest } from '../grpc/upstream-call.ts';

const LEAST_SHARED_NUMBER = 100n;
const NANOS_PER_S = 1_000_000_000n;

export type SharingPlan = {
  /** The same for all requests that may share a stream. */
  readonly key: string;
  /** What a latecomer asks of the past; undefined when nothing. */
  readonly history: Uint8Array | undefined;
  /** Nothing older than that concerns the viewer; nanoseconds since 1970. */
  readonly sinceNs: bigint | undefined;
};

/** undefined: the request gets a call of its own. The request has been checked to be well-formed. */
export function planSharing({ method, frame, metadata }: UpstreamRequest): SharingPlan | undefined {
  if (method.path !== FLOWS_PATH || metadata['authorization'] !== undefined) return undefined;
  const request = fromBinary(GetFlowsRequestSchema, frame.subarray(FRAME_HEADER_BYTES));
  const { follow, number, since, until, first, fieldMask, experimental } = request;
  if (!follow || first || until !== undefined || fieldMask !== undefined || experimental !== undefined) {
    return undefined;
  }
  // A field of a newer Hubble may choose flows in a way that is not known here.
  if (request.$unknown !== undefined && request.$unknown.length > 0) return undefined;
  if (since !== undefined && number > 0n) return undefined;
  if (number > 0n && number < LEAST_SHARED_NUMBER) return undefined;
  const past = since === undefined ? `${number}` : 'since';
  return {
    key: `${past}:${keyOf(request)}`,
    history: since === undefined && number === 0n ? undefined : historyOf(request),
    sinceNs: since === undefined ? undefined : since.seconds * NANOS_PER_S + BigInt(since.nanos),
  };
}

function keyOf(request: GetFlowsRequest): string {
  const bare = clone(GetFlowsRequestSchema, request);
  bare.number = 0n;
  delete bare.since;
  return Buffer.from(toBinary(GetFlowsRequestSchema, bare)).toString('latin1');
}

function historyOf(request: GetFlowsRequest): Uint8Array {
  return encodeFrame(toBinary(GetFlowsRequestSchema, { ...request, follow: false }));
}
