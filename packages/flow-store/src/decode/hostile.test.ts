import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { FlowSchema, GetFlowsResponseSchema, TCPSchema } from '@finderscope/hubble-api';
import { describe, expect, it } from 'vitest';
import { CELL } from '../schema/columns.ts';
import { FlowStore } from '../store/flow-store.ts';
import { expectRow } from '../test-support/expect-row.ts';
import { appendAll, clusterMessages, encode, responseAround, responseOf } from '../test-support/messages.ts';
import { type Random, seededRandom } from '../test-support/random-message.ts';

describe('hostile bytes', () => {
  const good = clusterMessages(3, 50);

  function expectGoodAfterwards(store: FlowStore): void {
    const before = store.counts.held;
    appendAll(store, good);
    expect(store.counts.held).toBe(before + good.length);
    const { table } = store;
    for (const [i, message] of good.entries()) {
      expectRow(store, (table.next - good.length + i) & table.mask, responseOf(message));
    }
  }

  it('counts every truncation of a message and keeps none of it', () => {
    const store = new FlowStore();
    const whole = good[0]!;
    for (let length = 1; length < whole.length; length++) appendAll(store, [whole.slice(0, length)]);
    // A cut between two fields leaves a shorter but valid message, as it does for fromBinary.
    let valid = 0;
    for (let length = 1; length < whole.length; length++) {
      try {
        fromBinary(GetFlowsResponseSchema, whole.slice(0, length));
        valid++;
      } catch {
        continue;
      }
    }
    expect(store.counts.held).toBe(valid);
    expect(store.counts.malformed).toBe(whole.length - 1 - valid);
    expectGoodAfterwards(store);
  });

  it('survives random bytes and random damage to messages', () => {
    const random: Random = seededRandom(77);
    const store = new FlowStore({}, 5);
    let given = 0;
    for (let round = 0; round < 3000; round++) {
      const base =
        round % 3 === 0 ? new Uint8Array(Math.floor(random() * 200)) : good[round % good.length]!.slice();
      const hits = round % 3 === 0 ? base.length : 1 + Math.floor(random() * 4);
      for (let i = 0; i < hits && base.length > 0; i++) {
        base[Math.floor(random() * base.length)] = Math.floor(random() * 256);
      }
      const others = appendAll(store, [base]);
      given += 1 - others.length;
    }
    const { held, malformed } = store.counts;
    expect(held + malformed).toBe(given);
    expect(malformed).toBeGreaterThan(500);
    expect(held).toBeGreaterThan(100);
    // Everything kept can be read without throwing.
    for (let slot = 0; slot < held; slot++) {
      for (const name of [
        'source',
        'destination',
        'policies',
        'summary',
        'nodeLabels',
        'httpHeaders',
      ] as const) {
        store.entry(name, slot);
      }
      store.timeNs(slot);
      store.uuid(slot);
    }
    expectGoodAfterwards(store);
  });

  it.each([
    ['a length far beyond the message', [0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f]],
    [
      'a varint without end',
      [0x0a, 0x0c, 0x10, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
    ],
    ['field number 0', [0x0a, 0x02, 0x00, 0x01]],
    ['wire type 7', [0x0a, 0x01, 0x17]],
    ['an end without a group', [0x0a, 0x01, 0x0c]],
    ['a group that ends as another', [0x0a, 0x02, 0x3b, 0x44]],
    ['a tag of more than 32 bits', [0x80, 0x80, 0x80, 0x80, 0x80, 0x01, 0x00]],
  ])('counts %s as malformed', (_, bytes) => {
    const store = new FlowStore();
    appendAll(store, [Uint8Array.from(bytes)]);
    expect(store.counts).toEqual({ held: 0, evicted: 0, duplicate: 0, malformed: 1 });
    expectGoodAfterwards(store);
  });

  it('counts groups nested beyond the limit as malformed, without recursion to match', () => {
    const depth = 200_000;
    const deep = new Uint8Array(depth).fill(0x3b); // field 7, group opens
    const store = new FlowStore();
    appendAll(store, [responseAround(deep)]);
    expect(store.counts.malformed).toBe(1);
    expectGoodAfterwards(store);
  });

  it('counts invalid UTF-8 as malformed in texts and in endpoints, as fromBinary does', () => {
    const bad = Uint8Array.from([0xff, 0xfe]);
    const flows = [
      new BinaryWriter().tag(11, WireType.LengthDelimited).bytes(bad).finish(),
      new BinaryWriter()
        .tag(8, WireType.LengthDelimited)
        .bytes(new BinaryWriter().tag(5, WireType.LengthDelimited).bytes(bad).finish())
        .finish(),
      new BinaryWriter().tag(13, WireType.LengthDelimited).bytes(bad).finish(),
    ];
    const store = new FlowStore();
    for (const flow of flows) {
      expect(() => fromBinary(FlowSchema, flow)).toThrow(/encoded data|UTF-8/i);
      appendAll(store, [responseAround(flow)]);
    }
    expect(store.counts).toMatchObject({ held: 0, malformed: flows.length });
    expectGoodAfterwards(store);
  });

  it('takes time linear in the bytes for a message torn into very many pieces', () => {
    const piece = new BinaryWriter()
      .tag(8, WireType.LengthDelimited)
      .bytes(new BinaryWriter().tag(4, WireType.LengthDelimited).string('k8s:a=b').finish())
      .finish();
    const other = new BinaryWriter().tag(14, WireType.LengthDelimited).string('x').finish();
    const pieces: Uint8Array[] = [];
    for (let i = 0; i < 100_000; i++) pieces.push(piece, other);
    const flow = new Uint8Array(pieces.reduce((sum, one) => sum + one.length, 0));
    let at = 0;
    for (const one of pieces) {
      flow.set(one, at);
      at += one.length;
    }
    const store = new FlowStore();
    appendAll(store, [responseAround(flow)]);
    expect(store.entry('source', 0)?.labels).toHaveLength(100_000);
    expect(store.entry('destinationNames', 0)).toHaveLength(100_000);
  });

  it('lets the other member of a oneof take back what the first one set', () => {
    const tcp = toBinary(
      TCPSchema,
      create(TCPSchema, { sourcePort: 5, destinationPort: 6, flags: { SYN: true } }),
    );
    const l4 = new BinaryWriter()
      .tag(1, WireType.LengthDelimited)
      .bytes(tcp)
      .tag(3, WireType.LengthDelimited)
      .bytes(new Uint8Array(0))
      .finish();
    const message = responseAround(new BinaryWriter().tag(6, WireType.LengthDelimited).bytes(l4).finish());
    const store = new FlowStore();
    appendAll(store, [message]);
    expectRow(store, 0, responseOf(message));
    expect(store.table.cells[CELL.sourcePort]![0]).toBe(0);
  });

  it('keeps the time of the envelope when the flow takes the place of something else behind it', () => {
    const lost = encode(
      create(GetFlowsResponseSchema, {
        time: { seconds: 60n, nanos: 5 },
        responseTypes: { case: 'lostEvents', value: {} },
      }),
    );
    const flow = responseAround(toBinary(FlowSchema, create(FlowSchema, { uuid: 'a' })));
    const message = new Uint8Array([...lost, ...flow]);
    const store = new FlowStore();
    appendAll(store, [message]);
    expectRow(store, 0, responseOf(message));
    expect(store.timeNs(0)).toBe(60_000_000_005n);
  });
});
