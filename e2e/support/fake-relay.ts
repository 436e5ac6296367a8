// A Relay that sends what a test wants, byte for byte: messages that no real one would send.

import { toBinary, create } from '@bufbuild/protobuf';
import { encodeFrame } from '@finderscope/grpc-wire';
import { ServerStatusResponseSchema } from '@finderscope/hubble-api';
import { once } from 'node:events';
import { createServer, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';

export type FlowStream = {
  /** One gRPC message with these bytes, whatever they are. */
  readonly send: (message: Uint8Array) => void;
  /** Ends the stream with this gRPC status. */
  readonly end: (status?: number, message?: string) => void;
};

export type FakeRelay = AsyncDisposable & {
  /** host:port, for the gateway's --server. */
  readonly address: string;
  /** GetFlows calls so far. */
  readonly flowCalls: () => number;
};

/** `answer` runs for each GetFlows call; ServerStatus answers as a Relay of two nodes; all else is UNIMPLEMENTED. */
export async function startFakeRelay(answer: (stream: FlowStream) => void): Promise<FakeRelay> {
  const server = createServer();
  const sessions = new Set<ServerHttp2Session>();
  let flowCalls = 0;
  server.on('session', (session: ServerHttp2Session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
    session.on('error', () => session.destroy());
  });
  server.on('stream', (stream: ServerHttp2Stream, headers) => {
    stream.on('error', () => stream.destroy());
    stream.resume();
    stream.on('end', () => {
      switch (headers[':path']) {
        case '/observer.Observer/GetFlows':
          flowCalls++;
          answer(openStream(stream));
          return;
        case '/observer.Observer/ServerStatus': {
          const { send, end } = openStream(stream);
          send(
            toBinary(
              ServerStatusResponseSchema,
              create(ServerStatusResponseSchema, {
                version: 'fake',
                numConnectedNodes: 2,
                numUnavailableNodes: 0,
              }),
            ),
          );
          end();
          return;
        }
        default:
          stream.respond(
            { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '12' },
            { endStream: true },
          );
      }
    });
  });
  server.listen({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the system gave no port');
  return {
    address: `127.0.0.1:${address.port}`,
    flowCalls: () => flowCalls,
    async [Symbol.asyncDispose]() {
      for (const session of sessions) session.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function openStream(stream: ServerHttp2Stream): FlowStream {
  stream.respond(
    { ':status': 200, 'content-type': 'application/grpc', 'hubble-relay-version': 'fake' },
    { waitForTrailers: true },
  );
  let trailers = { 'grpc-status': '0', 'grpc-message': '' };
  stream.on('wantTrailers', () => stream.sendTrailers(trailers));
  return {
    send: (message) => stream.write(encodeFrame(message)),
    end: (status = 0, message = '') => {
      trailers = { 'grpc-status': String(status), 'grpc-message': message };
      stream.end();
    },
  };
}
