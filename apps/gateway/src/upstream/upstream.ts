// The connection to the server: made when first needed, shared by all calls, made anew after it was lost.
//
//   call --> session() --> open session, or one dial shared by everybody who waits for it
//                          |
//                          +-- failed: the reason, kept for a second so that a storm of calls dials once
//
// A session that was told to go away (GOAWAY) or was lost is never handed out again; its calls end with `lossOf`.

import type { ClientHttp2Session } from 'node:http2';
import { err, ok, type Result } from '@finderscope/base';
import { formatServerAddress } from '../config/addresses.ts';
import type { UpstreamConfig } from '../config/config.ts';
import type { Logger } from '../operations/logger.ts';
import type { Metrics } from '../operations/metrics.ts';
import { type Connection, dial } from './dial.ts';
import { factsOf, type UpstreamFailure } from './failure.ts';
import { KEEP_ALIVE_TIMES, type KeepAliveTimes, startKeepAlive } from './keep-alive.ts';

const FAILURE_HOLDS_MS = 1000;

export type UpstreamParts = {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly keepAlive?: KeepAliveTimes;
};

export class Upstream {
  /** `localhost:4245`, for messages. */
  readonly name: string;
  readonly #config: UpstreamConfig;
  readonly #parts: UpstreamParts;
  readonly #losses = new WeakMap<ClientHttp2Session, string>();
  #open: ClientHttp2Session | undefined;
  #dialing: Promise<Result<ClientHttp2Session, UpstreamFailure>> | undefined;
  #failed: { readonly failure: UpstreamFailure; readonly atMs: number } | undefined;
  #lastLogged = '';
  #closed = false;

  constructor(config: UpstreamConfig, parts: UpstreamParts) {
    this.#config = config;
    this.#parts = parts;
    this.name = formatServerAddress(config.address);
  }

  /** A session that can take a call, or why there is none. Never throws, never waits longer than one dial. */
  session(): Promise<Result<ClientHttp2Session, UpstreamFailure>> {
    if (this.#closed) {
      return Promise.resolve(err({ step: 'closed', message: 'gateway is shutting down' }));
    }
    const open = this.#open;
    if (open !== undefined && !open.closed && !open.destroyed) return Promise.resolve(ok(open));
    if (this.#failed !== undefined && performance.now() - this.#failed.atMs < FAILURE_HOLDS_MS) {
      return Promise.resolve(err(this.#failed.failure));
    }
    this.#dialing ??= this.#dial().finally(() => {
      this.#dialing = undefined;
    });
    return this.#dialing;
  }

  /** Why a session ended, as a sentence; undefined while it is well. */
  lossOf(session: ClientHttp2Session): string | undefined {
    const loss = this.#losses.get(session);
    if (loss !== undefined) return loss;
    return session.destroyed ? `The connection to ${this.name} was lost.` : undefined;
  }

  /** Lets go of the connection. Calls that are still open on it end. */
  close(): void {
    this.#closed = true;
    this.#open?.destroy();
    this.#open = undefined;
  }

  async #dial(): Promise<Result<ClientHttp2Session, UpstreamFailure>> {
    const { logger, metrics } = this.#parts;
    const result = await dial(this.#config);
    if (!result.ok) {
      this.#failed = { failure: result.error, atMs: performance.now() };
      metrics.upstreamDials.inc({ result: result.error.step });
      // A page that keeps trying must not fill the log: the same reason is told once.
      if (this.#lastLogged !== result.error.message) {
        logger.warn({ server: this.name, step: result.error.step }, result.error.message);
      }
      this.#lastLogged = result.error.message;
      return result;
    }
    this.#failed = undefined;
    this.#lastLogged = '';
    metrics.upstreamDials.inc({ result: 'connected' });
    const { session } = result.value;
    if (this.#closed) {
      session.destroy();
      return err({ step: 'closed', message: 'gateway is shutting down' });
    }
    this.#adopt(result.value);
    logger.info({ server: this.name }, 'connected to the server');
    return ok(session);
  }

  #adopt({ session, socket }: Connection): void {
    const { logger, metrics } = this.#parts;
    this.#open = session;
    metrics.upstreamConnected.set(1);
    const stopKeepAlive = startKeepAlive(
      {
        bytesRead: () => socket.bytesRead,
        ping: (answered) => !session.destroyed && session.ping((error) => error === null && answered()),
        dead: () => {
          this.#losses.set(
            session,
            `${this.name} no longer answers (keep-alive); the connection was given up.`,
          );
          session.destroy();
        },
      },
      this.#parts.keepAlive ?? KEEP_ALIVE_TIMES,
    );
    session.on('error', (error) => {
      this.#losses.set(session, `The connection to ${this.name} was lost: ${factsOf(error).message}.`);
    });
    // A TLS alert shows on the socket alone.
    socket.on('error', (error) => session.destroy(error));
    session.on('goaway', (code) => {
      this.#losses.set(session, `${this.name} closed the connection (GOAWAY, code ${code}).`);
      if (this.#open === session) this.#open = undefined;
    });
    session.on('close', () => {
      stopKeepAlive();
      if (this.#open === session) this.#open = undefined;
      metrics.upstreamConnected.set(this.#open === undefined ? 0 : 1);
      if (!this.#closed) logger.warn({ server: this.name }, this.lossOf(session) ?? 'the connection ended');
    });
  }
}
