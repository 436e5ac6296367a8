import { create, toBinary } from '@bufbuild/protobuf';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { FlowSchema, GetFlowsResponseSchema, LostEventSource } from '@finderscope/hubble-api';
import { describe, expect, it } from 'vitest';
import { CELL, REAL } from '../schema/columns.ts';
import { expectRow } from '../test-support/expect-row.ts';
import {
  appendAll,
  batchOf,
  clusterMessages,
  flowOf,
  responseAround,
  responseOf,
  clusterResponse,
  encode,
  flowResponse,
  randomResponse,
} from '../test-support/messages.ts';
import { seededRandom } from '../test-support/random-message.ts';
import { FlowStore } from './flow-store.ts';

/** Rows held, every `step`th, say what their own raw bytes say. */
function expectRowsMatchRaw(store: FlowStore, step = 11): void {
  const { table } = store;
  for (let id = table.oldest; id < table.next; id += step) {
    const raw = store.raw(id & table.mask);
    if (raw) expectRow(store, id & table.mask, responseOf(raw));
  }
}

describe('decoding into columns', () => {
  it.each([1, 2, 3, 4])('agrees with fromBinary on every column of random flows, seed %i', (seed) => {
    const random = seededRandom(seed);
    const store = new FlowStore({}, seed);
    const messages = Array.from({ length: 300 }, () => encode(randomResponse(random)));
    for (let i = 0; i < messages.length; i += 37) appendAll(store, messages.slice(i, i + 37));
    expect(store.counts).toEqual({ held: 300, evicted: 0, duplicate: 0, malformed: 0 });
    for (const [slot, message] of messages.entries()) {
      expectRow(store, slot, responseOf(message));
      expect(store.raw(slot)).toEqual(message);
    }
  });

  it('merges a message that comes in pieces, as protobuf asks, wherever the pieces lie', () => {
    const random = seededRandom(9);
    for (let i = 0; i < 200; i++) {
      const parts = [0, 1, 2].map(() => {
        const { responseTypes } = randomResponse(random);
        return responseTypes.case === 'flow' ? toBinary(FlowSchema, responseTypes.value) : new Uint8Array(0);
      });
      // Time and reply are scalars or wrappers that merge field by field; the store must agree on all of it.
      const whole = responseAround(...parts);
      const store = new FlowStore({}, 1);
      appendAll(store, [whole]);
      expect(store.counts.held).toBe(1);
      expectRow(store, 0, responseOf(whole));
    }
  });

  it('keeps numbers that this build has no names for', () => {
    const store = new FlowStore();
    appendAll(store, [
      flowResponse({
        verdict: 99 as number,
        dropReasonDesc: 250 as number,
        eventType: { type: 77, subType: -3 },
      }),
    ]);
    const shape = store.table.cells[CELL.shape]![0]!;
    expect(store.shapes.get(shape, 'verdict')).toBe(99);
    expect(store.shapes.get(shape, 'dropReasonDesc')).toBe(250);
    expect(store.shapes.get(shape, 'eventSubType')).toBe(-3);
  });

  it('takes a known field with a foreign wire type for an unknown one', () => {
    const flow = new BinaryWriter()
      .tag(2, WireType.LengthDelimited)
      .string('verdict as text')
      .tag(11, WireType.Varint)
      .uint32(7)
      .tag(34, WireType.Bit32)
      .fixed32(7)
      .tag(8, WireType.Bit64)
      .fixed64(7n)
      .tag(2, WireType.Varint)
      .int32(2)
      .finish();
    const store = new FlowStore();
    appendAll(store, [responseAround(flow)]);
    expect(store.counts).toMatchObject({ held: 1, malformed: 0 });
    expect(store.shapes.get(store.table.cells[CELL.shape]![0]!, 'verdict')).toBe(2);
    expect(store.text('nodeName', 0)).toBe('');
  });

  it('keeps flows without time in the place where they came', () => {
    const store = new FlowStore();
    appendAll(store, [
      flowResponse({ time: { seconds: 50n, nanos: 7 } }),
      flowResponse({}),
      encode(
        create(GetFlowsResponseSchema, {
          time: { seconds: 60n },
          responseTypes: { case: 'flow', value: create(FlowSchema) },
        }),
      ),
    ]);
    expect([0, 1, 2].map((slot) => store.timeNs(slot))).toEqual([
      50_000_000_007n,
      50_000_000_007n,
      60_000_000_000n,
    ]);
  });

  it('hands back what is no flow and counts what is nothing', () => {
    const store = new FlowStore();
    const lost = create(GetFlowsResponseSchema, {
      responseTypes: {
        case: 'lostEvents',
        value: { source: LostEventSource.HUBBLE_RING_BUFFER, numEventsLost: 12n },
      },
    });
    const status = create(GetFlowsResponseSchema, {
      responseTypes: { case: 'nodeStatus', value: { nodeNames: ['a'] } },
    });
    const others = appendAll(store, [encode(lost), new Uint8Array(0), encode(status)]);
    expect(others).toEqual([lost, status]);
    expect(store.counts).toEqual({ held: 0, evicted: 0, duplicate: 0, malformed: 1 });
  });
});

describe('bounds', () => {
  it('keeps the newest rows once the ring is full and counts the rest', () => {
    const store = new FlowStore({ maxRows: 1000 }, 1);
    const messages = clusterMessages(4, 3500);
    for (let i = 0; i < messages.length; i += 70) appendAll(store, messages.slice(i, i + 70));
    expect(store.counts).toEqual({ held: 1000, evicted: 2500, duplicate: 0, malformed: 0 });
    expect(store.table.oldest).toBe(2500);
    expectRowsMatchRaw(store);
    expect(store.uuid(store.table.oldest & store.table.mask)).toBe(flowOf(messages[2500]!).uuid);
  });

  it('starts small and grows as rows come', () => {
    const store = new FlowStore({ maxRows: 100_000 }, 1);
    const sizeOf = (): number => store.table.cells.reduce((sum, cells) => sum + cells.byteLength, 0);
    const first = sizeOf();
    expect(first).toBeLessThan(1 << 20);
    const messages = clusterMessages(5, 9000);
    appendAll(store, messages);
    expect(sizeOf()).toBeGreaterThan(first);
    expectRow(store, 0, responseOf(messages[0]!));
    expectRow(store, 8999, responseOf(messages[8999]!));
  });

  it('lets raw bytes go before their rows', () => {
    const store = new FlowStore({ maxRawBytes: 100_000 }, 1);
    const messages = clusterMessages(6, 500);
    for (let i = 0; i < messages.length; i += 10) appendAll(store, messages.slice(i, i + 10));
    expect(store.counts.held).toBe(500);
    expect(store.raw(0)).toBeUndefined();
    expect(store.raw(499)).toEqual(messages[499]);
    expect(store.uuid(0)).toBe(flowOf(messages[0]!).uuid);
  });

  it('keeps the messages of a batch that is larger than what is written at once', () => {
    const large = (n: number): Uint8Array => flowResponse({ uuid: `${n}`, Summary: 'x'.repeat(3 << 20) });
    const messages = [large(1), large(2), ...clusterMessages(6, 10)];
    const store = new FlowStore({}, 1);
    appendAll(store, messages);
    for (const [slot, message] of messages.entries()) expect(store.raw(slot)).toEqual(message);
    expect(store.unreadableRows()).toBe(0);
  });

  it('keeps a flow whose message is too large to be kept, and counts it as unreadable', () => {
    const huge = flowResponse({ uuid: 'huge', Summary: 'x'.repeat(150_000) });
    const small = clusterMessages(6, 20);
    const store = new FlowStore({ maxRawBytes: 100_000 }, 1);
    appendAll(store, [...small.slice(0, 10), huge, ...small.slice(10)]);
    expect(store.counts).toEqual({ held: 21, evicted: 0, duplicate: 0, malformed: 0 });
    expectRow(store, 10, responseOf(huge));
    expect(store.raw(10)).toBeUndefined();
    expect(store.raw(0)).toEqual(small[0]);
    expect(store.raw(20)).toEqual(small[19]);
    expect(store.unreadableRows()).toBe(1);
  });

  it('frees dictionary entries of pods that are gone, and reads the living ones right', () => {
    const store = new FlowStore({ maxRows: 1000 }, 1);
    const random = seededRandom(7);
    let most = 0;
    for (let round = 0; round < 30; round++) {
      const messages = Array.from({ length: 400 }, (_, i) => {
        const response = clusterResponse(random, round * 400 + i);
        const flow = response.responseTypes.case === 'flow' ? response.responseTypes.value : undefined;
        // Every flow has a pod that was never seen before.
        if (flow?.source) flow.source.podName = `churn-${round}-${i}`;
        if (flow) flow.Summary = `summary ${round} ${i}`;
        return encode(response);
      });
      appendAll(store, messages);
      most = Math.max(most, store.dictionaries.endpoint.size);
      if (round % 10 === 9) expectRowsMatchRaw(store);
    }
    expect(store.counts.evicted).toBe(11_000);
    expect(most).toBeLessThan(6000);
    expect(store.dictionaries.summary.size).toBeLessThan(6000);
  });

  it('hands out no more ids and bytes than rows, however many pods come and go', () => {
    const store = new FlowStore({ maxRows: 2000, maxRawBytes: 9 << 20 }, 1);
    const random = seededRandom(12);
    const ends: number[] = [];
    for (let round = 0; round < 40; round++) {
      appendAll(
        store,
        Array.from({ length: 1000 }, (_, i) => encode(clusterResponse(random, round * 1000 + i, 1e6))),
      );
      const { links, extras, talks, shapes, dictionaries } = store;
      ends.push(
        [links, extras, talks, shapes, dictionaries.endpoint].reduce((sum, { idEnd }) => sum + idEnd, 0) +
          store.dictionaryBytes,
      );
    }
    expect(store.counts).toMatchObject({ held: 2000, evicted: 38_000 });
    expect(Math.max(...ends.slice(20))).toBeLessThanOrEqual(Math.max(...ends.slice(0, 20)));
  });

  it('evicts the oldest rows when dictionaries outgrow their bound', () => {
    const store = new FlowStore({ maxDictionaryBytes: 1 << 20 }, 1);
    for (let round = 0; round < 20; round++) {
      const messages = Array.from({ length: 20 }, (_, i) =>
        flowResponse({ uuid: `${round}`, Summary: `${round} ${i} ${'x'.repeat(20_000)}` }),
      );
      appendAll(store, messages);
      expect(store.dictionaryBytes).toBeLessThan((1 << 20) + 20 * 20_100);
    }
    const { held, evicted } = store.counts;
    expect(held + evicted).toBe(400);
    expect(held).toBeGreaterThan(20);
    expectRowsMatchRaw(store);
  });
});

describe('duplicates on resume', () => {
  it('drops what comes again, with canonical and with other UUIDs, and nothing else', () => {
    const store = new FlowStore({}, 1);
    const messages = clusterMessages(8, 3000);
    const odd = flowResponse({ time: { seconds: 1_700_000_002n }, uuid: 'not-a-uuid' });
    const anonymous = flowResponse({ time: { seconds: 1_700_000_002n } });
    appendAll(store, [...messages.slice(0, 2500), odd, anonymous]);
    store.expected.restart(1_700_000_001n * 1_000_000_000n);
    appendAll(store, [...messages.slice(1000, 3000), odd, anonymous]);
    expect(store.counts).toMatchObject({ duplicate: 1501, held: 2502 + 500 + 1 });
    expect(store.uuid(2502)).toBe(flowOf(messages[2500]!).uuid);
  });

  it('takes the newest time to resume from, but not that of a clock gone wrong', () => {
    const store = new FlowStore();
    expect(store.resumeTimeNs()).toBeUndefined();
    const at = (seconds: number): Uint8Array => flowResponse({ time: { seconds: BigInt(seconds) } });
    appendAll(
      store,
      Array.from({ length: 50 }, (_, i) => at(1000 + i)),
    );
    appendAll(store, [at(9_999_999)]);
    expect(store.resumeTimeNs()).toBe(1049n * 1_000_000_000n);
    // One of three nodes is a day ahead.
    appendAll(
      store,
      Array.from({ length: 60 }, (_, i) => at(i % 3 === 0 ? 87_400 + i : 1050 + i)),
    );
    expect(store.resumeTimeNs()).toBe(1109n * 1_000_000_000n);
  });

  it('does not take a lull for a wrong clock', () => {
    const store = new FlowStore();
    const at = (seconds: number): Uint8Array => flowResponse({ time: { seconds: BigInt(seconds) } });
    // What matches comes every five minutes.
    appendAll(
      store,
      Array.from({ length: 100 }, (_, i) => at(1000 + 300 * i)),
    );
    expect(store.resumeTimeNs()).toBe(30_700n * 1_000_000_000n);
    // Ten minutes nothing, then three flows.
    appendAll(store, [at(31_300), at(31_301), at(31_302)]);
    expect(store.resumeTimeNs()).toBe(31_302n * 1_000_000_000n);
  });
});

describe('duplicates on a stream that never broke', () => {
  const watching = (limits: { readonly maxRows?: number }): FlowStore => {
    const store = new FlowStore(limits, 1);
    store.expected.watchNodes();
    return store;
  };
  const sent = (nodeName: string, seconds: number, uuid: number): Uint8Array =>
    flowResponse({
      nodeName,
      time: { seconds: BigInt(seconds) },
      uuid: `00000000-0000-4000-8000-${String(uuid).padStart(12, '0')}`,
    });
  const burst = (nodeName: string, from: number, to: number): Uint8Array[] =>
    Array.from({ length: to - from }, (_, i) =>
      sent(nodeName, 1000 + from + i, (nodeName === 'a' ? 0 : 100_000) + from + i),
    );

  it('are known when a node goes back in its time, as often as it does', () => {
    const store = watching({});
    appendAll(store, [...burst('a', 0, 50), ...burst('b', 0, 60)]);
    appendAll(store, burst('a', 20, 70));
    expect(store.counts).toMatchObject({ held: 130, duplicate: 30 });
    appendAll(store, burst('b', 0, 80));
    expect(store.counts).toMatchObject({ held: 150, duplicate: 90 });
    appendAll(store, burst('a', 0, 71));
    expect(store.counts).toMatchObject({ held: 151, duplicate: 160 });
  });

  it('are known in pairs, of flows that Relay had not handed on when the node went', () => {
    const store = watching({});
    appendAll(store, burst('a', 0, 50));
    const pairs = burst('a', 50, 60).flatMap((flow) => [flow, flow]);
    appendAll(store, [...burst('a', 0, 50), ...pairs, ...burst('a', 60, 70)]);
    expect(store.counts).toMatchObject({ held: 70, duplicate: 60 });
  });

  it('are known after a stream was opened again, and after a clock was a day ahead', () => {
    const store = watching({});
    appendAll(store, burst('a', 0, 50));
    appendAll(store, [sent('a', 90_000, 900), sent('a', 90_001, 901)]);
    store.expected.restart(1040n * 1_000_000_000n);
    appendAll(store, [...burst('a', 40, 60), sent('a', 90_000, 900), sent('a', 90_001, 901)]);
    expect(store.counts).toMatchObject({ held: 62, duplicate: 12 });
    appendAll(store, [...burst('a', 40, 70), sent('a', 90_000, 900), sent('a', 90_001, 901)]);
    expect(store.counts).toMatchObject({ held: 72, duplicate: 34 });
  });

  it('are not flows that are merely late, and eviction keeps the memory of them bounded', () => {
    const store = watching({ maxRows: 1 << 16 });
    for (let round = 0; round < 20; round++) {
      const from = round * 10_000;
      appendAll(store, burst('a', from, from + 10_000));
      appendAll(store, [sent('a', 1, 10_000_000 + round)]);
    }
    expect(store.counts).toMatchObject({ duplicate: 0 });
    expect(store.expected.seen.count).toBeLessThan(2 * (1 << 16) + 20_000);
  });
});

it('does not keep the buffer it was given', () => {
  const store = new FlowStore();
  const [message] = clusterMessages(11, 1);
  const { bytes, spans, count } = batchOf([message!]);
  store.append(bytes, spans, count);
  bytes.fill(0);
  expectRow(store, 0, responseOf(message!));
  expect(store.table.reals[REAL.timeSeconds]![0]).toBeGreaterThan(0);
});
