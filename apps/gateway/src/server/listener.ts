// The one port: HTTP/1.1 and HTTP/2, cleartext or TLS. `localhost` is bound on IPv4 and IPv6 alike, on the same port,
// since browsers and tools disagree on which of them the name means.

import { readFileSync, statSync } from 'node:fs';
import { createServer as createHttp1, type Server as Http1Server } from 'node:http';
import {
  createSecureServer,
  createServer as createHttp2,
  type Http2SecureServer,
  type Http2Session,
} from 'node:http2';
import type { Server as NetServer, Socket } from 'node:net';
import { err, ok, type Result } from '@finderscope/base';
import { formatHostPort, type HostPort } from '../config/addresses.ts';
import type { KeyPairFiles } from '../config/config.ts';
import { factsOf } from '../upstream/failure.ts';
import type { HttpRequest, HttpResponse } from './exchange.ts';
import { sniffProtocol } from './protocol-sniffer.ts';

export type ListenOptions = {
  readonly at: HostPort & { readonly orNext: boolean };
  readonly tls: KeyPairFiles | undefined;
  handle(request: HttpRequest, response: HttpResponse): void;
  connectionsChanged(open: number): void;
  /** A changed certificate could not be read; the old one stays in force. */
  certificateProblem(reason: string): void;
};

/** How many ports are tried after one that is taken. */
const PORTS_TRIED = 100;
/** Longer than the idle time of common proxies, so that they never meet a connection that is just being closed. */
const KEEP_ALIVE_MS = 75_000;
/** A view is in the address of the page, and a long filter makes it longer than Node's 16 KiB. HTTP/2 has this by itself. */
const MAX_HEADER_BYTES = 64 * 1024;
const CERTIFICATE_LOOK_MS = 1000;
const IDLE_SWEEP_MS = 50;

export class Listener {
  readonly #options: ListenOptions;
  readonly #sockets = new Set<Socket>();
  /** Connected, and not a byte sent yet. */
  readonly #silent = new Set<Socket>();
  readonly #sessions = new Set<Http2Session>();
  readonly #http2 = createHttp2();
  #servers: (Http1Server | Http2SecureServer)[] = [];
  #port = 0;
  #whenEmpty: (() => void) | undefined;

  constructor(options: ListenOptions) {
    this.#options = options;
    this.#http2.on('request', (request, response) => options.handle(request, response));
    this.#http2.on('session', (session) => this.#trackSession(session));
  }

  get port(): number {
    return this.#port;
  }

  /** Binds; the error is one line that names the address. */
  async start(): Promise<Result<number, string>> {
    const { host, port: firstPort, orNext } = this.#options.at;
    const hosts = host === 'localhost' ? ['127.0.0.1', '::1'] : [host];
    let problem = '';
    for (let port = firstPort; port < firstPort + (orNext ? PORTS_TRIED : 1) && port <= 65_535; port++) {
      const bound = await this.#bindAll(hosts, port);
      if (bound.ok) {
        this.#port = bound.value;
        return bound;
      }
      problem = bound.error;
      if (problem !== 'EADDRINUSE') break;
    }
    return err(
      `cannot listen on ${formatHostPort({ host, port: firstPort })}: ${explain(problem, firstPort)}`,
    );
  }

  /** Takes no new connections, lets idle ones go and tells HTTP/2 clients to go elsewhere. */
  stopAccepting(): void {
    for (const server of this.#servers) server.close();
    for (const socket of this.#silent) socket.destroy();
    for (const session of this.#sessions) session.close();
    this.#closeIdle();
  }

  /** Resolves when the last connection is gone, or after the time given. */
  async drained(withinMs: number): Promise<void> {
    if (this.#sockets.size === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#whenEmpty = resolve;
    const timer = setTimeout(resolve, withinMs);
    // HTTP/1 connections turn idle as their answers are taken.
    const sweep = setInterval(() => this.#closeIdle(), IDLE_SWEEP_MS);
    await promise;
    clearTimeout(timer);
    clearInterval(sweep);
  }

  #closeIdle(): void {
    for (const server of this.#servers) {
      if ('closeIdleConnections' in server) server.closeIdleConnections();
    }
  }

  /** Ends what is still open. */
  destroyConnections(): void {
    for (const session of this.#sessions) session.destroy();
    for (const socket of this.#sockets) socket.destroy();
  }

  async #bindAll(hosts: readonly string[], firstPort: number): Promise<Result<number, string>> {
    const servers: (Http1Server | Http2SecureServer)[] = [];
    let port = firstPort;
    for (const host of hosts) {
      const server =
        this.#options.tls === undefined ? this.#cleartextServer() : this.#secureServer(this.#options.tls);
      const bound = await bind(server, host, port);
      if (bound.ok) {
        servers.push(server);
        port = bound.value;
      } else if (servers.length === 0 || !/^(EADDRNOTAVAIL|EAFNOSUPPORT|EINVAL)$/.test(bound.error)) {
        for (const other of servers) other.close();
        return bound;
      }
    }
    this.#servers = servers;
    return ok(port);
  }

  /** An HTTP/1 server whose connections are looked at first; those that speak HTTP/2 go to the other server. */
  #cleartextServer(): Http1Server {
    const server = createHttp1(
      { keepAliveTimeout: KEEP_ALIVE_MS, maxHeaderSize: MAX_HEADER_BYTES },
      (request, response) => this.#options.handle(request, response),
    );
    const [serveHttp1] = server.listeners('connection');
    server.removeAllListeners('connection');
    server.on('connection', (socket: Socket) => {
      this.#trackSocket(socket);
      this.#silent.add(socket);
      sniffProtocol(socket, (protocol) => {
        this.#silent.delete(socket);
        if (protocol === 'http2') this.#http2.emit('connection', socket);
        else serveHttp1?.call(server, socket);
      });
    });
    return server;
  }

  #secureServer(files: KeyPairFiles): Http2SecureServer {
    const read = (): { cert: Buffer; key: Buffer } => ({
      cert: readFileSync(files.certFile),
      key: readFileSync(files.keyFile),
    });
    const version = (): string =>
      [files.certFile, files.keyFile].map((file) => statSync(file).mtimeMs).join();
    const server = createSecureServer({ ...read(), allowHTTP1: true }, (request, response) =>
      this.#options.handle(request, response),
    );
    server.on('session', (session) => this.#trackSession(session));
    let inForce = version();
    let lookedAtMs = performance.now();
    // A renewed certificate is noticed when the next client connects, at most once a second.
    server.prependListener('connection', (socket: Socket) => {
      this.#trackSocket(socket);
      if (performance.now() - lookedAtMs < CERTIFICATE_LOOK_MS) return;
      lookedAtMs = performance.now();
      try {
        if (version() === inForce) return;
        inForce = version();
        server.setSecureContext(read());
      } catch (error) {
        // Half-written files: the old certificate stays in force until they can be used.
        this.#options.certificateProblem(factsOf(error).message);
      }
    });
    return server;
  }

  #trackSocket(socket: Socket): void {
    this.#sockets.add(socket);
    this.#options.connectionsChanged(this.#sockets.size);
    socket.on('close', () => {
      this.#sockets.delete(socket);
      this.#silent.delete(socket);
      this.#options.connectionsChanged(this.#sockets.size);
      if (this.#sockets.size === 0) this.#whenEmpty?.();
    });
  }

  #trackSession(session: Http2Session): void {
    this.#sessions.add(session);
    session.on('close', () => this.#sessions.delete(session));
  }
}

function bind(server: NetServer, host: string, port: number): Promise<Result<number, string>> {
  return new Promise((resolve) => {
    const failed = (error: Error): void => resolve(err(factsOf(error).code || error.message));
    server.once('error', failed);
    server.listen({ port, ...(host === '' ? {} : { host }) }, () => {
      server.off('error', failed);
      const address = server.address();
      resolve(ok(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}

function explain(code: string, port: number): string {
  switch (code) {
    case 'EADDRINUSE':
      return `port ${port} is taken; end what uses it or give another --listen HOST:PORT`;
    case 'EACCES':
      return `no right to use port ${port}; take one above 1023`;
    case 'EADDRNOTAVAIL':
      return 'this machine does not have that address';
    default:
      return code;
  }
}
