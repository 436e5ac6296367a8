import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { create, fromBinary, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { encodeFrame, FLAG_TRAILERS, readFrames } from '@finderscope/grpc-wire';
import {
  FlowSchema,
  type GetFlowsRequest,
  GetFlowsRequestSchema,
  type GetFlowsResponse,
  GetFlowsResponseSchema,
  LostEventSource,
  NodeState,
} from '@finderscope/hubble-api';
import { describe, expect, test, vi } from 'vitest';
import type { Gateway, GatewayExtras } from '../gateway.ts';
import { callGrpc, openRequest } from '../testing/clients.ts';
import { type FakeRelay, type RelayCall, sendMessages, sendTrailers } from '../testing/fake-relay.ts';
import { setUp } from '../testing/gateway-and-relay.ts';
import { LOST_AT } from './lost-frame.ts';

const GET_FLOWS = 'observer.Observer/GetFlows';
const START_S = 1_700_000_000n;

/** A flow that says its number and happened so many seconds after the start. */
function flow(number: number, atS = number, padding = 0): Uint8Array {
  const time = { seconds: START_S + BigInt(atS), nanos: 0 };
  return toBinary(
    GetFlowsResponseSchema,
    create(GetFlowsResponseSchema, {
      nodeName: 'node',
      time,
      responseTypes: {
        case: 'flow',
        value: create(FlowSchema, { uuid: `${number}`, time, Summary: 'x'.repeat(padding) }),
      },
    }),
  );
}

function flows(from: number, to: number): Uint8Array[] {
  return Array.from({ length: to - from }, (_, i) => flow(from + i));
}

type Asked = MessageInitShape<typeof GetFlowsRequestSchema>;

const FOLLOW = { follow: true, number: 4095n };

function encode(request: Asked): Uint8Array {
  return toBinary(GetFlowsRequestSchema, create(GetFlowsRequestSchema, request));
}

function requestOf({ body }: RelayCall): GetFlowsRequest {
  return fromBinary(GetFlowsRequestSchema, body.subarray(5));
}

/** A viewer over HTTP/1.1; what it has read so far as flow numbers, 'lost n' and 'status n'. */
class Viewer {
  readonly seen: string[] = [];
  readonly response: IncomingMessage;
  #rest: Buffer = Buffer.alloc(0);

  constructor(response: IncomingMessage) {
    this.response = response;
    response.on('data', (chunk: Buffer) => this.#take(chunk));
  }

  static async open(gateway: Gateway, request: Asked = FOLLOW): Promise<Viewer> {
    return new Viewer(await openRequest(gateway.url, GET_FLOWS, encode(request)));
  }

  /** Resolves when that was the last thing to arrive. */
  async until(last: string): Promise<void> {
    while (this.seen.at(-1) !== last) await once(this.response, 'data');
  }

  #take(chunk: Buffer): void {
    const bytes = Buffer.concat([this.#rest, chunk]);
    const { frames, restBytes } = readFrames(bytes);
    this.#rest = bytes.subarray(bytes.length - restBytes);
    for (const { flags, message } of frames) {
      if ((flags & FLAG_TRAILERS) === 0) this.seen.push(nameOf(fromBinary(GetFlowsResponseSchema, message)));
      else this.seen.push(/grpc-status: *(\d+)/.exec(Buffer.from(message).toString())?.[1] ?? 'no status');
    }
  }
}

function nameOf({ responseTypes, nodeName }: GetFlowsResponse): string {
  const { case: kind, value } = responseTypes;
  if (kind === 'flow') return value.uuid;
  if (kind === 'nodeStatus') return `${NodeState[value.stateChange]} ${value.nodeNames.join(' ')}`;
  if (kind !== 'lostEvents') return 'something else';
  return nodeName === LOST_AT ? `lost ${value.numEventsLost}` : `lost ${value.numEventsLost} by ${nodeName}`;
}

/** What is told beside flows, by a node. */
function notice(responseTypes: MessageInitShape<typeof GetFlowsResponseSchema>['responseTypes']): Uint8Array {
  return toBinary(
    GetFlowsResponseSchema,
    create(GetFlowsResponseSchema, { nodeName: 'node', responseTypes: responseTypes! }),
  );
}

function lostEvents(count: number): Uint8Array {
  const source = LostEventSource.PERF_EVENT_RING_BUFFER;
  return notice({ case: 'lostEvents', value: { source, numEventsLost: BigInt(count) } });
}

function nodeStatus(stateChange: NodeState, ...nodeNames: string[]): Uint8Array {
  return notice({ case: 'nodeStatus', value: { stateChange, nodeNames } });
}

const names = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, i) => `${from + i}`);

/** A relay that keeps followers open and answers everything else with what `history` says. */
function setUpRelay(
  history: () => readonly Uint8Array[],
  extras: GatewayExtras = {},
): Promise<{ readonly relay: FakeRelay; readonly gateway: Gateway }> {
  return setUp(
    (call) => {
      if (requestOf(call).follow) sendMessages(call.stream, []);
      else {
        sendMessages(call.stream, history());
        sendTrailers(call.stream);
      }
    },
    [],
    extras,
  );
}

/** The streams that follow, in the order in which they were asked for. */
function followers(relay: FakeRelay): RelayCall[] {
  return relay.calls.filter((call) => requestOf(call).follow);
}

function onlyFollower(relay: FakeRelay): RelayCall {
  const [call, ...others] = followers(relay);
  expect(others).toEqual([]);
  if (call === undefined) throw new Error('nobody follows');
  return call;
}

describe('sharing a stream', () => {
  test('a second viewer gets its own history and then what is new, nothing twice, nothing missing', async () => {
    // The ring of the node: 0..9 when the second one comes; the stream lags and has sent 0..6 then.
    const { relay, gateway } = await setUpRelay(() => flows(2, 10));
    const first = await Viewer.open(gateway);
    const { stream } = onlyFollower(relay);
    sendMessages(stream, flows(0, 7));
    await first.until('6');

    const second = await Viewer.open(gateway);
    await second.until('9');
    sendMessages(stream, flows(7, 12));
    await Promise.all([first.until('11'), second.until('11')]);

    expect(first.seen).toEqual(names(0, 12));
    expect(second.seen).toEqual(names(2, 12));
    expect(relay.calls).toHaveLength(2);
    expect(requestOf(relay.calls[1]!)).toMatchObject({ follow: false, number: 4095n });
  });

  test('what the stream brings while the history runs comes after it', async () => {
    let endHistory: (() => void) | undefined;
    const { relay, gateway } = await setUp((call) => {
      sendMessages(call.stream, requestOf(call).follow ? flows(0, 3) : flows(0, 2));
      if (requestOf(call).follow) return;
      endHistory = () => {
        sendMessages(call.stream, flows(2, 4));
        sendTrailers(call.stream);
      };
    });
    const first = await Viewer.open(gateway);
    await first.until('2');
    const second = await Viewer.open(gateway);
    await second.until('1');
    sendMessages(followers(relay)[0]!.stream, flows(3, 6));
    await first.until('5');
    expect(second.seen).toEqual(names(0, 2));
    endHistory?.();
    await second.until('5');
    expect(second.seen).toEqual(names(0, 6));
  });

  test('two alike events are two events', async () => {
    const { relay, gateway } = await setUpRelay(() => [flow(1), flow(1)]);
    const first = await Viewer.open(gateway);
    const { stream } = onlyFollower(relay);
    sendMessages(stream, [flow(0)]);
    await first.until('0');
    const second = await Viewer.open(gateway);
    await second.until('1');
    sendMessages(stream, [flow(1), flow(1), flow(1), flow(2)]);
    await second.until('2');
    expect(second.seen).toEqual(['1', '1', '1', '2']);
  });

  test('viewers that resume from different times share, and none gets what is older than it asked for', async () => {
    const { relay, gateway } = await setUpRelay(() => flows(5, 8));
    const since = (atS: number): Asked => ({
      follow: true,
      since: { seconds: START_S + BigInt(atS) },
    });
    const first = await Viewer.open(gateway, since(0));
    const { stream } = onlyFollower(relay);
    sendMessages(stream, flows(0, 3));
    await first.until('2');
    const second = await Viewer.open(gateway, since(5));
    await second.until('7');
    sendMessages(stream, flows(3, 10));
    await Promise.all([first.until('9'), second.until('9')]);
    expect(first.seen).toEqual(names(0, 10));
    expect(second.seen).toEqual(names(5, 10));
  });

  test('viewers that come before anything has arrived need no history', async () => {
    const { relay, gateway } = await setUpRelay(() => []);
    const viewers = await Promise.all(Array.from({ length: 20 }, () => Viewer.open(gateway)));
    sendMessages(onlyFollower(relay).stream, flows(0, 5));
    await Promise.all(viewers.map((viewer) => viewer.until('4')));
    for (const viewer of viewers) expect(viewer.seen).toEqual(names(0, 5));
    expect(relay.calls).toHaveLength(1);
  });

  test('a viewer that leaves takes nothing from the others; the last one ends the stream', async () => {
    const { relay, gateway } = await setUpRelay(() => []);
    const [first, second] = [await Viewer.open(gateway), await Viewer.open(gateway)];
    const { stream } = onlyFollower(relay);
    first.response.destroy();
    await vi.waitFor(async () =>
      expect(await gateway.metrics.registry.metrics()).toContain('finderscope_gateway_viewers_sharing 1'),
    );
    sendMessages(stream, flows(0, 2));
    await second.until('1');
    second.response.destroy();
    await vi.waitFor(() => expect(stream.closed).toBe(true));
    await Viewer.open(gateway);
    expect(followers(relay)).toHaveLength(2);
  });

  test('the end of the stream is the end of each viewer, with its status', async () => {
    const { relay, gateway } = await setUpRelay(() => []);
    const viewers = [await Viewer.open(gateway), await Viewer.open(gateway)];
    const { stream } = onlyFollower(relay);
    sendMessages(stream, [flow(0)]);
    sendTrailers(stream, { 'grpc-status': '14', 'grpc-message': 'gone' });
    await Promise.all(viewers.map((viewer) => viewer.until('14')));
    for (const viewer of viewers) expect(viewer.seen).toEqual(['0', '14']);
  });

  test('a history that fails ends its viewer alone', async () => {
    const { relay, gateway } = await setUp((call) => {
      if (requestOf(call).follow) sendMessages(call.stream, [flow(0)]);
      else {
        call.stream.respond(
          { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': '8' },
          { endStream: true },
        );
      }
    });
    const first = await Viewer.open(gateway);
    await first.until('0');
    const second = await Viewer.open(gateway);
    await second.until('8');
    sendMessages(followers(relay)[0]!.stream, [flow(1)]);
    await first.until('1');
    expect(first.seen).toEqual(['0', '1']);
  });

  test('not alike: filters, numbers, credentials, and whatever ends or leaves fields out', async () => {
    const { relay, gateway } = await setUp((call) => {
      sendMessages(call.stream, [flow(0)]);
      if (!requestOf(call).follow || call.headers['authorization'] !== undefined) sendTrailers(call.stream);
    });
    const asked: Asked[] = [
      FOLLOW,
      { follow: true, number: 1000n },
      { follow: true, number: 20n },
      { follow: true, number: 20n },
      { follow: true },
      { ...FOLLOW, whitelist: [{ sourcePod: ['a/'] }] },
      { ...FOLLOW, fieldMask: { paths: ['verdict'] } },
      { number: 4095n },
    ];
    for (const request of asked) await Viewer.open(gateway, request);
    await callGrpc(gateway.url, `/${GET_FLOWS}`, encode(FOLLOW), { authorization: 'Basic x' });
    expect(relay.calls.map((call) => call.body)).toEqual(
      [...asked, FOLLOW].map((request) => Buffer.from(encodeFrame(encode(request)))),
    );
  });
});

test('a silent stream shows that it lives, and a busy one gets nothing that it did not ask for', async () => {
  const { relay, gateway } = await setUpRelay(() => [], { clientKeepAliveMs: 20 });
  const viewer = await Viewer.open(gateway);
  await viewer.until('lost 0');
  sendMessages(onlyFollower(relay).stream, [flow(1)]);
  await viewer.until('1');
  await viewer.until('lost 0');
  expect(new Set(viewer.seen)).toEqual(new Set(['lost 0', '1']));
});

describe('a slow viewer', () => {
  const RING = { streamBytes: 1024 * 1024, totalBytes: 8 * 1024 * 1024 };
  const PADDING = 8 * 1024;

  test('fifty viewers, one stopped dead: nobody else notices, and it is told how much it has missed', async () => {
    const { relay, gateway } = await setUpRelay(() => [], { ringLimits: RING });
    const slow = await openRequest(gateway.url, GET_FLOWS, encode(FOLLOW));
    slow.pause();
    const viewers = await Promise.all(Array.from({ length: 49 }, () => Viewer.open(gateway)));
    const { stream } = onlyFollower(relay);
    const total = 2000;
    let peak = 0;
    let latePeak = 0;
    for (let i = 0; i < total; i += 100) {
      sendMessages(
        stream,
        Array.from({ length: 100 }, (_, k) => flow(i + k, i + k, PADDING)),
      );
      await Promise.all(viewers.map((viewer) => viewer.until(`${i + 99}`)));
      const text = await gateway.metrics.registry.metrics();
      const buffered = Number(/buffered_bytes (\d+)/.exec(text)?.[1]);
      peak = Math.max(peak, buffered);
      if (i >= total / 2) latePeak = Math.max(latePeak, buffered);
    }
    for (const viewer of viewers) expect(viewer.seen).toEqual(names(0, total));
    expect(peak).toBeGreaterThan(0);
    // The ring, and for each viewer what its socket is being handed.
    expect(peak).toBeLessThan(RING.streamBytes + 50 * 128 * 1024);
    // It has been moved on once; since then little is kept for it beside what its socket was being handed.
    expect(latePeak).toBeLessThan(RING.streamBytes / 4);

    const woken = new Viewer(slow);
    slow.resume();
    sendMessages(stream, [flow(total)]);
    await woken.until(`${total}`);
    const lost = woken.seen
      .filter((name) => name.startsWith('lost'))
      .reduce((sum, name) => sum + Number(name.slice(5)), 0);
    const got = woken.seen.filter((name) => !name.startsWith('lost'));
    expect(lost).toBeGreaterThan(0);
    expect(got.length + lost).toBe(total + 1);
    expect(got).toEqual([...new Set(got)].toSorted((a, b) => Number(a) - Number(b)));
    expect(await gateway.metrics.registry.metrics()).toContain(`frames_skipped_total ${lost}`);
  }, 60_000);

  test('is told of what nodes had lost and of their states, which are no flows', async () => {
    const { relay, gateway } = await setUpRelay(() => [], { ringLimits: RING });
    const slow = await openRequest(gateway.url, GET_FLOWS, encode(FOLLOW));
    slow.pause();
    const fast = await Viewer.open(gateway);
    const { stream } = onlyFollower(relay);
    const notices = [
      nodeStatus(NodeState.NODE_CONNECTED, 'a', 'b'),
      lostEvents(300),
      nodeStatus(NodeState.NODE_UNAVAILABLE, 'a'),
      nodeStatus(NodeState.NODE_UNAVAILABLE, 'b'),
      lostEvents(7),
      nodeStatus(NodeState.NODE_UNAVAILABLE, 'a'),
      nodeStatus(NodeState.NODE_CONNECTED, 'a'),
    ];
    const total = 2000;
    const pace = 100;
    for (let i = 0; i < total; i += pace) {
      // What is told comes when the slow viewer takes nothing any more.
      if (i === total / 2) sendMessages(stream, notices);
      sendMessages(
        stream,
        Array.from({ length: pace }, (_, k) => flow(i + k, i + k, PADDING)),
      );
      await fast.until(`${i + pace - 1}`);
    }
    const woken = new Viewer(slow);
    slow.resume();
    sendMessages(stream, [flow(total)]);
    await woken.until(`${total}`);

    const flowsGot = woken.seen.filter((name) => /^\d+$/.test(name)).length;
    const own = woken.seen.flatMap((name) => /^lost (\d+)$/.exec(name)?.[1] ?? []).map(Number);
    expect(flowsGot + own.reduce((sum, count) => sum + count, 0)).toBe(total + 1);
    expect(woken.seen.filter((name) => name.endsWith(' by node'))).toEqual(['lost 307 by node']);
    expect(woken.seen.filter((name) => name.startsWith('NODE'))).toEqual([
      'NODE_CONNECTED a b',
      'NODE_UNAVAILABLE b',
      'NODE_UNAVAILABLE a',
      'NODE_CONNECTED a',
    ]);
  }, 60_000);
});
