// What one agent tells of itself: observer.Observer/GetAgentEvents, read beside its flows. Relay does not offer it, so
// this is asked only of a server that says that it is an agent. A call that ends is made again, from where it ended;
// one that the server does not offer or allow is not.

import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { GetAgentEventsRequestSchema, GetAgentEventsResponseSchema } from '@finderscope/hubble-api';
import type { LiveSpec } from '../protocol.ts';
import type { SessionEnv } from '../session/env.ts';
import type { StreamEnd } from './answer-check.ts';
import { Backoff } from './backoff.ts';
import { readStream, timestampOf } from './flow-stream.ts';
import { agentTold } from './agent-told.ts';
import type { AgentSink, AgentTold, SourceSink } from './source.ts';

const GET_AGENT_EVENTS = '/observer.Observer/GetAgentEvents';
/** Where tabs share few connections none is kept for these: they are asked for so often. */
const POLL_MS = 5000;
/** The answer would be the same the next time. */
const FINAL: ReadonlySet<string> = new Set(['UNIMPLEMENTED', 'PERMISSION_DENIED', 'UNAUTHENTICATED']);

type EventsSink = Pick<SourceSink, 'agents' | 'bytesReceived'>;
type EventsEnv = Pick<SessionEnv, 'fetch' | 'after' | 'random' | 'failed'>;

/** Reads until the function it answers with is called. */
export function followAgentEvents(spec: LiveSpec, sink: EventsSink, env: EventsEnv): () => void {
  const follow = spec.fewConnections !== true;
  const backoff = new Backoff(env.random);
  let isOver = false;
  let abort = new AbortController();
  let wake: (() => void) | undefined;

  function ask(): Promise<StreamEnd> {
    abort = new AbortController();
    // The whole ring at first: it keeps few of these among its flows.
    const since = timestampOf(sink.agents.resumeFrom() ?? 0n);
    const request = toBinary(
      GetAgentEventsRequestSchema,
      create(GetAgentEventsRequestSchema, { since, follow }),
    );
    return readStream(
      `${spec.baseUrl}${GET_AGENT_EVENTS}`,
      request,
      {
        opened: () => undefined,
        messages: (bytes, spans, count) => {
          backoff.reset();
          hand(sink.agents, bytes, spans, count);
        },
        oversized: sink.agents.unread,
        bytesReceived: sink.bytesReceived,
      },
      env,
      abort,
    );
  }

  async function run(): Promise<void> {
    for (;;) {
      const end = await ask();
      if (isOver || FINAL.has(end.code)) return;
      const waitMs = !follow && end.code === 'OK' ? POLL_MS : backoff.next();
      await new Promise<void>((resolve) => {
        const cancel = env.after(waitMs, resolve);
        wake = () => {
          cancel();
          resolve();
        };
      });
      if (isOver) return;
    }
  }
  run().catch(env.failed);
  return () => {
    isOver = true;
    abort.abort();
    wake?.();
  };
}

function hand(sink: AgentSink, bytes: Uint8Array, spans: Uint32Array, count: number): void {
  const events: AgentTold[] = [];
  let unread = 0;
  for (let i = 0; i < count; i++) {
    try {
      const message = bytes.subarray(spans[i * 2], spans[i * 2 + 1]);
      const told = agentTold(fromBinary(GetAgentEventsResponseSchema, message));
      if (told === undefined) unread++;
      else events.push(told);
    } catch {
      unread++;
    }
  }
  if (events.length > 0) sink.told(events);
  if (unread > 0) sink.unread(unread);
}
