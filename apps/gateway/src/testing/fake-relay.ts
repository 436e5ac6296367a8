// A Relay made of node:http2, with one handler per test. It does what the handler says, right or wrong.

import {
  createSecureServer,
  createServer,
  type Http2SecureServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type SecureServerOptions,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { encodeFrame } from '@finderscope/grpc-wire';

export type RelayCall = {
  readonly stream: ServerHttp2Stream;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

export type FakeRelay = {
  readonly port: number;
  readonly calls: readonly RelayCall[];
  readonly sessions: ReadonlySet<ServerHttp2Session>;
  stop(): Promise<void>;
};

/** `handle` runs when a request is whole. */
export async function startFakeRelay(
  handle: (call: RelayCall) => void,
  options: { readonly port?: number; readonly tls?: SecureServerOptions } = {},
): Promise<FakeRelay> {
  const server: Http2Server | Http2SecureServer =
    options.tls === undefined ? createServer() : createSecureServer(options.tls);
  const calls: RelayCall[] = [];
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session: ServerHttp2Session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
    session.on('error', ignore);
  });
  server.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    const chunks: Buffer[] = [];
    stream.on('error', ignore);
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const call = { stream, headers, body: Buffer.concat(chunks) };
      calls.push(call);
      handle(call);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    calls,
    sessions,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const session of sessions) session.destroy();
      }),
  };
}

/** Headers of a gRPC answer, then each message in a write of its own. */
export function sendMessages(
  stream: ServerHttp2Stream,
  messages: readonly Uint8Array[],
  headers: Record<string, string> = {},
): void {
  if (!stream.headersSent) {
    stream.respond(
      { ':status': 200, 'content-type': 'application/grpc', ...headers },
      { waitForTrailers: true },
    );
  }
  for (const message of messages) stream.write(encodeFrame(message));
}

/** Ends with trailers. */
export function sendTrailers(
  stream: ServerHttp2Stream,
  trailers: Record<string, string> = { 'grpc-status': '0' },
): void {
  stream.on('wantTrailers', () => stream.sendTrailers(trailers));
  stream.end();
}

/** The whole of an ordinary answer. */
export function answer(
  { stream }: RelayCall,
  messages: readonly Uint8Array[],
  trailers?: Record<string, string>,
  headers?: Record<string, string>,
): void {
  sendMessages(stream, messages, headers);
  sendTrailers(stream, trailers);
}

/** Connections and streams that a test breaks report it; the test looks at the other end. */
function ignore(): void {
  return;
}
