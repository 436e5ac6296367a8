import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  EndpointSchema,
  FlowSchema,
  type GetFlowsResponse,
  GetFlowsResponseSchema,
} from '@finderscope/hubble-api';
import { expect, test } from 'vitest';
import { toJsonpb } from './json-line.ts';
import { countUnknownFields, leftOutText } from './unknown-fields.ts';

/** Field 99, varint 5. */
const FIELD_99 = [0x98, 0x06, 0x05];
/** Field 98, varint 1. */
const FIELD_98 = [0x90, 0x06, 0x01];

/** A response from a newer agent: unknown fields after the known ones of the flow and of its source. */
function newer(inFlow: readonly number[], inSource: readonly number[], inResponse: readonly number[] = []) {
  const source = [...toBinary(EndpointSchema, create(EndpointSchema, { podName: 'a' })), ...inSource];
  const flow = [
    ...toBinary(FlowSchema, create(FlowSchema, { verdict: 1, sourceNames: ['x'] })),
    // Field 8, source.
    0x42,
    source.length,
    ...source,
    ...inFlow,
  ];
  return fromBinary(GetFlowsResponseSchema, Uint8Array.of(0x0a, flow.length, ...flow, ...inResponse));
}

test.each<[string, GetFlowsResponse, number, string]>([
  ['nothing', newer([], []), 0, ''],
  ['a field of the flow', newer(FIELD_99, []), 1, '1 field not known here is left out.'],
  ['fields of what it holds', newer(FIELD_99, FIELD_99), 2, '2 fields not known here are left out.'],
  ['fields on every level', newer(FIELD_99, FIELD_98, FIELD_99), 3, '3 fields not known here are left out.'],
  ['two fields', newer([...FIELD_98, ...FIELD_99], []), 2, '2 fields not known here are left out.'],
  ['a repeated field once', newer([...FIELD_99, ...FIELD_99], []), 1, '1 field not known here is left out.'],
])('counts %s', (_, response, count, text) => {
  expect(countUnknownFields(response)).toBe(count);
  expect(leftOutText(response)).toBe(text);
  expect(toJsonpb(response)).toBe(
    '{"flow":{"verdict":"FORWARDED","source":{"pod_name":"a"},"source_names":["x"]}}',
  );
});
