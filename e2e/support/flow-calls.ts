// Asks a gateway for flows without the page, so that a test knows what the page was sent.

import { create, fromBinary, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { encodeFrame, FLAG_TRAILERS, parseTrailerBody, readFrames } from '@finderscope/grpc-wire';
import {
  type Flow,
  type GetFlowsRequestSchema,
  type GetFlowsResponse,
  GetFlowsResponseSchema,
  Observer,
} from '@finderscope/hubble-api';

/** Everything one GetFlows call answers until it ends; rejects unless it ends with OK. */
export async function readFlows(
  url: string,
  request: MessageInitShape<typeof GetFlowsRequestSchema>,
): Promise<readonly GetFlowsResponse[]> {
  const method = Observer.method.getFlows;
  const body = encodeFrame(toBinary(method.input, create(method.input, request)));
  const response = await fetch(`${url}/${method.parent.typeName}/${method.name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/grpc-web+proto', 'x-grpc-web': '1' },
    body: new Uint8Array(body),
  });
  const { frames } = readFrames(new Uint8Array(await response.arrayBuffer()));
  const trailers = frames.find(({ flags }) => (flags & FLAG_TRAILERS) !== 0);
  const status = trailers && parseTrailerBody(trailers.message);
  if (status?.code !== 0) {
    throw new Error(
      `GetFlows: HTTP ${response.status}, status ${status?.code ?? 'none'} ${status?.message ?? ''}`,
    );
  }
  return frames
    .filter(({ flags }) => (flags & FLAG_TRAILERS) === 0)
    .map(({ message }) => fromBinary(GetFlowsResponseSchema, message));
}

/** The flow of a response, undefined when it holds something else. */
export function flowOf({ responseTypes }: GetFlowsResponse): Flow | undefined {
  return responseTypes.case === 'flow' ? responseTypes.value : undefined;
}
