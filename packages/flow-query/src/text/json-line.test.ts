import { create, equals } from '@bufbuild/protobuf';
import {
  FlowFilterSchema,
  FlowSchema,
  GetFlowsResponseSchema,
  type GetFlowsResponse,
} from '@finderscope/hubble-api';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filterArbitrary } from '../filter/test-support/random-filters.ts';
import { flowArbitrary } from '../filter/test-support/random-flows.ts';
import { fromJsonLine, recordToJson, toJsonpb, type JsonRecord } from './json-line.ts';
import { messageFromJson } from './json-read.ts';
import { messageToJson } from './json-write.ts';

function read(line: string): JsonRecord {
  const record = fromJsonLine(line);
  if (!record.ok) throw new Error(record.error);
  return record.value;
}

function errorOf(line: string): string {
  const record = fromJsonLine(line);
  return record.ok ? 'no error' : record.error;
}

function flowOf(record: JsonRecord) {
  if (record.kind !== 'flows' || record.response.responseTypes.case !== 'flow') throw new Error('not a flow');
  return record.response.responseTypes.value;
}

const DROP =
  '{"flow":{"time":"2026-01-15T10:00:00.123456789Z","uuid":"0d5b7c1e-3c0e-4a53-9a55-1d9c5f2f7a10","verdict":"DROPPED",' +
  '"drop_reason":133,"ethernet":{"source":"ae:11:22:33:44:55","destination":"be:11:22:33:44:55"},"IP":{"source":' +
  '"10.0.1.60","destination":"10.0.1.5","ipVersion":"IPv4"},"l4":{"TCP":{"source_port":44916,"destination_port":80,' +
  '"flags":{"SYN":true}}},"source":{"ID":712,"identity":21579,"cluster_name":"kind-kind","namespace":"default",' +
  '"labels":["k8s:org=alliance"],"pod_name":"xwing"},"destination":{"ID":88,"identity":30854,"workloads":[{"name":' +
  '"deathstar","kind":"Deployment"}]},"Type":"L3_L4","node_name":"kind-kind/kind-worker","event_type":{"type":1,' +
  '"sub_type":133},"traffic_direction":"INGRESS","file":{"name":"bpf_lxc.c","line":2021},"drop_reason_desc":' +
  '"POLICY_DENIED","Summary":"TCP Flags: SYN"},"node_name":"kind-kind/kind-worker","time":"2026-01-15T10:00:00.123456789Z"}';

test('a whole record comes back byte for byte', () => {
  const record = read(DROP);
  expect(record.unknownFields).toEqual([]);
  expect(recordToJson(record)).toBe(DROP);
});

test('presence: wrappers and messages stay when empty, zero values do not', () => {
  const response = create(GetFlowsResponseSchema, {
    responseTypes: {
      case: 'flow',
      value: create(FlowSchema, {
        isReply: false,
        source: {},
        verdict: 0,
        l4: { protocol: { case: 'TCP', value: {} } },
        socketCookie: 2n ** 64n - 1n,
        Summary: '<a> & \u2028"\u0001',
      }),
    },
  });
  expect(toJsonpb(response)).toBe(
    '{"flow":{"l4":{"TCP":{}},"source":{},"is_reply":false,' +
      '"socket_cookie":"18446744073709551615","Summary":"\\u003ca\\u003e \\u0026 \\u2028\\"\\u0001"}}',
  );
});

test('random flows survive the way there and back', () => {
  fc.assert(
    fc.property(flowArbitrary, (flow) => {
      const response: GetFlowsResponse = create(GetFlowsResponseSchema, {
        nodeName: flow.nodeName,
        responseTypes: { case: 'flow', value: flow },
      });
      const record = read(toJsonpb(response));
      expect(record.unknownFields).toEqual([]);
      expect(record.kind === 'flows' && equals(GetFlowsResponseSchema, record.response, response)).toBe(true);
    }),
    { seed: 11, numRuns: 300 },
  );
});

test('random filters survive the way there and back', () => {
  fc.assert(
    fc.property(filterArbitrary(0, 5), (filter) => {
      const back = messageFromJson(FlowFilterSchema, JSON.parse(messageToJson(FlowFilterSchema, filter)));
      expect(back.ok && equals(FlowFilterSchema, back.value.message, filter)).toBe(true);
    }),
    { seed: 11, numRuns: 200 },
  );
});

describe('reading forgives', () => {
  test('camel case, numbers as strings, null, white space, byte order mark', () => {
    const flow = flowOf(
      read(
        '\ufeff { "flow" : {"nodeName":"n","dropReasonDesc":133,"source":null,"l4":{"TCP":{"sourcePort":"80"}},"verdict":2,"isReply":false} } \n',
      ),
    );
    expect(flow.nodeName).toBe('n');
    expect(flow.dropReasonDesc).toBe(133);
    expect(flow.source).toBeUndefined();
    expect(flow.verdict).toBe(2);
    expect(flow.isReply).toBe(false);
    expect(flow.l4?.protocol).toMatchObject({ case: 'TCP', value: { sourcePort: 80 } });
  });

  test('the bare flow of old CLIs gets its envelope', () => {
    const record = read(
      '{"time":"2022-02-11T10:00:00Z","verdict":"FORWARDED","node_name":"k8s1","Summary":"x"}',
    );
    expect(flowOf(record).verdict).toBe(1);
    expect(record.response.nodeName).toBe('k8s1');
    expect(record.response.time?.seconds).toBe(1_644_573_600n);
  });

  test('the exporter writes agent and debug events too', () => {
    const agent =
      '{"agent_event":{"type":"IPCACHE_UPSERTED","ipcache_update":{"cidr":"10.0.1.7/32","identity":4711,"old_identity":0}},"node_name":"w","time":"2026-01-15T10:00:00Z"}';
    const debug = '{"debug_event":{"type":"DBG_CT_LOOKUP","hash":0,"cpu":3},"node_name":"w"}';
    expect([read(agent).kind, read(debug).kind]).toEqual(['agent', 'debug']);
    expect([agent, debug].map((line) => recordToJson(read(line)))).toEqual([agent, debug]);
  });

  test('lost events, node status and an envelope without event', () => {
    for (const line of [
      '{"lost_events":{"source":"PERF_EVENT_RING_BUFFER","num_events_lost":"3","cpu":2},"node_name":"w"}',
      '{"node_status":{"state_change":"NODE_CONNECTED","node_names":["a"]},"node_name":"r"}',
      '{"node_name":"w"}',
    ]) {
      expect(recordToJson(read(line))).toBe(line);
    }
  });

  test('what is unknown is left out and reported', () => {
    const record = read(
      '{"flow":{"verdict":"SHRUGGED","source":{"pod_uuid":"x"},"l7":{"grpc":{}},"future":[1]},"extra":1}',
    );
    expect(record.unknownFields).toEqual([
      'flow.verdict=SHRUGGED',
      'flow.source.pod_uuid',
      'flow.l7.grpc',
      'flow.future',
      'extra',
    ]);
    expect(flowOf(record).verdict).toBe(0);
  });

  test('a number that the enum does not know stays a number', () => {
    const line = '{"flow":{"drop_reason_desc":159}}';
    expect(recordToJson(read(line))).toBe(line);
  });

  test('packed extensions keep their bytes', () => {
    const line = '{"flow":{"extensions":{"@type":"type.example/x.Y","value":"AQL/"}}}';
    expect(recordToJson(read(line))).toBe(line);
  });
});

test.each([
  ['', 'the line is empty'],
  ['{"flow":{"verdict":"DROPPED"', 'the line ends in the middle of a record ('],
  ['TIMESTAMP SOURCE', 'the line is not JSON ('],
  ['[]', 'the line is a JSON list; each record must be a line of its own'],
  ['7', 'the line is JSON, but not an object'],
  [
    '{"level":"info","msg":"x"}',
    "the line is not a record of Hubble's: none of its fields is known (level, msg)",
  ],
  [
    '{"flow":{"source":{"identity":-1}}}',
    'flow.source.identity: expected a whole number from 0 to 4294967295, found -1',
  ],
  ['{"flow":{"source":{"labels":"a"}}}', 'flow.source.labels: expected a list, found "a"'],
  ['{"flow":{"source_names":[1]}}', 'flow.source_names[0]: expected text, found 1'],
  [
    '{"flow":{"time":"yesterday"}}',
    'flow.time: expected a time such as 2026-01-15T10:00:00.123Z, found "yesterday"',
  ],
  ['{"flow":{"is_reply":"no"}}', 'flow.is_reply: expected true or false, found "no"'],
  ['{"flow":{"verdict":true}}', 'flow.verdict: expected a name of Verdict or its number, found true'],
  ['{"flow":{"l4":{"TCP":{},"UDP":{}}}}', 'flow.l4.UDP: stands beside TCP, and only one of them can be set'],
  [
    '{"flow":{"socket_cookie":18446744073709551615}}',
    'flow.socket_cookie: expected a number of this size as a string',
  ],
  ['{"flow":[]}', 'flow: expected an object, found []'],
])('%s is refused', (line, expected) => {
  // Texts of the JSON parser itself, which follow the bracket, are the engine's.
  expect(errorOf(line).slice(0, expected.length)).toBe(expected);
});
