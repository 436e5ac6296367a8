// A real HTTP server that answers streams of flows as a test tells it to, one script per request.

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fromBinary } from '@bufbuild/protobuf';
import { FRAME_HEADER_BYTES } from '@finderscope/grpc-wire';
import { type GetFlowsRequest, GetFlowsRequestSchema } from '@finderscope/hubble-api';

export type Script = (request: GetFlowsRequest, response: ServerResponse) => void;

export type FlowServer = {
  readonly baseUrl: string;
  /** Requests so far, oldest first. */
  readonly requests: GetFlowsRequest[];
  /** Where each of them was sent, and the message as it came. */
  readonly calls: { readonly path: string; readonly message: Uint8Array }[];
  readonly close: () => Promise<void>;
};

export const GRPC_WEB_HEADERS = {
  'content-type': 'application/grpc-web+proto',
  'hubble-relay-version': '1.19.4',
};

async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

/** Each request is answered by the next script, the last one again and again. */
export async function startFlowServer(...scripts: readonly Script[]): Promise<FlowServer> {
  const requests: GetFlowsRequest[] = [];
  const calls: FlowServer['calls'] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const bytes = body.subarray(FRAME_HEADER_BYTES);
      const message = fromBinary(GetFlowsRequestSchema, bytes);
      const script = scripts[Math.min(requests.length, scripts.length - 1)];
      requests.push(message);
      calls.push({ path: request.url ?? '', message: bytes });
      script?.(message, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/sub/path`,
    requests,
    calls,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
