// One attempt to reach the server: name -> TCP -> TLS -> HTTP/2 SETTINGS, all within one time-out. Ends with an
// HTTP/2 session that has proved itself, or with the step that failed.

import { lookup } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import {
  connect as connectTls,
  getCACertificates,
  type SecureContextOptions,
  type TLSSocket,
} from 'node:tls';
import { err, ok, type Result } from '@finderscope/base';
import type { UpstreamConfig, UpstreamTls } from '../config/config.ts';
import {
  certificateFileFailure,
  type DialStep,
  type DialTarget,
  factsOf,
  noHttp2Failure,
  notHttp2Failure,
  resolutionFailure,
  tcpFailure,
  timeoutFailure,
  tlsFailure,
  type UpstreamFailure,
} from './failure.ts';
import { MAX_FRAME_BYTES, MergingSocket } from './merging-socket.ts';
import { probeSpoken } from './probe.ts';

/** Bytes of one call the server may send ahead of what the browser has taken. */
export const STREAM_WINDOW_BYTES = 4 * 1024 * 1024;
export const SESSION_WINDOW_BYTES = 16 * 1024 * 1024;

/** A dead host is noticed by the kernel this long after the last packet. */
const TCP_KEEP_ALIVE_MS = 15_000;
/** A server that speaks HTTP/2 answers the preface at once; a look at what else it speaks must fit behind it. */
const PROBE_SHARE = 0.6;

export type Connection = { readonly session: ClientHttp2Session; readonly socket: Socket };

class DialProblem extends Error {
  readonly failure: UpstreamFailure;
  constructor(failure: UpstreamFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** Certificate files are read anew at each dial, so a renewed certificate needs no restart. */
export async function dial(config: UpstreamConfig): Promise<Result<Connection, UpstreamFailure>> {
  const { address } = config;
  const host = address.kind === 'tcp' ? address.host : 'localhost';
  const target: DialTarget = {
    address,
    tls: config.tls !== undefined,
    serverName: config.tls?.serverName ?? host,
    timeoutMs: config.dialTimeoutMs,
  };
  const attempt = new Attempt(target);
  try {
    const secrets = config.tls === undefined ? undefined : await readTlsFiles(config.tls);
    let socket = await attempt.openTcp();
    if (config.tls !== undefined) socket = await attempt.startTls(socket, config.tls, secrets ?? {});
    return ok({ session: await attempt.startHttp2(socket), socket });
  } catch (error) {
    attempt.abandon();
    if (error instanceof DialProblem) return err(error.failure);
    throw error;
  }
}

/** The steps of one dial; owns the socket until the session is handed over. */
class Attempt {
  readonly #target: DialTarget;
  readonly #deadlineMs: number;
  #socket: Socket | undefined;
  #session: ClientHttp2Session | undefined;
  readonly #merging = new MergingSocket();

  constructor(target: DialTarget) {
    this.#target = target;
    this.#deadlineMs = performance.now() + target.timeoutMs;
  }

  abandon(): void {
    this.#session?.destroy();
    this.#socket?.destroy();
  }

  async openTcp(): Promise<Socket> {
    const { address, tls } = this.#target;
    const reads = tls ? {} : { onread: this.#merging.readItself() };
    if (address.kind === 'unix') return this.#connected(connectTcp({ path: address.path, ...reads }));
    const found = await this.#within(
      'name-resolution',
      lookup(address.host, { all: true }),
      resolutionFailure,
    );
    return this.#connected(
      connectTcp({
        host: address.host,
        port: address.port,
        ...reads,
        autoSelectFamily: true,
        lookup: (_host, _options, done) => done(null, found),
      }),
    );
  }

  #connected(socket: Socket): Promise<Socket> {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.setKeepAlive(true, TCP_KEEP_ALIVE_MS);
    const ready = new Promise<Socket>((resolve, reject) => {
      socket.once('connect', () => resolve(socket));
      socket.once('error', reject);
    });
    return this.#within('tcp', ready, tcpFailure);
  }

  async startTls(socket: Socket, tls: UpstreamTls, secrets: SecureContextOptions): Promise<TLSSocket> {
    const name = this.#target.serverName;
    const secured = connectTls({
      ...secrets,
      socket,
      // `host` is what the certificate is checked against; an IP address must not be sent as SNI.
      host: name,
      ...(isIP(name) === 0 ? { servername: name } : {}),
      ALPNProtocols: ['h2'],
      minVersion: 'TLSv1.3',
      rejectUnauthorized: !tls.allowInsecure,
    });
    this.#socket = secured;
    const ready = new Promise<TLSSocket>((resolve, reject) => {
      secured.once('secureConnect', () => resolve(secured));
      secured.once('error', reject);
      secured.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
    });
    await this.#within('tls', ready, tlsFailure);
    if (secured.alpnProtocol !== 'h2') throw new DialProblem(noHttp2Failure(this.#target));
    return secured;
  }

  /** Resolves once the server's SETTINGS are there: until then anything may be at the other end. */
  async startHttp2(socket: Socket): Promise<ClientHttp2Session> {
    const session = connectHttp2(this.#target.tls ? 'https://relay' : 'http://relay', {
      createConnection: () => this.#merging.attach(socket),
      settings: {
        initialWindowSize: STREAM_WINDOW_BYTES,
        maxFrameSize: MAX_FRAME_BYTES,
        enablePush: false,
      },
      // Streams wait here for their browsers, so the default of 10 MB would refuse calls too early.
      maxSessionMemory: 256,
    });
    this.#session = session;
    session.setLocalWindowSize(SESSION_WINDOW_BYTES);
    const ready = new Promise<ClientHttp2Session>((resolve, reject) => {
      session.once('remoteSettings', () => resolve(session));
      session.once('error', reject);
      // A TLS alert after the handshake shows on the socket alone; the session would wait for ever.
      socket.once('error', reject);
      session.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
    });
    const limitMs = this.#target.tls ? this.#leftMs() : this.#leftMs() * PROBE_SHARE;
    try {
      return await this.#within('http2', ready, undefined, limitMs);
    } catch (error) {
      if (this.#target.tls && !(error instanceof DialProblem)) {
        // TLS 1.3 servers refuse a client certificate only after the handshake looked complete.
        throw new DialProblem(tlsFailure(this.#target, error));
      }
      if (this.#target.tls) throw error;
      this.abandon();
      throw new DialProblem(notHttp2Failure(this.#target, await probeSpoken(this.#target.address)));
    }
  }

  #leftMs(): number {
    return Math.max(1, this.#deadlineMs - performance.now());
  }

  /** Waits for a step; a rejection is worded by `explain`, or passed on as it is without one. */
  async #within<T>(
    step: DialStep,
    work: Promise<T>,
    explain: ((target: DialTarget, error: unknown) => UpstreamFailure) | undefined,
    limitMs = this.#leftMs(),
  ): Promise<T> {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new DialProblem(timeoutFailure(this.#target, step))), limitMs);
    try {
      return await Promise.race([work, late]);
    } catch (error) {
      if (error instanceof DialProblem || explain === undefined) throw error;
      throw new DialProblem(explain(this.#target, error));
    } finally {
      clearTimeout(timer);
      // Whatever is still under way may fail later; that has been told already.
      work.catch(factsOf);
    }
  }
}

async function readTlsFiles(tls: UpstreamTls): Promise<SecureContextOptions> {
  try {
    const own = await Promise.all(tls.caCertFiles.map((file) => readFile(file, 'utf8')));
    const ca = own.length > 0 ? own : [...getCACertificates('default'), ...getCACertificates('system')];
    if (tls.client === undefined) return { ca };
    const [cert, key] = await Promise.all([readFile(tls.client.certFile), readFile(tls.client.keyFile)]);
    return { ca, cert, key };
  } catch (error) {
    throw new DialProblem(certificateFileFailure(error));
  }
}
