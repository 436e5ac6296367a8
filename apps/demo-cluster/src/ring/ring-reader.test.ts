import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { GetAgentEventsRequestSchema, GetFlowsRequestSchema, Verdict } from '@finderscope/hubble-api';
import { describe, expect, test } from 'vitest';

import { drawEntry, fillRing, manualClock, ringOf, TEST_NODE } from '../testing/ring-text.ts';
import { responseOf } from './entry.ts';
import type { RingBuffer } from './ring-buffer.ts';
import { RingReader } from './ring-reader.ts';
import { type Selection, selectEvents, selectFlows } from './selection.ts';

type Request = MessageInitShape<typeof GetFlowsRequestSchema>;

function select(request: Request): Selection {
  return selectFlows(create(GetFlowsRequestSchema, request));
}

function readerOf(ring: RingBuffer, selection: Selection, clock = manualClock()): RingReader {
  return new RingReader(ring, selection, { clock, nodeName: TEST_NODE });
}

/** What comes until the reader waits or ends, and which of the two. */
function drain(reader: RingReader): string {
  const seen: string[] = [];
  for (;;) {
    const step = reader.next();
    if (typeof step === 'string') return [...seen, step].join(' ');
    seen.push(drawEntry(step));
  }
}

function read(ring: RingBuffer, request: Request): string {
  return drain(readerOf(ring, select(request)));
}

const at = (seconds: number): { seconds: bigint; nanos: number } => ({ seconds: BigInt(seconds), nanos: 0 });

describe('what a request selects', () => {
  // f9 is the newest entry and not readable yet.
  const ring = ringOf('f1 f2 f3 f4 f5 f6 f7 f8 f9');

  test.each<[string, Request, string]>([
    ['nothing asked: everything stored', {}, 'f1 f2 f3 f4 f5 f6 f7 f8 end'],
    ['number: the last N, oldest first', { number: 3n }, 'f6 f7 f8 end'],
    ['number beyond the ring: everything', { number: 99n }, 'f1 f2 f3 f4 f5 f6 f7 f8 end'],
    ['--all asks for 2^64-1', { number: 2n ** 64n - 1n }, 'f1 f2 f3 f4 f5 f6 f7 f8 end'],
    ['first', { first: true, number: 3n }, 'f1 f2 f3 end'],
    ['first with until', { first: true, number: 5n, until: at(2) }, 'f1 f2 end'],
    ['since and until, both included', { since: at(3), until: at(5) }, 'f3 f4 f5 end'],
    ['since wins over number: the earliest N', { since: at(3), number: 2n }, 'f3 f4 end'],
    ['since wins over first', { since: at(3), number: 2n, first: true }, 'f3 f4 end'],
    ['since before the ring', { since: at(0) }, 'f1 f2 f3 f4 f5 f6 f7 f8 end'],
    ['since after the ring', { since: at(50) }, 'end'],
    ['until cuts the last N: fewer', { number: 3n, until: at(6) }, 'f6 end'],
    ['until cuts the last N: none', { number: 3n, until: at(4) }, 'end'],
    ['follow: the newest readable one, then live', { follow: true }, 'f8 waiting'],
    ['follow with number: the last N, then live', { follow: true, number: 2n }, 'f7 f8 waiting'],
    ['follow with since', { follow: true, since: at(6) }, 'f6 f7 f8 waiting'],
    ['follow with since ignores number', { follow: true, since: at(6), number: 1n }, 'f6 f7 f8 waiting'],
    ['follow with until ends', { follow: true, since: at(3), until: at(4) }, 'f3 f4 end'],
  ])('%s', (_, request, expected) => {
    expect(read(ring, request)).toBe(expected);
  });

  test('first with follow is refused', () => {
    expect(() => select({ first: true, follow: true })).toThrow(
      expect.objectContaining({ code: 3, message: 'first cannot be specified with follow' }),
    );
  });

  test.each([
    [{ since: { seconds: 253_402_300_800n } }, /after 9999-12-31/],
    [{ until: { seconds: -62_135_596_801n } }, /before 0001-01-01/],
    [{ since: { seconds: 1n, nanos: 1e9 } }, /out-of-range nanos/],
  ])('a time that is none: %o', (request, message) => {
    expect(() => select(request)).toThrow(expect.objectContaining({ code: 2 }));
    expect(() => select(request)).toThrow(message);
  });

  test('a bad filter is UNKNOWN with the plain text', () => {
    expect(() => select({ whitelist: [{ sourceIp: ['x'] }] })).toThrow(
      expect.objectContaining({
        code: 2,
        message: 'invalid IP address "x" in filter: ParseAddr("x"): unable to parse IP',
      }),
    );
  });
});

describe('following', () => {
  test('every new entry makes the one before it readable', () => {
    const ring = ringOf('f1 f2');
    const reader = readerOf(ring, select({ follow: true, number: 9n }));
    expect(drain(reader)).toBe('f1 waiting');
    fillRing(ring, 'f3');
    expect(drain(reader)).toBe('f2 waiting');
    fillRing(ring, 'f4 f5');
    expect(drain(reader)).toBe('f3 f4 waiting');
  });

  test('ends at the first event after until', () => {
    const ring = ringOf('f1 f2');
    const reader = readerOf(ring, select({ follow: true, number: 9n, until: at(3) }));
    expect(drain(reader)).toBe('f1 waiting');
    fillRing(ring, 'f3 f4 f5');
    expect(drain(reader)).toBe('f2 f3 end');
  });

  test.each([
    ['', 'waiting', 'f1 f2 waiting'],
    ['f0', 'waiting', 'f0 f1 f2 waiting'],
  ])('starts on a ring of "%s"', (before, first, then) => {
    const ring = ringOf(before);
    const reader = readerOf(ring, select({ follow: true }));
    expect(drain(reader)).toBe(first);
    fillRing(ring, 'f1 f2 f3');
    expect(drain(reader)).toBe(then);
  });
});

describe('other kinds of entries', () => {
  const ring = ringOf('f1 a2 d3 l4 f5 a6 f7 f8');

  test('agent and debug events are not sent but use up the number', () => {
    expect(read(ring, { number: 3n })).toBe('f5 f7 end');
    expect(read(ring, { number: 4n })).toBe('l4 f5 f7 end');
  });

  test('with a filter on flows they do not count', () => {
    expect(read(ring, { number: 3n, whitelist: [{ verdict: [Verdict.FORWARDED] }] })).toBe('f1 l4 f5 f7 end');
  });

  test('a filter on their event type lets them count again', () => {
    const eventType = [{ type: 130 }];
    expect(read(ring, { number: 1n, whitelist: [{ verdict: [1] }, { eventType }] })).toBe('f7 end');
    expect(read(ring, { number: 2n, whitelist: [{ verdict: [1] }, { eventType }] })).toBe('f7 end');
    expect(read(ring, { number: 3n, whitelist: [{ verdict: [1] }, { eventType }] })).toBe('f5 f7 end');
  });

  test('lost events pass every filter and every time', () => {
    expect(read(ring, { blacklist: [{}] })).toBe('l4 end');
    expect(read(ring, { since: at(5) })).toBe('l4 f5 f7 end');
    expect(read(ring, { first: true, until: at(3) })).toBe('f1 l4 end');
  });

  test('lost events do not count as delivered', () => {
    expect(read(ringOf('l1 l2 f3 f4 f5'), { first: true, number: 1n })).toBe('l1 l2 f3 end');
  });

  test('agent events are read from the same ring', () => {
    const request = create(GetAgentEventsRequestSchema, { number: 20n });
    expect(drain(readerOf(ring, selectEvents(request, 'agent')))).toBe('a2 a6 end');
    expect(drain(readerOf(ring, selectEvents(request, 'debug')))).toBe('d3 end');
    const last3 = create(GetAgentEventsRequestSchema, { number: 3n });
    expect(drain(readerOf(ring, selectEvents(last3, 'agent')))).toBe('a6 end');
  });
});

describe('filters', () => {
  const ring = ringOf('f1@a/x f2@b/y f3@a/z f4@b/w f5@a/v');

  test.each<[string, Request, string]>([
    ['the last N that match', { number: 1n, whitelist: [{ sourcePod: ['a/'] }] }, 'f3@a/z end'],
    ['all that match', { whitelist: [{ sourcePod: ['b/'] }] }, 'f2@b/y f4@b/w end'],
    ['none of the excluded', { blacklist: [{ sourcePod: ['b/'] }] }, 'f1@a/x f3@a/z end'],
    [
      'since starts after the first match that is older',
      { since: at(3), whitelist: [{ sourcePod: ['a/'] }] },
      'f3@a/z end',
    ],
  ])('%s', (_, request, expected) => {
    expect(read(ring, request)).toBe(expected);
  });
});

describe('a reader that is overtaken', () => {
  test('says how much it missed, at most once a second, before the next entry', () => {
    const clock = manualClock(100);
    const ring = ringOf('f1 f2', 7);
    const reader = readerOf(ring, select({ follow: true, number: 9n }), clock);
    expect(drain(reader)).toBe('f1 waiting');
    fillRing(ring, 'f3 f4 f5 f6 f7 f8 f9 f10 f11 f12');
    // Slots hold f5 to f12, f12 is not readable; f2, f3 and f4 are gone.
    expect(drain(reader)).toBe('f5 f6 f7 f8 f9 f10 f11 waiting');
    expect(reader.lostUnreported).toBe(3);
    clock.advanceMs(999);
    expect(drain(reader)).toBe('waiting');
    clock.advanceMs(1);
    fillRing(ring, 'f13');
    const step = reader.next();
    expect(typeof step === 'object' && drawEntry(step)).toBe('lost:3');
    expect(typeof step === 'object' && responseOf(step)).toMatchObject({
      nodeName: TEST_NODE,
      time: { seconds: 101n, nanos: 0 },
      responseTypes: { value: { first: { seconds: 100n }, last: { seconds: 100n } } },
    });
    expect(reader.lostUnreported).toBe(0);
    expect(drain(reader)).toBe('f12 waiting');
  });

  test('says nothing when the stream ends first', () => {
    const ring = ringOf('f1 f2 f3', 7);
    const reader = readerOf(ring, select({ number: 9n }));
    fillRing(ring, 'f4 f5 f6 f7 f8 f9 f10');
    expect(drain(reader)).toBe('f3 f4 f5 f6 f7 f8 f9 end');
    expect(reader.lostUnreported).toBe(2);
  });
});

describe('field masks', () => {
  test('apply to flows, and the envelope repeats what is left', () => {
    const ring = ringOf('f1 l2 f3');
    const reader = readerOf(ring, select({ fieldMask: { paths: ['source.pod_name', 'time'] } }));
    const first = reader.next();
    expect(typeof first === 'object' && responseOf(first)).toMatchObject({
      nodeName: '',
      time: { seconds: 1n },
      responseTypes: { value: { source: { podName: 'p', namespace: '' }, uuid: '', nodeName: '' } },
    });
    expect(drain(reader)).toBe('l2 end');
  });

  test('without a time in the mask the envelope has none', () => {
    const step = readerOf(ringOf('f1 f2'), select({ fieldMask: { paths: ['uuid'] } })).next();
    expect(typeof step === 'object' && responseOf(step).time).toBeUndefined();
  });

  test('an unknown path is refused', () => {
    expect(() => select({ fieldMask: { paths: ['source.id'] } })).toThrow(
      expect.objectContaining({ code: 2, message: 'invalid fieldmask' }),
    );
  });
});
