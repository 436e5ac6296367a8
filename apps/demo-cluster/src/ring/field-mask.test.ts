import { create, equals, type MessageInitShape, toJson } from '@bufbuild/protobuf';
import { FlowSchema } from '@finderscope/hubble-api';
import { describe, expect, test } from 'vitest';

import { compileFieldMask, maskFlow } from './field-mask.ts';

const FLOW = create(FlowSchema, {
  uuid: 'u',
  nodeName: 'n',
  isReply: false,
  source: { ID: 7, identity: 9, podName: 'a', labels: ['k8s:x=y'] },
  l4: { protocol: { case: 'UDP', value: { sourcePort: 1, destinationPort: 2 } } },
  egressAllowedBy: [{ name: 'p' }],
});

function masked(paths: readonly string[]): unknown {
  const mask = compileFieldMask(paths);
  if (!mask.ok) return mask.error;
  return mask.value === undefined ? 'all' : toJson(FlowSchema, maskFlow(FLOW, mask.value));
}

describe('a mask keeps', () => {
  test.each<[readonly string[], unknown]>([
    [[], 'all'],
    [['uuid'], { uuid: 'u' }],
    [['source.pod_name', 'source.ID'], { source: { podName: 'a', ID: 7 } }],
    [['source', 'source.pod_name'], { source: { ID: 7, identity: 9, podName: 'a', labels: ['k8s:x=y'] } }],
    [['is_reply'], { isReply: false }],
    [['l4'], { l4: { UDP: { sourcePort: 1, destinationPort: 2 } } }],
    [['l4.UDP.source_port'], { l4: { UDP: { sourcePort: 1 } } }],
    [['egress_allowed_by'], { egressAllowedBy: [{ name: 'p' }] }],
    [['verdict'], {}],
  ])('%o', (paths, expected) => {
    expect(masked(paths)).toEqual(expected);
  });

  test('a parent is made also where the flow has none', () => {
    expect(masked(['destination.pod_name', 'IP.source'])).toEqual({ destination: {}, IP: {} });
  });
});

test.each([
  ['nope'],
  ['source.nope'],
  ['source.id'],
  ['sourceNames'],
  ['uuid.x'],
  [''],
  ['source.'],
  ['egress_allowed_by.name'],
])('"%s" is no path', (path) => {
  expect(masked([path])).toBe('invalid fieldmask');
  expect(masked(['uuid', path])).toBe('invalid fieldmask');
});

test('the flow itself is left alone', () => {
  const before: MessageInitShape<typeof FlowSchema> = structuredClone(FLOW);
  masked(['source.pod_name', 'l4.TCP.flags', 'time']);
  expect(equals(FlowSchema, FLOW, create(FlowSchema, before))).toBe(true);
});
