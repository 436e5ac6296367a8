import { create, equals, fromBinary } from '@bufbuild/protobuf';
import { FRAME_HEADER_BYTES, readFrameLength } from '@finderscope/grpc-wire';
import { FlowType, GetFlowsResponseSchema, Verdict, type Flow } from '@finderscope/hubble-api';
import { describe, expect, test } from 'vitest';

import { clusterNodes } from '../agent/node.ts';
import { createRandom } from '../timeline/random.ts';
import { createPopulation } from './population.ts';
import { encodeTemplate, type FlowTemplate, stampTemplate, TEMPLATE_PORT } from './template.ts';
import { drawFlow } from './traffic-mix.ts';

const NODES = clusterNodes(3);

function templates(count: number, seed = 1): FlowTemplate[] {
  const random = createRandom(seed);
  const population = createPopulation(random, 3, 300);
  return Array.from({ length: count }, () => {
    const observed = drawFlow(random, population, TEMPLATE_PORT);
    return encodeTemplate(observed, NODES[observed.node]!, '1.0.0');
  });
}

function decode(frame: Uint8Array): { flow: Flow; seconds: bigint; nanos: number; nodeName: string } {
  expect(readFrameLength(frame, 0)).toBe(frame.length - FRAME_HEADER_BYTES);
  const response = fromBinary(GetFlowsResponseSchema, frame.subarray(FRAME_HEADER_BYTES));
  if (response.responseTypes.case !== 'flow') throw new Error('no flow');
  const { seconds, nanos } = response.time!;
  return { flow: response.responseTypes.value, seconds, nanos, nodeName: response.nodeName };
}

describe('a stamped template', () => {
  const stamp = {
    seconds: 1_800_000_001,
    nanos: 7,
    high: 0xdeadbeef,
    low: 0x01020304,
    count: 66_051,
    port: 40_000,
  };

  test('differs from its template in time, uuid and port only', () => {
    for (const template of templates(400)) {
      const out = new Uint8Array(template.frame.length + 10);
      stampTemplate(template, stamp, out, 5);
      const before = decode(template.frame).flow;
      const { flow, seconds, nanos, nodeName } = decode(out.subarray(5, 5 + template.frame.length));
      expect([seconds, nanos]).toEqual([1_800_000_001n, 7]);
      expect(flow.time).toMatchObject({ seconds: 1_800_000_001n, nanos: 7 });
      expect(flow.uuid).toBe('deadbeef-0102-4978-8a9b-030400010203');
      expect(nodeName).toBe(flow.nodeName);
      const l4 = flow.l4?.protocol;
      if (l4?.case === 'TCP' || l4?.case === 'UDP') {
        const ports = [l4.value.sourcePort, l4.value.destinationPort];
        expect(ports).not.toContain(TEMPLATE_PORT);
        expect(ports.includes(40_000)).toBe(template.portAt >= 0);
      }
      const restored = create(GetFlowsResponseSchema, {
        responseTypes: {
          case: 'flow',
          value: { ...flow, time: before.time!, uuid: before.uuid, l4: before.l4! },
        },
      });
      const original = create(GetFlowsResponseSchema, { responseTypes: { case: 'flow', value: before } });
      expect(equals(GetFlowsResponseSchema, restored, original)).toBe(true);
    }
  });

  test.each([0, 1, 127, 128, 2 ** 21, 2 ** 28 - 1, 2 ** 28, 999_999_999])('nanos %i fit', (nanos) => {
    const [template] = templates(1);
    const out = new Uint8Array(template!.frame.length);
    stampTemplate(template!, { ...stamp, nanos }, out, 0);
    expect(decode(out).nanos).toBe(nanos);
  });
});

test('the mix has every verdict, flow type and both layers', () => {
  const flows = templates(3000).map((template) => decode(template.frame).flow);
  const verdicts = new Set(flows.map(({ verdict }) => verdict));
  expect(verdicts).toEqual(
    new Set([
      Verdict.VERDICT_UNKNOWN,
      Verdict.FORWARDED,
      Verdict.DROPPED,
      Verdict.ERROR,
      Verdict.AUDIT,
      Verdict.REDIRECTED,
      Verdict.TRACED,
      Verdict.TRANSLATED,
    ]),
  );
  expect(new Set(flows.map(({ Type }) => Type))).toEqual(
    new Set([FlowType.L3_L4, FlowType.L7, FlowType.SOCK]),
  );
  expect(new Set(flows.map(({ l7 }) => l7?.record.case))).toEqual(new Set([undefined, 'http', 'dns']));
  expect(new Set(flows.map(({ source }) => source?.namespace)).size).toBeGreaterThan(20);
});

test('the same seed gives the same templates', () => {
  const bytes = (seed: number): string =>
    templates(50, seed)
      .map(({ frame }) => Buffer.from(frame).toString('hex'))
      .join();
  expect(bytes(3)).toBe(bytes(3));
  expect(bytes(3)).not.toBe(bytes(4));
});
