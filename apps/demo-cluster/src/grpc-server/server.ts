// The listening side: sessions, dispatch by path, and an orderly stop.

import {
  createSecureServer,
  createServer,
  type Http2SecureServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';

import { GrpcCode, GrpcError, unknownMethodText } from '@finderscope/grpc-wire';

import type { Method } from './method.ts';
import { readRequest } from './read-request.ts';
import { ServerCall } from './server-call.ts';

/** PEM texts. With `clientCa` a client must show a certificate that it signed. */
export type TlsMaterial = {
  readonly cert: string;
  readonly key: string;
  readonly clientCa?: string | undefined;
};

export type GrpcServerOptions = {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly methods: readonly Method[];
  /** Sent as response headers of every call. */
  readonly initialMetadata?: Readonly<Record<string, string>>;
  readonly tls?: TlsMaterial | undefined;
  /** Largest request message, 4 MiB by default as in grpc-go. */
  readonly maxRequestBytes?: number;
  /** Told of what a method threw that was not a GrpcError: a bug. */
  readonly onBug?: (error: unknown, path: string) => void;
};

export type GrpcServer = {
  readonly host: string;
  readonly port: number;
  /** host:port, IPv6 hosts in brackets. */
  readonly address: string;
  /** Cuts every connection that is open now, `afterMs` from now; the server goes on listening. Returns how many. */
  readonly dropConnections: (afterMs?: number) => number;
  /** While true, a new connection is reset as soon as it comes, as if nobody listened. Open ones stay. */
  readonly refuseConnections: (refuse: boolean) => void;
  /** Ends every call with UNAVAILABLE, says goodbye to every session, and cuts what is left after `graceMs`. */
  readonly stop: (graceMs?: number) => Promise<void>;
};

const MAX_REQUEST_BYTES = 4 * 1024 * 1024;

const HTTP2_SETTINGS = {
  settings: { maxConcurrentStreams: 1000, initialWindowSize: 1024 * 1024 },
  // Megabytes; the default of 10 refuses streams of a session that has a few large writes queued.
  maxSessionMemory: 64,
};

/** Listens and serves until `stop`. Rejects when the address cannot be bound. */
export async function startGrpcServer(options: GrpcServerOptions): Promise<GrpcServer> {
  const server = createHttp2Server(options.tls);
  const sessions = new Set<ServerHttp2Session>();
  const calls = new Set<ServerCall>();
  const byPath = new Map(options.methods.map((method) => [method.path, method]));
  let refusing = false;

  // Before the server's own listener, so that the client never sees a first byte of HTTP/2.
  server.prependListener('connection', (socket: Socket) => {
    if (refusing) socket.resetAndDestroy();
  });
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
    // A broken connection shows in its streams; without a listener it would end the process.
    session.on('error', () => session.destroy());
  });
  server.on('stream', (stream, headers) => {
    if (rejectNonGrpc(stream, headers)) return;
    const call = new ServerCall(stream, options.initialMetadata ?? {});
    calls.add(call);
    void answer(call, stream, headers, byPath, options).finally(() => calls.delete(call));
  });

  await listen(server, options.host, options.port);
  const { port } = addressOf(server);
  return {
    host: options.host,
    port,
    address: options.host.includes(':') ? `[${options.host}]:${port}` : `${options.host}:${port}`,
    dropConnections: (afterMs = 0) => {
      const open = [...sessions];
      setTimeout(() => {
        for (const session of open) session.destroy();
      }, afterMs);
      return open.length;
    },
    refuseConnections: (refuse) => {
      refusing = refuse;
    },
    stop: (graceMs = 1000) =>
      new Promise((resolve) => {
        const cut = setTimeout(() => {
          for (const session of sessions) session.destroy();
        }, graceMs);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        for (const call of calls)
          call.abort(new GrpcError(GrpcCode.UNAVAILABLE, 'the server is shutting down'));
        for (const session of sessions) session.close();
      }),
  };
}

function createHttp2Server(tls: TlsMaterial | undefined): Http2Server | Http2SecureServer {
  if (tls === undefined) return createServer(HTTP2_SETTINGS);
  return createSecureServer({
    ...HTTP2_SETTINGS,
    cert: tls.cert,
    key: tls.key,
    minVersion: 'TLSv1.3',
    allowHTTP1: false,
    ...(tls.clientCa === undefined ? {} : { ca: tls.clientCa, requestCert: true, rejectUnauthorized: true }),
  });
}

/** Answers what is not a gRPC call as HTTP does; true when it did. */
function rejectNonGrpc(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): boolean {
  stream.on('error', () => stream.destroy());
  if (headers[':method'] !== 'POST') {
    stream.respond({ ':status': 405, allow: 'POST' }, { endStream: true });
    return true;
  }
  if (!/^application\/grpc($|[+;])/.test(headers['content-type'] ?? '')) {
    stream.respond({ ':status': 415 }, { endStream: true });
    return true;
  }
  return false;
}

async function answer(
  call: ServerCall,
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  byPath: ReadonlyMap<string, Method>,
  options: GrpcServerOptions,
): Promise<void> {
  const path = headers[':path'] ?? '';
  try {
    const method = byPath.get(path);
    if (method === undefined) {
      throw new GrpcError(GrpcCode.UNIMPLEMENTED, unknownMethodText(path, byPath.keys()));
    }
    call.startDeadline(headers);
    const request = await readRequest(stream, options.maxRequestBytes ?? MAX_REQUEST_BYTES);
    await Promise.race([method.handle(request, call), rejectOnAbort(call.signal)]);
    call.finish(GrpcCode.OK, '');
  } catch (error) {
    if (error instanceof GrpcError) {
      call.finish(error.code, error.message);
      return;
    }
    options.onBug?.(error, path);
    call.finish(GrpcCode.UNKNOWN, error instanceof Error ? error.message : String(error));
  }
}

/** Lets a deadline end a call whose method waits for something else. */
function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = (): void => {
      const reason: unknown = signal.reason;
      reject(reason instanceof Error ? reason : new GrpcError(GrpcCode.CANCELLED, 'context canceled'));
    };
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}

function listen(server: Http2Server | Http2SecureServer, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function addressOf(server: Http2Server | Http2SecureServer): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no address');
  return address;
}
