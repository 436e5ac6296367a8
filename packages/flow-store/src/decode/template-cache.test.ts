import { create, fromBinary } from '@bufbuild/protobuf';
import { type GetFlowsResponse, GetFlowsResponseSchema, Layer4Schema } from '@finderscope/hubble-api';
import { describe, expect, it } from 'vitest';
import { CELL, DICT_NAMES, REAL, SHAPE_NAMES, TALK } from '../schema/columns.ts';
import { FlowStore } from '../store/flow-store.ts';
import { RawRing } from '../store/raw-ring.ts';
import { expectRow } from '../test-support/expect-row.ts';
import {
  appendAll,
  batchOf,
  clusterMessages,
  clusterResponse,
  encode,
  randomResponse,
  randomUuid,
} from '../test-support/messages.ts';
import { pick, type Random, seededRandom } from '../test-support/random-message.ts';
import { FlowDecoder } from './flow-decoder.ts';
import { TemplateCache } from './template-cache.ts';

function readFlow(message: Uint8Array): GetFlowsResponse | undefined {
  try {
    const response = fromBinary(GetFlowsResponseSchema, message);
    return response.responseTypes.case === 'flow' ? response : undefined;
  } catch {
    return undefined;
  }
}

/** The same flow with what differs from flow to flow of a connection set anew, sometimes to something odd. */
function again(random: Random, message: Uint8Array): Uint8Array {
  const response = fromBinary(GetFlowsResponseSchema, message);
  const { responseTypes } = response;
  if (responseTypes.case !== 'flow') throw new TypeError('not a flow');
  const flow = responseTypes.value;
  for (const time of [flow.time, response.time]) {
    if (time === undefined) continue;
    time.seconds += BigInt(Math.floor(random() * 1000));
    time.nanos = Math.floor(random() * pick(random, [100, 1e9]));
  }
  flow.uuid =
    random() < 0.05 ? pick(random, ['odd', '', 'X'.repeat(36), '0'.repeat(36)]) : randomUuid(random);
  if (flow.l7) flow.l7.latencyNs = BigInt(Math.floor(random() * pick(random, [100, 1e6, 2 ** 40])));
  const l4 = flow.l4?.protocol;
  if (l4?.case === 'TCP' || l4?.case === 'UDP') {
    l4.value.sourcePort = Math.floor(random() * pick(random, [80, 65536, 2 ** 31]));
    if (random() < 0.2) l4.value.destinationPort = Math.floor(random() * 65536);
  }
  if (random() < 0.2) flow.isReply = pick(random, [true, false]);
  return encode(response);
}

/** Fails unless the store holds the messages that are flows, each read as `fromBinary` reads it. */
function expectReadAlike(store: FlowStore, messages: readonly Uint8Array[]): void {
  const flows = messages.map(readFlow).filter((flow) => flow !== undefined);
  expect(store.counts.held).toBe(flows.length);
  for (const [slot, flow] of flows.entries()) expectRow(store, slot, flow);
}

function expectSameRow(store: FlowStore, plain: FlowStore, slot: number): void {
  for (const name of DICT_NAMES) expect(store.entry(name, slot), name).toEqual(plain.entry(name, slot));
  for (const name of SHAPE_NAMES) {
    const [is, should] = [store, plain].map((one) =>
      one.shapes.get(one.table.cells[CELL.shape]![slot]!, name),
    );
    expect(is, name).toBe(should);
  }
  for (const cell of [CELL.sourcePort, CELL.destinationPort, CELL.rawLength]) {
    expect(store.table.cells[cell]![slot]).toBe(plain.table.cells[cell]![slot]);
  }
  expect(store.table.reals[REAL.latencyNs]![slot]).toBe(plain.table.reals[REAL.latencyNs]![slot]);
  expect(store.timeNs(slot)).toBe(plain.timeNs(slot));
  expect(store.uuid(slot)).toBe(plain.uuid(slot));
}

describe('flows like an earlier one', () => {
  it.each([1, 2, 3])('are read as fromBinary reads them, whatever values they bring, seed %i', (seed) => {
    const random = seededRandom(seed);
    const bases = [
      ...Array.from({ length: 20 }, (_, i) => encode(clusterResponse(random, i))),
      ...Array.from({ length: 20 }, () => encode(randomResponse(random))),
    ];
    const store = new FlowStore({}, seed);
    const messages: Uint8Array[] = [];
    for (let round = 0; round < 40; round++) {
      const batch = bases.map((base) => again(random, base));
      appendAll(store, batch);
      messages.push(...batch);
    }
    expect(store.counts).toMatchObject({ held: messages.length, malformed: 0 });
    expectReadAlike(store, messages);
  });

  it('are told apart by the port served, also where it is that of the source', () => {
    const response = fromBinary(GetFlowsResponseSchema, clusterMessages(11, 1)[0]!);
    if (response.responseTypes.case !== 'flow') throw new TypeError('not a flow');
    const flow = response.responseTypes.value;
    flow.isReply = undefined;
    const store = new FlowStore({}, 1);
    const ports = [80, 80, 53, 80];
    for (const [i, sourcePort] of ports.entries()) {
      flow.uuid = randomUuid(seededRandom(i));
      flow.l4 = create(Layer4Schema, { protocol: { case: 'TCP', value: { sourcePort } } });
      appendAll(store, [encode(response)]);
    }
    const served = ports.map(
      (_, slot) => store.talks.at(store.table.cells[CELL.talk]![slot]!, TALK.port) - 1,
    );
    expect(served).toEqual(ports);
  });

  it('are told from flows that differ in any single byte', () => {
    const base = clusterMessages(11, 1)[0]!;
    const changed: Uint8Array[] = [];
    for (let at = 0; at < base.length; at++) {
      for (const flip of [0x01, 0x20, 0x80]) {
        const message = base.slice();
        message[at]! ^= flip;
        changed.push(message);
      }
    }
    // A store that keeps no messages has no earlier ones, so it decodes each in full.
    const store = new FlowStore({}, 1);
    const plain = new FlowStore({ maxRawBytes: 0 }, 1);
    for (const message of changed) {
      for (const one of [store, plain]) appendAll(one, [base, message]);
    }
    expect(store.counts).toEqual(plain.counts);
    for (let slot = 0; slot < store.counts.held; slot++) expectSameRow(store, plain, slot);
  });

  it('are still read right after their ids were freed and given out again', () => {
    const random = seededRandom(5);
    const store = new FlowStore({ maxRows: 300, maxRawBytes: 64 << 20 }, 5);
    const bases = clusterMessages(6, 40);
    for (let round = 0; round < 30; round++) {
      // Enough strangers between that everything of the bases is swept away.
      const strangers = Array.from({ length: 500 }, (_, i) => encode(clusterResponse(random, i, 1e6)));
      appendAll(store, strangers);
      const batch = bases.map((base) => again(random, base));
      appendAll(store, batch);
      const { table } = store;
      for (const [i, message] of batch.entries()) {
        const flow = readFlow(message);
        if (flow) expectRow(store, (table.next - batch.length + i) & table.mask, flow);
      }
    }
    expect(store.talks.epoch).toBeGreaterThan(0);
  });
});

describe('TemplateCache', () => {
  const ids = { talk: 7, extra: 8, time: 0, isReply: false };

  function remembered(): { cache: TemplateCache; decoder: FlowDecoder; ring: RawRing; base: Uint8Array } {
    const ring = new RawRing(8 << 20);
    const cache = new TemplateCache(ring);
    const decoder = new FlowDecoder();
    const base = clusterMessages(11, 1)[0]!;
    expect(matches(cache, decoder, ring, base)).toBe(false);
    const at = ring.put(base, 0, base.length);
    expect(decoder.decode(base, 0, base.length)).toBe(true);
    cache.remember(at, 0, base.length, decoder.marks, decoder.scratch, ids);
    return { cache, decoder, ring, base };
  }

  function matches(cache: TemplateCache, decoder: FlowDecoder, ring: RawRing, message: Uint8Array): boolean {
    const { bytes, spans } = batchOf([message]);
    const at = ring.put(bytes, spans[0]!, spans[1]!);
    const view = new DataView(bytes.buffer);
    return cache.match(bytes, view, spans[0]!, spans[1]!, at, decoder.scratch);
  }

  it('finds what is like an earlier message and brings its values', () => {
    const { cache, decoder, ring, base } = remembered();
    const response = fromBinary(GetFlowsResponseSchema, base);
    if (response.responseTypes.case === 'flow')
      response.responseTypes.value.uuid = randomUuid(seededRandom(1));
    expect(matches(cache, decoder, ring, encode(response))).toBe(true);
    expect([cache.talk, cache.extra, cache.time]).toEqual([7, 8, 0]);
  });

  it('finds nothing once the bytes of the earlier message are written over', () => {
    const { cache, decoder, ring, base } = remembered();
    const filler = new Uint8Array(4 << 20);
    for (let i = 0; i < 3; i++) ring.put(filler, 0, filler.length);
    expect(matches(cache, decoder, ring, base)).toBe(false);
  });

  it('finds nothing after it was cleared', () => {
    const { cache, decoder, ring, base } = remembered();
    cache.clear();
    expect(matches(cache, decoder, ring, base)).toBe(false);
  });
});
