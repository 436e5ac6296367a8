// The live source: observer.Observer/GetFlows over fetch, followed for ever. When the stream ends, for whatever reason,
// it is opened again after a wait, from the time of the newest flow on; the session drops what comes twice.
//
//   connecting -> connected -> disconnected(next try) -> connecting ...
//
// Where connections are few and other tabs hold them all, it asks for what is new every second instead, until one is
// free. For whoever looks at the flows that is the same: connected, and nothing missing or twice.
//
// Where the server is an agent, what it tells of itself is read beside its flows.

import type { FilterLists } from '@finderscope/flow-query';
import type { LiveSpec } from '../protocol.ts';
import type { SessionEnv } from '../session/env.ts';
import type { StreamEnd } from './answer-check.ts';
import { Backoff } from './backoff.ts';
import { type FlowRequest, readFlowStream, timestampOf } from './flow-stream.ts';
import type { Source, SourceSink } from './source.ts';

const NANOS_PER_S = 1_000_000_000n;
/**
 * Resuming starts this much before the newest flow: Relay sorts what its nodes send only over about a second, so
 * flows a little older than the newest may not have been sent yet.
 */
const RESUME_SLACK_NS = 2n * NANOS_PER_S;

/** Between two questions while there is no connection to keep. */
const POLL_MS = 1000;

type LiveEnv = Pick<SessionEnv, 'now' | 'random' | 'after' | 'fetch' | 'takeSlot' | 'failed'>;

const CANCELLED: StreamEnd = { code: 'CANCELLED', reason: '' };
const EVERYTHING: FilterLists = { allow: [], deny: [] };

/** What to ask for: the newest flows first, or everything since the break, of what the filter lets through. */
export function buildRequest(
  spec: LiveSpec,
  sinceNs: bigint | undefined,
  { allow, deny }: FilterLists = EVERYTHING,
): FlowRequest {
  const filters = { whitelist: [...allow], blacklist: [...deny] };
  if (sinceNs === undefined) return { ...filters, number: BigInt(spec.last), follow: true };
  return { ...filters, follow: true, since: timestampOf(sinceNs) };
}

export class LiveSource implements Source {
  readonly #spec: LiveSpec;
  readonly #sink: SourceSink;
  readonly #env: LiveEnv;
  readonly #backoff: Backoff;
  #abort = new AbortController();
  #cancelTimer: (() => void) | undefined;
  #isClosed = false;
  #isStarted = false;
  #filter = EVERYTHING;
  /** Ends the reading of agent events; undefined while there is none. */
  #endEvents: (() => void) | undefined;
  /** Set while a stream is ended only to be opened again at once. */
  #isReopening = false;

  constructor(spec: LiveSpec, sink: SourceSink, env: LiveEnv) {
    this.#spec = spec;
    this.#sink = sink;
    this.#env = env;
    this.#backoff = new Backoff(env.random);
  }

  start(): void {
    this.#isStarted = true;
    this.#open();
  }

  retry(): void {
    if (this.#isClosed || this.#cancelTimer === undefined) return;
    this.#cancelTimer();
    this.#cancelTimer = undefined;
    this.#backoff.reset();
    this.#open();
  }

  push(filter: FilterLists): void {
    this.#filter = filter;
    // Whatever is planned will ask with the new filter; only a stream that is there must go.
    if (this.#isClosed || this.#cancelTimer !== undefined || !this.#isStarted) return;
    this.#isReopening = true;
    this.#abort.abort();
  }

  stop(): void {
    // A stream is paused by the page, which reads on.
  }

  report(): undefined {
    return undefined;
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#abort.abort();
    this.#stopEvents();
  }

  #resumeFrom(): bigint | undefined {
    const newest = this.#sink.resumeFrom();
    return newest === undefined ? undefined : newest - RESUME_SLACK_NS;
  }

  /** Connects; a bug on the way, in whoever takes what comes, ends the source: another try would meet it again. */
  #open(): void {
    this.#connect().catch((error: unknown) => {
      this.close();
      this.#env.failed(error);
    });
  }

  async #connect(): Promise<void> {
    this.#abort = new AbortController();
    this.#isReopening = false;
    this.#sink.connection({ state: 'connecting', sinceMs: this.#env.now() });
    const end = await this.#read();
    this.#stopEvents();
    if (this.#isClosed) return;
    if (this.#isReopening) {
      this.#open();
      return;
    }
    const waitMs = this.#backoff.next();
    const now = this.#env.now();
    this.#cancelTimer = this.#env.after(waitMs, () => {
      this.#cancelTimer = undefined;
      this.#open();
    });
    this.#sink.connection({
      state: 'disconnected',
      sinceMs: now,
      code: end.code,
      reason: end.reason,
      nextTryMs: now + waitMs,
      resumeFromNs: this.#resumeFrom(),
    });
  }

  /** Follows, from the first slot on that is free; until then asks again and again. Resolves when that has failed. */
  async #read(): Promise<StreamEnd> {
    let isFirst = true;
    for (;;) {
      const release = this.#spec.fewConnections === true ? await this.#env.takeSlot() : () => undefined;
      if (this.#isClosed || this.#isReopening) {
        release?.();
        return CANCELLED;
      }
      const end = await this.#ask(release !== undefined, isFirst).finally(release);
      isFirst = false;
      if (release !== undefined || end.code !== 'OK' || this.#isClosed || this.#isReopening) return end;
      await this.#pause();
    }
  }

  /** One call, to its end: one that follows, or one for what is there. */
  #ask(follow: boolean, isFirst: boolean): Promise<StreamEnd> {
    const since = this.#resumeFrom();
    if (since !== undefined) this.#sink.resuming(since);
    return this.#stream({ ...buildRequest(this.#spec, since, this.#filter), follow }, isFirst);
  }

  /** Until it is time to ask again, or something has ended the stream. */
  #pause(): Promise<void> {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    return new Promise((resolve) => {
      const cancel = this.#env.after(POLL_MS, resolve);
      signal.addEventListener('abort', () => {
        cancel();
        resolve();
      });
    });
  }

  #stream(request: FlowRequest, tellsOpen: boolean): Promise<StreamEnd> {
    const sink = this.#sink;
    return readFlowStream(
      this.#spec.baseUrl,
      request,
      {
        opened: (serverVersion, isAgent) => {
          if (isAgent) this.#followEvents();
          if (tellsOpen) sink.connection({ state: 'connected', sinceMs: this.#env.now(), serverVersion });
        },
        messages: (bytes, spans, count) => {
          this.#backoff.reset();
          sink.messages(bytes, spans, count);
        },
        oversized: sink.oversized,
        bytesReceived: sink.bytesReceived,
      },
      this.#env,
      this.#abort,
    );
  }

  /** As long as there are flows. What reads them is fetched when the first agent is met. */
  #followEvents(): void {
    if (this.#endEvents !== undefined) return;
    let end: (() => void) | undefined;
    let isOver = false;
    this.#endEvents = () => {
      isOver = true;
      end?.();
    };
    const follow = async (): Promise<void> => {
      // A server that has just gone away is no bug: its stream ends as well, and the next one that opens tries again.
      const code = await import('./agent-events.ts').catch(() => undefined);
      if (isOver) return;
      if (code === undefined) this.#endEvents = undefined;
      else end = code.followAgentEvents(this.#spec, this.#sink, this.#env);
    };
    follow().catch(this.#env.failed);
  }

  #stopEvents(): void {
    this.#endEvents?.();
    this.#endEvents = undefined;
  }
}
