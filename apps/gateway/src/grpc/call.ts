// One call of a client: the request goes up once it is whole and checked, the answer comes down as it arrives, from a
// call of its own or from a stream that it shares with other viewers (see ../fan-out).
//
//   client --request--> check --> FanOut.open() --batches--> Downstream --> client
//                                       ^-------- drained ----'
//
// Ends exactly once, by whichever comes first: trailers from the server, the loss of its connection, the deadline,
// the client leaving, the gateway shutting down.

import type { IncomingHttpHeaders } from 'node:http2';
import { GrpcCode, grpcCodeName, parseGrpcTimeout } from '@finderscope/grpc-wire';
import type { FanOut } from '../fan-out/fan-out.ts';
import { encodeLostFrame } from '../fan-out/lost-frame.ts';
import type { Logger } from '../operations/logger.ts';
import type { Metrics } from '../operations/metrics.ts';
import type { Exchange } from '../server/exchange.ts';
import { headerOf } from '../server/exchange.ts';
import { Downstream, type Metadata, statusTrailers } from './downstream.ts';
import { requestMetadata, responseMetadata } from './metadata.ts';
import { findMethod, FLOWS_PATH, type Method, noMethodText } from './methods.ts';
import { checkRequest, readBody, REQUEST_LIMITS, type RequestLimits } from './read-request.ts';
import type { Feed, Receiver } from './upstream-call.ts';
import { isFromBrowser, type WireFormat } from './wire-format.ts';

export type CallParts = {
  readonly fanOut: FanOut;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly requestLimits?: RequestLimits | undefined;
  /** Silence after which a viewer gets a sign of life; KEEP_ALIVE_MS unless said otherwise. */
  readonly keepAliveMs?: number | undefined;
};

/** Proxies end what is silent for long: nginx after 60 s, load balancers of clouds after 60 to 350 s. */
const KEEP_ALIVE_MS = 20_000;

export class Call implements Receiver {
  readonly #parts: CallParts;
  readonly #exchange: Exchange;
  readonly #format: WireFormat;
  readonly #isFromBrowser: boolean;
  readonly #down: Downstream;
  /** Resolves when nothing of the call is left. */
  readonly done: Promise<void>;
  readonly #resolveDone: () => void;
  readonly #name: string;
  readonly #method: Method | undefined;
  #feed: Feed | undefined;
  #deadline: NodeJS.Timeout | undefined;
  #deadlineAtMs = Number.POSITIVE_INFINITY;
  #keepAlive: NodeJS.Timeout | undefined;
  #isQuiet = true;
  #over = false;

  constructor(exchange: Exchange, format: WireFormat, parts: CallParts) {
    this.#parts = parts;
    this.#exchange = exchange;
    this.#format = format;
    this.#isFromBrowser = isFromBrowser(format, exchange.request.headers);
    this.#down = new Downstream(exchange.response, format);
    this.#method = findMethod(exchange.path);
    // An unknown name comes from outside: it must not make a new time series each.
    this.#name = this.#method?.name ?? 'unknown';
    const { promise, resolve } = Promise.withResolvers<void>();
    this.done = promise;
    this.#resolveDone = resolve;
  }

  /** Bytes held for the client. */
  get bufferedBytes(): number {
    return (this.#feed?.pendingBytes ?? 0) + this.#down.bufferedBytes;
  }

  /** Runs the call to its end; never throws. */
  async run(): Promise<void> {
    const { request, response } = this.#exchange;
    this.#parts.metrics.callsOpen.inc({ method: this.#name });
    response.on('close', () => this.#clientClosed());
    response.on('error', () => this.#clientClosed());
    response.on('drain', () => this.#feed?.drained());
    const body = await readBody(request, this.#parts.requestLimits ?? REQUEST_LIMITS);
    if (this.#over || body === undefined) return this.#clientClosed();
    if (this.#method === undefined) {
      return this.end(GrpcCode.UNIMPLEMENTED, noMethodText(this.#exchange.path));
    }
    if (!body.ok) return this.end(body.error.code, body.error.message);
    const frame = checkRequest(body.value, this.#format, this.#method.input);
    if (!frame.ok) return this.end(frame.error.code, frame.error.message);
    if (!this.#armDeadline(headerOf(request, 'grpc-timeout'))) return;

    if (this.#method.path === FLOWS_PATH && this.#isFromBrowser) this.#keepAliveEvery();
    const leftMs = this.#deadlineAtMs - performance.now();
    this.#feed = this.#parts.fanOut.open(
      {
        method: this.#method,
        frame: frame.value,
        metadata: requestMetadata(request.headers, this.#isFromBrowser),
        timeoutMs: Number.isFinite(leftMs) ? leftMs : undefined,
      },
      this,
    );
  }

  started(headers: IncomingHttpHeaders): void {
    if (!this.#over) this.#down.start(responseMetadata(headers, this.#isFromBrowser));
  }

  batch(bytes: Buffer, frames: number): boolean {
    if (this.#over) return true;
    const { metrics } = this.#parts;
    metrics.framesPassed.inc(frames);
    metrics.bytesPassed.inc(bytes.length);
    metrics.batchesWritten.inc();
    this.#isQuiet = false;
    return this.#down.write(bytes);
  }

  ended(trailers: Metadata, torn: boolean): void {
    if (this.#over) return;
    if (torn) this.#down.abort();
    else this.#down.end(trailers);
    this.#settle(torn ? GrpcCode.INTERNAL : Number(trailers.get('grpc-status') ?? '2'));
  }

  /** Ends the call with a status of the gateway's own. */
  end(code: number, message: string): void {
    if (this.#over) return;
    const torn = this.#feed?.flush() ?? false;
    this.ended(statusTrailers(code, message), torn);
  }

  #armDeadline(text: string | undefined): boolean {
    if (text === undefined) return true;
    const ms = parseGrpcTimeout(text);
    if (ms === undefined) {
      this.end(GrpcCode.INVALID_ARGUMENT, `grpc-timeout "${text}" is not a time`);
      return false;
    }
    this.#deadlineAtMs = performance.now() + ms;
    // The longest delay a timer takes is 24.8 days; such a deadline is as good as none.
    if (ms < 2 ** 31) {
      this.#deadline = setTimeout(
        () => this.end(GrpcCode.DEADLINE_EXCEEDED, 'the deadline of the call has passed'),
        ms,
      );
    }
    return true;
  }

  /**
   * A stream of flows that says nothing is kept open by a message that says that nothing was lost: unlike a PING it
   * gets through every proxy. A client of plain gRPC has PINGs, and prints what it gets.
   */
  #keepAliveEvery(): void {
    this.#keepAlive = setInterval(() => {
      if (this.#isQuiet && this.#feed?.insideFrame === false && this.#down.bufferedBytes === 0) {
        this.#down.start(new Map());
        this.#down.write(encodeLostFrame(0, Date.now()));
      }
      this.#isQuiet = true;
    }, this.#parts.keepAliveMs ?? KEEP_ALIVE_MS);
  }

  #clientClosed(): void {
    if (!this.#over) this.#settle(GrpcCode.CANCELLED);
  }

  #settle(code: number): void {
    this.#over = true;
    clearTimeout(this.#deadline);
    clearInterval(this.#keepAlive);
    this.#feed?.leave();
    const { metrics, logger } = this.#parts;
    metrics.callsOpen.dec({ method: this.#name });
    metrics.callsEnded.inc({ method: this.#name, protocol: this.#format, code: grpcCodeName(code) });
    logger.debug({ method: this.#name, protocol: this.#format, code: grpcCodeName(code) }, 'call ended');
    this.#resolveDone();
  }
}
