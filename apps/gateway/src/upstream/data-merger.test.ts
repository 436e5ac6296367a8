import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DataMerger } from './data-merger.ts';

const [DATA, HEADERS, SETTINGS, PING] = [0, 1, 4, 6];
const [END_STREAM, ACK, PADDED] = [1, 1, 8];
const MAX = 100;

type Frame = {
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
  readonly payload: readonly number[];
};

const data = (stream: number, bytes: number, flags = 0, fill = stream): Frame => ({
  type: DATA,
  flags,
  stream,
  payload: Array<number>(bytes).fill(fill),
});
const settingsAck: Frame = { type: SETTINGS, flags: ACK, stream: 0, payload: [] };
const ping: Frame = { type: PING, flags: 0, stream: 0, payload: [1, 2, 3, 4, 5, 6, 7, 8] };

function encode(frames: readonly Frame[]): Buffer {
  return Buffer.concat(
    frames.map(({ type, flags, stream, payload }) => {
      const header = Buffer.alloc(9);
      header.writeUIntBE(payload.length, 0, 3);
      header[3] = type;
      header[4] = flags;
      header.writeUInt32BE(stream, 5);
      return Buffer.concat([header, Buffer.from(payload)]);
    }),
  );
}

/** The whole frames, and what is left behind them. */
function decode(bytes: Buffer): { readonly frames: Frame[]; readonly rest: readonly number[] } {
  const frames: Frame[] = [];
  let at = 0;
  while (at + 9 <= bytes.length) {
    const end = at + 9 + bytes.readUIntBE(at, 3);
    if (end > bytes.length) break;
    frames.push({
      type: bytes[at + 3]!,
      flags: bytes[at + 4]!,
      stream: bytes.readUInt32BE(at + 5),
      payload: [...bytes.subarray(at + 9, end)],
    });
    at = end;
  }
  return { frames, rest: [...bytes.subarray(at)] };
}

const isPlain = ({ type, flags, payload }: Frame): boolean =>
  type === DATA && (flags & ~END_STREAM) === 0 && payload.length > 0;

/** What frames mean, however their DATA is cut: neighbours of one stream as one, whatever its length. */
function meaning(frames: readonly Frame[]): Frame[] {
  const out: Frame[] = [];
  for (const frame of frames) {
    const last = out.at(-1);
    const joins = last !== undefined && isPlain(last) && last.flags === 0 && isPlain(frame);
    if (joins && last.stream === frame.stream) {
      out[out.length - 1] = { ...frame, payload: [...last.payload, ...frame.payload] };
    } else out.push(frame);
  }
  return out;
}

/** Merges pieces of these lengths, the last of them again and again; a copy, since pieces are changed in place. */
function mergeIn(steps: readonly number[], bytes: Buffer): Buffer {
  const merger = new DataMerger(MAX);
  const out: Buffer[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const length = steps[Math.min(i, steps.length - 1)]!;
    out.push(Buffer.from(merger.merge(Buffer.from(bytes.subarray(at, at + length)))));
    at += length;
  }
  return Buffer.concat(out);
}

const mergeWhole = (frames: readonly Frame[]): Frame[] => decode(mergeIn([1e6], encode(frames))).frames;

const frame: fc.Arbitrary<Frame> = fc.record({
  type: fc.oneof({ weight: 6, arbitrary: fc.constant(DATA) }, fc.constantFrom(HEADERS, SETTINGS, PING, 0x48)),
  flags: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, fc.constantFrom(END_STREAM, PADDED, 0xff)),
  stream: fc.constantFrom(1, 1, 1, 3, 0x8000_0001),
  payload: fc.array(fc.nat(255), { maxLength: 40 }),
});
const steps = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 30 });

describe('DataMerger', () => {
  test('makes one frame of neighbours, and none across other frames or streams', () => {
    expect(
      mergeWhole([settingsAck, data(1, 10), data(1, 20), ping, data(1, 5), data(3, 6), data(3, 7)]),
    ).toEqual([settingsAck, data(1, 30), ping, data(1, 5), data(3, 13)]);
  });

  test('the end of a stream stays where it was', () => {
    expect(mergeWhole([settingsAck, data(1, 1), data(1, 2, END_STREAM), data(1, 3), data(1, 4)])).toEqual([
      settingsAck,
      data(1, 3, END_STREAM),
      data(1, 7),
    ]);
  });

  test('padded and empty frames, and those of unknown flags, stay as they are', () => {
    for (const odd of [data(1, 10, PADDED), data(1, 0), data(1, 0, END_STREAM), data(1, 10, 0x20)]) {
      const frames = [settingsAck, data(1, 4), odd, data(1, 4)];
      expect(mergeWhole(frames)).toEqual(frames);
    }
  });

  test('no frame becomes larger than what was announced; one that is already stays', () => {
    expect(mergeWhole([settingsAck, data(1, 60), data(1, 40), data(1, 1)])).toEqual([
      settingsAck,
      data(1, 100),
      data(1, 1),
    ]);
    expect(mergeWhole([settingsAck, data(1, 101), data(1, 1)])).toEqual([
      settingsAck,
      data(1, 101),
      data(1, 1),
    ]);
  });

  test('nothing is merged before the server has taken note of our settings', () => {
    const frames = [data(1, 1), data(1, 1), { ...settingsAck, flags: 0 }, data(1, 1), data(1, 1)];
    expect(mergeWhole(frames)).toEqual(frames);
  });

  test('a frame cut off by the end of a piece counts what is yet to come', () => {
    const bytes = encode([settingsAck, data(1, 10), data(1, 20)]);
    const merger = new DataMerger(MAX);
    const first = merger.merge(bytes.subarray(0, 9 + 19 + 9 + 5));
    expect(first).toHaveLength(9 + 9 + 15);
    const second = merger.merge(bytes.subarray(9 + 19 + 9 + 5));
    expect(decode(Buffer.concat([first, second])).frames).toEqual([settingsAck, data(1, 30)]);
  });

  test('however frames are cut into pieces, they mean the same, and nothing is held back', () => {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 30 }), steps, (some, cuts) => {
        const bytes = encode([settingsAck, ...some]);
        const merger = new DataMerger(MAX);
        const out: Buffer[] = [];
        for (let at = 0, i = 0; at < bytes.length; i++) {
          const length = cuts[i % cuts.length]!;
          const before = bytes.subarray(0, at + length);
          out.push(Buffer.from(merger.merge(Buffer.from(bytes.subarray(at, at + length)))));
          at += length;
          // Payload that has come has gone on; only headers are left out.
          const came = decode(before).frames.filter(isPlain);
          const went = Buffer.concat(out).length;
          expect(went).toBeGreaterThanOrEqual(before.length - 9 * Math.max(0, came.length));
        }
        const merged = decode(Buffer.concat(out));
        expect(meaning(merged.frames)).toEqual(meaning([settingsAck, ...some]));
        expect(merged.rest).toEqual([]);
        for (const { payload } of merged.frames) expect(payload.length).toBeLessThanOrEqual(MAX);
      }),
      { seed: 11, numRuns: 400 },
    );
  });

  test('without such a note all passes byte for byte, HTTP/2 or not', () => {
    const noise = fc.uint8Array({ maxLength: 400 });
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 30 }), noise, steps, (some, behind, cuts) => {
        const bytes = Buffer.concat([encode(some), Buffer.from(behind)]);
        fc.pre(!decode(bytes).frames.some(({ type, flags }) => type === SETTINGS && (flags & ACK) !== 0));
        expect(mergeIn(cuts, bytes).equals(bytes)).toBe(true);
      }),
      { seed: 12 },
    );
    const refusal = Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n');
    expect(mergeIn([7], refusal).equals(refusal)).toBe(true);
  });

  test('noise behind good frames means what it meant', () => {
    fc.assert(
      fc.property(
        fc.array(frame, { maxLength: 6 }),
        fc.uint8Array({ maxLength: 300 }),
        steps,
        (some, noise, cuts) => {
          const bytes = Buffer.concat([encode([settingsAck, ...some]), Buffer.from(noise)]);
          const [before, after] = [decode(bytes), decode(mergeIn(cuts, bytes))];
          expect(meaning(after.frames).slice(0, -1)).toEqual(
            meaning(before.frames).slice(0, meaning(after.frames).length - 1),
          );
        },
      ),
      { seed: 13 },
    );
  });
});
