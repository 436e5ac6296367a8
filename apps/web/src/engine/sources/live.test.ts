import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { encodeTrailerFrame, FRAME_HEADER_BYTES, writeFrameHeader } from '@finderscope/grpc-wire';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  type GetAgentEventsRequest,
  GetAgentEventsRequestSchema,
  GetAgentEventsResponseSchema,
} from '@finderscope/hubble-api';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Connection } from '../protocol.ts';
import type { TakeSlot } from '../session/env.ts';
import { fakeTime, type FakeTime } from '../test-support/fake-timers.ts';
import {
  type FlowServer,
  GRPC_WEB_HEADERS,
  type Script,
  startFlowServer,
} from '../test-support/flow-server.ts';
import { flowBytes, frames, numberedFlow } from '../test-support/flows.ts';
import { MAX_MESSAGE_BYTES } from './frame-scanner.ts';
import { LiveSource } from './live.ts';
import type { AgentTold, SourceSink } from './source.ts';

type Watched = {
  readonly source: LiveSource;
  readonly server: FlowServer;
  readonly time: FakeTime;
  readonly connections: Connection[];
  readonly messages: Uint8Array[];
  readonly counts: { oversized: number; bytes: number };
  /** Resolves when the condition holds; checked after every call of the source. */
  readonly until: (condition: () => boolean) => Promise<void>;
  resume: bigint | undefined;
  readonly resumed: bigint[];
  readonly bugs: unknown[];
  readonly events: AgentTold[];
  /** Called with every batch, before it is noted. */
  take: () => void;
};

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function watch(
  scripts: readonly Script[],
  fetchLike: typeof fetch = fetch,
  takeSlot?: TakeSlot,
): Promise<Watched> {
  const server = await startFlowServer(...scripts);
  const time = fakeTime();
  const waiting: { condition: () => boolean; resolve: () => void }[] = [];
  const notify = (): void => {
    for (const one of waiting.slice()) {
      if (!one.condition()) continue;
      waiting.splice(waiting.indexOf(one), 1);
      one.resolve();
    }
  };
  const connections: Connection[] = [];
  const messages: Uint8Array[] = [];
  const counts = { oversized: 0, bytes: 0 };
  const resumed: bigint[] = [];
  const bugs: unknown[] = [];
  const events: AgentTold[] = [];
  const sink: SourceSink = {
    messages: (bytes, spans, count) => {
      watched.take();
      for (let i = 0; i < count; i++) messages.push(bytes.slice(spans[i * 2], spans[i * 2 + 1]));
      notify();
    },
    oversized: (count) => {
      counts.oversized += count;
      notify();
    },
    bytesReceived: (count) => {
      counts.bytes += count;
    },
    reported: () => undefined,
    connection: (connection) => {
      connections.push(connection);
      notify();
    },
    resumeFrom: () => watched.resume,
    resuming: (sinceNs) => {
      resumed.push(sinceNs);
    },
    agents: {
      told: (told) => {
        events.push(...told);
        notify();
      },
      unread: () => undefined,
      resumeFrom: () => undefined,
    },
  };
  const source = new LiveSource(
    { kind: 'live', baseUrl: server.baseUrl, last: 500, fewConnections: takeSlot !== undefined },
    sink,
    {
      now: time.now,
      random: () => 0.5,
      after: time.after,
      fetch: (url, init) => fetchLike(url, init),
      failed: (error) => {
        bugs.push(error);
        notify();
      },
      takeSlot: takeSlot ?? (() => Promise.resolve(() => undefined)),
    },
  );
  const watched: Watched = {
    source,
    server,
    time,
    connections,
    messages,
    counts,
    until: (condition) =>
      condition() ? Promise.resolve() : new Promise((resolve) => waiting.push({ condition, resolve })),
    resume: undefined,
    resumed,
    bugs,
    events,
    take: () => undefined,
  };
  open.push(async () => {
    source.close();
    await server.close();
  });
  source.start();
  return watched;
}

function isDown(watched: Watched): () => boolean {
  return () => watched.connections.at(-1)?.state === 'disconnected';
}

const sent = [0, 1, 2, 3].map((n) => flowBytes(numberedFlow(n)));

describe('LiveSource', () => {
  it('asks for the newest flows, follows, and hands on messages as they come', async () => {
    const watched = await watch([
      (_, response) => {
        response.writeHead(200, GRPC_WEB_HEADERS);
        response.write(frames(...sent.slice(0, 3)));
        // the last message in two pieces, cut inside its header
        const last = frames(...sent.slice(3));
        response.write(last.subarray(0, 3));
        setImmediate(() => response.write(last.subarray(3)));
      },
    ]);
    await watched.until(() => watched.messages.length === 4);
    expect(watched.messages).toEqual(sent);
    expect(watched.counts.bytes).toBe(frames(...sent).length);
    expect(watched.server.requests[0]).toMatchObject({
      number: 500n,
      follow: true,
      whitelist: [],
      blacklist: [],
    });
    expect(watched.server.requests[0]?.since).toBeUndefined();
    expect(watched.connections.at(-1)).toMatchObject({ state: 'connected', serverVersion: '1.19.4' });
  });

  it('asks every second while other tabs hold all connections, and follows once one is free', async () => {
    let free = false;
    let released = 0;
    const watched = await watch(
      [
        (_, response) =>
          response
            .writeHead(200, GRPC_WEB_HEADERS)
            .end(Buffer.concat([frames(...sent.slice(0, 1)), encodeTrailerFrame(0)])),
        (_, response) =>
          response
            .writeHead(200, GRPC_WEB_HEADERS)
            .end(Buffer.concat([frames(...sent.slice(1, 2)), encodeTrailerFrame(0)])),
        (_, response) => response.writeHead(200, GRPC_WEB_HEADERS).write(frames(...sent.slice(2))),
      ],
      fetch,
      () => Promise.resolve(free ? () => void released++ : undefined),
    );
    await vi.waitFor(() => expect([watched.messages.length, watched.time.pending()]).toEqual([1, 1]));
    watched.resume = 5_000_000_000n;
    watched.time.advance(1000);
    await vi.waitFor(() => expect([watched.messages.length, watched.time.pending()]).toEqual([2, 1]));
    free = true;
    watched.time.advance(1000);
    await watched.until(() => watched.messages.length === 4);
    expect(watched.messages).toEqual(sent);
    expect(
      watched.server.requests.map(({ follow, number, since }) => [follow, number, since?.seconds]),
    ).toEqual([
      [false, 500n, undefined],
      [false, 0n, 3n],
      [true, 0n, 3n],
    ]);
    expect(watched.connections.map(({ state }) => state)).toEqual(['connecting', 'connected']);
    expect(released).toBe(0);
    watched.source.close();
    await vi.waitFor(() => expect(released).toBe(1));
  });

  it('reads a body that has no BYOB reader', async () => {
    const plain: typeof fetch = async (url, init) => {
      const response = await fetch(url, init);
      const reader = response.body?.getReader();
      const body = new ReadableStream({
        pull: async (controller) => {
          const read = await reader?.read();
          if (read?.value) controller.enqueue(read.value);
          else controller.close();
        },
      });
      return new Response(body, { headers: response.headers });
    };
    const watched = await watch(
      [
        (_, response) =>
          response
            .writeHead(200, GRPC_WEB_HEADERS)
            .end(Buffer.concat([frames(...sent), encodeTrailerFrame(0)])),
      ],
      plain,
    );
    await watched.until(isDown(watched));
    expect(watched.messages).toEqual(sent);
  });

  const ends: [string, Script, { code: string; reason: RegExp }][] = [
    [
      'a status in the closing frame',
      (_, response) =>
        response.writeHead(200, GRPC_WEB_HEADERS).end(encodeTrailerFrame(14, 'peers are gone')),
      { code: 'UNAVAILABLE', reason: /^peers are gone$/ },
    ],
    [
      'a status in the headers',
      (_, response) =>
        response
          .writeHead(200, { ...GRPC_WEB_HEADERS, 'grpc-status': '7', 'grpc-message': 'no%20entry' })
          .end(),
      { code: 'PERMISSION_DENIED', reason: /^no entry$/ },
    ],
    [
      'an end in good order',
      (_, response) =>
        response
          .writeHead(200, GRPC_WEB_HEADERS)
          .end(Buffer.concat([frames(...sent), encodeTrailerFrame(0)])),
      { code: 'OK', reason: /ended the stream/ },
    ],
    [
      'an HTTP error',
      (_, response) => response.writeHead(503, 'Service Unavailable').end('no healthy upstream'),
      { code: 'HTTP_503', reason: /503 Service Unavailable/ },
    ],
    [
      'a web page',
      (_, response) =>
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html>Log in</html>'),
      { code: 'NOT_GRPC_WEB', reason: /web page/ },
    ],
    [
      'JSON',
      (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
      { code: 'NOT_GRPC_WEB', reason: /JSON/ },
    ],
    [
      'plain gRPC',
      (_, response) => response.writeHead(200, { 'content-type': 'application/grpc' }).end(),
      { code: 'NOT_GRPC_WEB', reason: /plain gRPC/ },
    ],
    [
      'bytes that are no frames under the right type',
      (_, response) => response.writeHead(200, GRPC_WEB_HEADERS).end('<html>Bad gateway</html>'),
      { code: 'NOT_GRPC_WEB', reason: /does not start with a gRPC-web frame/ },
    ],
    [
      'a stream that ends between messages without a status',
      (_, response) => response.writeHead(200, GRPC_WEB_HEADERS).end(frames(...sent)),
      { code: 'TRUNCATED', reason: /without a status/ },
    ],
    [
      'a stream that ends inside a message',
      (_, response) => response.writeHead(200, GRPC_WEB_HEADERS).end(frames(...sent).subarray(0, 400)),
      { code: 'TRUNCATED', reason: /middle of a message/ },
    ],
    [
      'a connection that is cut',
      (_, response) => {
        response.writeHead(200, GRPC_WEB_HEADERS);
        response.write(frames(...sent), () => response.destroy());
      },
      { code: 'TRUNCATED', reason: /broke off/ },
    ],
    ['no HTTP at all', (_, response) => response.destroy(), { code: 'NETWORK', reason: /cannot be reached/ }],
  ];
  it.each(ends)('tells of %s and plans another try', async (_, script, { code, reason }) => {
    const watched = await watch([script]);
    await watched.until(isDown(watched));
    const last = watched.connections.at(-1);
    expect(last).toMatchObject({ state: 'disconnected', code, nextTryMs: watched.time.now() + 1000 });
    expect(last?.state === 'disconnected' ? last.reason : '').toMatch(reason);
  });

  it('comes back by itself, waiting longer each time, and resumes from before the newest flow', async () => {
    const watched = await watch([
      (_, response) => response.writeHead(502).end(),
      (_, response) => response.writeHead(502).end(),
      (_, response) => response.writeHead(200, GRPC_WEB_HEADERS).end(frames(...sent)),
      (_, response) => {
        response.writeHead(200, GRPC_WEB_HEADERS);
        response.flushHeaders();
      },
    ]);
    const waits = [1000, 1600, 1000];
    for (const [i, wait] of waits.entries()) {
      await watched.until(isDown(watched));
      const last = watched.connections.at(-1);
      expect(last?.state === 'disconnected' && last.nextTryMs).toBe(watched.time.now() + wait);
      if (i === 2) watched.resume = 1_700_000_003_500_000_000n;
      watched.time.advance(wait - 1);
      expect(watched.server.requests).toHaveLength(i + 1);
      watched.time.advance(1);
      expect(watched.connections.at(-1)?.state).toBe('connecting');
      await watched.until(() => watched.connections.at(-1)?.state !== 'connecting');
    }
    expect(watched.connections.at(-1)?.state).toBe('connected');
    expect(watched.server.requests[3]).toMatchObject({
      number: 0n,
      follow: true,
      since: { seconds: 1_700_000_001n, nanos: 500_000_000 },
    });
    expect(watched.resumed).toEqual([1_700_000_001_500_000_000n]);
  });

  it('tries at once when asked to', async () => {
    const watched = await watch([
      (_, response) => response.writeHead(502).end(),
      (_, response) => response.writeHead(200, GRPC_WEB_HEADERS).flushHeaders(),
    ]);
    await watched.until(isDown(watched));
    watched.source.retry();
    await watched.until(() => watched.connections.at(-1)?.state === 'connected');
    expect(watched.time.pending()).toBe(0);
  });

  it('counts a message above the limit and goes on with the next', async () => {
    const header = new Uint8Array(FRAME_HEADER_BYTES);
    writeFrameHeader(header, 0, MAX_MESSAGE_BYTES + 1);
    const huge = Buffer.concat([header, new Uint8Array(MAX_MESSAGE_BYTES + 1)]);
    const watched = await watch([
      (_, response) => {
        response.writeHead(200, GRPC_WEB_HEADERS);
        response.write(Buffer.concat([frames(sent[0]!), huge, frames(sent[1]!)]));
      },
    ]);
    await watched.until(() => watched.messages.length === 2 && watched.counts.oversized === 1);
    expect(watched.messages).toEqual(sent.slice(0, 2));
  });

  it('tells of a bug in whoever takes the messages as a bug, not as a lost connection', async () => {
    const bug = new Error('assertion failed');
    let socket: ServerResponse | undefined;
    const watched = await watch([
      (_, response) => {
        socket = response;
        response.writeHead(200, GRPC_WEB_HEADERS);
        response.write(frames(sent[0]!));
      },
    ]);
    await watched.until(() => watched.messages.length === 1);
    watched.take = () => {
      throw bug;
    };
    const isGone = once(socket!, 'close');
    socket?.write(frames(sent[1]!));
    await watched.until(() => watched.bugs.length > 0 || isDown(watched)());
    expect(watched.bugs).toEqual([bug]);
    expect(watched.connections.map(({ state }) => state)).toEqual(['connecting', 'connected']);
    await isGone;
    expect(watched.time.pending()).toBe(0);
  });

  it('gives its slot back when there is a bug, and tells of a slot that cannot be asked for', async () => {
    let released = 0;
    const script: Script = (_, response) => response.writeHead(200, GRPC_WEB_HEADERS).write(frames(sent[0]!));
    const watched = await watch([script], fetch, () => Promise.resolve(() => void released++));
    watched.take = () => {
      throw new Error('assertion failed');
    };
    await watched.until(() => watched.bugs.length > 0);
    expect(released).toBe(1);
    const refused = new Error('no slots');
    const other = await watch([script], fetch, () => Promise.reject(refused));
    await other.until(() => other.bugs.length > 0);
    expect(other.bugs).toEqual([refused]);
  });

  it('says nothing any more once it is closed', async () => {
    const watched = await watch([
      (_, response) => {
        response.writeHead(200, GRPC_WEB_HEADERS);
        response.write(frames(...sent));
      },
    ]);
    await watched.until(() => watched.messages.length === 4);
    const before = watched.connections.length;
    watched.source.close();
    await watched.server.close();
    open.length = 0;
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    expect(watched.connections).toHaveLength(before);
    expect(watched.time.pending()).toBe(0);
  });
});

describe('what an agent tells of itself', () => {
  const AGENT_HEADERS = {
    'content-type': GRPC_WEB_HEADERS['content-type'],
    'hubble-server-version': '1.19.4',
  };
  const event = toBinary(
    GetAgentEventsResponseSchema,
    create(GetAgentEventsResponseSchema, { nodeName: 'w', agentEvent: { type: 3 } }),
  );
  const askedOf = ({ server }: Watched): GetAgentEventsRequest =>
    fromBinary(GetAgentEventsRequestSchema, server.calls[1]?.message ?? new Uint8Array());
  const flows: Script = (_, response) => {
    response.writeHead(200, AGENT_HEADERS);
    response.write(frames(flowBytes(numberedFlow(1))));
  };

  it('is read beside its flows, all that its ring holds, and ends with them', async () => {
    let isLeft = false;
    const watched = await watch([
      flows,
      (_, response) => {
        response.writeHead(200, AGENT_HEADERS);
        response.write(frames(event));
        response.on('close', () => {
          isLeft = true;
        });
      },
    ]);
    await watched.until(() => watched.events.length === 1);
    expect(watched.server.calls.map(({ path }) => path)).toEqual([
      '/sub/path/observer.Observer/GetFlows',
      '/sub/path/observer.Observer/GetAgentEvents',
    ]);
    expect(askedOf(watched)).toMatchObject({ follow: true, number: 0n, since: { seconds: 0n } });
    watched.source.close();
    await vi.waitFor(() => expect(isLeft).toBe(true));
  });

  it('is not asked of Relay, and not again of who does not offer it', async () => {
    const relay = await watch([
      (_, response) => {
        response.writeHead(200, GRPC_WEB_HEADERS);
        response.write(frames(flowBytes(numberedFlow(1))));
      },
    ]);
    await relay.until(() => relay.messages.length === 1);
    expect(relay.server.calls).toHaveLength(1);
    const old = await watch([
      flows,
      (_, response) => {
        response.writeHead(200, AGENT_HEADERS);
        response.end(encodeTrailerFrame(12, 'unknown method'));
      },
    ]);
    await vi.waitFor(() => expect(old.server.calls).toHaveLength(2));
    old.time.advance(60_000);
    await old.until(() => old.messages.length === 1);
    expect(old.time.pending()).toBe(0);
    expect(old.server.calls).toHaveLength(2);
  });

  it('is asked for now and then where connections are few', async () => {
    const watched = await watch(
      [
        flows,
        (_, response) => {
          response.writeHead(200, AGENT_HEADERS);
          response.write(frames(event));
          response.end(encodeTrailerFrame(0, ''));
        },
      ],
      fetch,
      () => Promise.resolve(() => undefined),
    );
    await watched.until(() => watched.events.length === 1);
    expect(askedOf(watched)).toMatchObject({ follow: false, since: { seconds: 0n } });
    await vi.waitFor(() => expect(watched.time.pending()).toBe(1));
    watched.time.advance(5000);
    await watched.until(() => watched.events.length === 2);
  });
});
