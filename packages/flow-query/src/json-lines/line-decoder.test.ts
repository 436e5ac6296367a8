// Every line gets the reference's answer: the same kind, the same bytes, the same reason.

import { create, toBinary } from '@bufbuild/protobuf';
import {
  type GetAgentEventsResponse,
  GetAgentEventsResponseSchema,
  GetFlowsResponseSchema,
} from '@finderscope/hubble-api';
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { flowArbitrary } from '../filter/test-support/random-flows.ts';
import { fromJsonLine, toJsonpb } from '../text/json-line.ts';
import { LineDecoder } from './line-decoder.ts';
import { JsonTranscoder } from './transcoder.ts';

type Answer = { readonly kind: string; readonly bytes?: string; readonly more: unknown };

const KINDS: Readonly<Record<string, string>> = { flow: 'flow', lostEvents: 'lost', nodeStatus: 'node' };

function hexOf(response: GetAgentEventsResponse): string {
  return Buffer.from(toBinary(GetAgentEventsResponseSchema, response)).toString('hex');
}

function expected(line: string): Answer {
  const read = fromJsonLine(line);
  if (!read.ok) return { kind: 'broken', more: read.error };
  const { kind, response, unknownFields: more } = read.value;
  if (kind === 'debug') return { kind, more };
  if (kind === 'agent') return { kind, bytes: hexOf(read.value.response), more };
  const bytes = Buffer.from(toBinary(GetFlowsResponseSchema, response)).toString('hex');
  return { kind: KINDS[response.responseTypes.case ?? ''] ?? 'nothing', bytes, more };
}

/** The lines in one buffer, as they come from a file. */
function decoded(lines: readonly string[]): Answer[] {
  const bytes = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));
  const decoder = new LineDecoder();
  decoder.use(bytes);
  let start = 0;
  return lines.map(() => {
    const end = bytes.indexOf(0x0a, start);
    const from = decoder.length;
    const line = decoder.decode(start, end);
    start = end + 1;
    if (line.kind === 'broken') return { kind: 'broken', more: line.reason };
    const { kind, unknownFields: more } = line;
    if (kind === 'debug') return { kind, more };
    if (kind === 'agent') return { kind, bytes: hexOf(line.response), more };
    return { kind, bytes: Buffer.from(decoder.out.subarray(from, decoder.length)).toString('hex'), more };
  });
}

function isTaken(line: string): boolean {
  const bytes = new TextEncoder().encode(`${line}\n`);
  const transcoder = new JsonTranscoder();
  transcoder.use(bytes);
  return transcoder.transcode(0, bytes.length - 1);
}

const lineArbitrary = flowArbitrary.map((flow) =>
  toJsonpb(
    create(GetFlowsResponseSchema, {
      nodeName: flow.nodeName,
      ...(flow.time && { time: flow.time }),
      responseTypes: { case: 'flow', value: flow },
    }),
  ),
);

/** What history, other tools and accidents do to a line. */
const spoilt = fc.tuple(lineArbitrary, fc.nat(), fc.nat({ max: 16 })).map(([line, place, how]) => {
  const at = place % (line.length + 1);
  const token = (from: RegExp, to: string): string => line.replace(from, to);
  switch (how) {
    case 0:
      return line.slice(0, at);
    case 1:
      return `${line.slice(0, at)}${line.slice(at + 1)}`;
    case 2:
      return `${line.slice(0, at)} ${line.slice(at)}`;
    case 3:
      return `${line.slice(0, at)}"${line.slice(at)}`;
    case 4:
      return `${line.slice(0, at)}\\u00e9${line.slice(at)}`;
    case 5:
      return line.replaceAll(':', ' :\t').replaceAll(',', ' , ');
    case 6:
      return token(/_([a-z])/g, '$1').replaceAll(/"([a-z]+)_([a-z])([a-z_]*)":/g, '"$1$2$3":');
    case 7:
      return token(/"verdict":"[A-Z]+"/, '"verdict":"FORWARDED","verdict":2');
    case 8:
      return token(/"identity":\d+/, '"identity":"12"');
    case 9:
      return token(/"identity":\d+/, '"identity":-1');
    case 10:
      return token(/"source":\{/, '"source":null,"other":[1,{"a":"}"}],"dest":{');
    case 11:
      return token(/^\{"flow":(.*\}),"node_name.*$/, '$1');
    case 12:
      return token(/"TCP":\{/, '"UDP":null,"TCP":{');
    case 13:
      return token(/"TCP":\{/, '"UDP":{},"TCP":{');
    case 14:
      return token(/\d\d:\d\d:\d\d/, '23:60:00');
    case 15:
      return token(/-\d\d-\d\dT/, '-02-30T');
    default:
      return token(/Z"/, '+01:00"');
  }
});

test('flows as Hubble writes them are what the reference makes of them', () => {
  fc.assert(
    fc.property(fc.array(lineArbitrary, { minLength: 1, maxLength: 12 }), (lines) => {
      expect(decoded(lines)).toEqual(lines.map(expected));
    }),
    { seed: 5, numRuns: 300 },
  );
});

test('so are lines that somebody or something has changed', () => {
  fc.assert(
    fc.property(fc.array(spoilt, { minLength: 1, maxLength: 6 }), (lines) => {
      expect(decoded(lines)).toEqual(lines.map(expected));
    }),
    { seed: 6, numRuns: 400 },
  );
});

describe('one by one', () => {
  const lines = [
    '',
    '   ',
    '{}',
    '[]',
    '7',
    '{"flow":{}}',
    '{"flow":null}',
    '{"flow":{},"flow":{}}',
    '{"flow":{}} x',
    '{"flow":{}}\r',
    '{"flow":{"time":"2024-02-29T00:00:00Z"}}',
    '{"flow":{"time":"2023-02-29T00:00:00Z"}}',
    '{"flow":{"time":"1969-12-31T23:59:59.5Z"}}',
    '{"flow":{"time":"1970-01-01T00:00:00Z"},"time":"1970-01-01T00:00:00.000000001Z"}',
    '{"flow":{"time":"2026-01-15T10:00:00.1234567891Z"}}',
    '{"flow":{"time":"2026-01-15T24:00:00Z"}}',
    '{"flow":{"time":"2026-01-15T10:00:00.Z"}}',
    '{"flow":{"is_reply":false}}',
    '{"flow":{"is_reply":true,"reply":false}}',
    '{"flow":{"verdict":9}}',
    '{"flow":{"verdict":2147483648}}',
    '{"flow":{"verdict":"NEVER_HEARD_OF"}}',
    '{"flow":{"socket_cookie":"18446744073709551615"}}',
    '{"flow":{"socket_cookie":"18446744073709551616"}}',
    '{"flow":{"socket_cookie":"9007199254740993","cgroup_id":7}}',
    '{"flow":{"socket_cookie":"007"}}',
    '{"flow":{"proxy_port":1.5}}',
    '{"flow":{"proxy_port":1e3}}',
    '{"flow":{"proxy_port":4294967296}}',
    '{"flow":{"proxy_port":12 3}}',
    '{"flow":{"Summary":"a\\u003cb\\n\\u2028\\u00e9\\u0000"}}',
    '{"flow":{"Summary":"\\ud83d\\ude00"}}',
    '{"flow":{"Summary":"\\ud83d"}}',
    '{"flow":{"Summary":"\\x"}}',
    '{"flow":{"Summary":"é😀"}}',
    '{"flow":{"Summary":"tab\there"}}',
    `{"flow":{"Summary":"${'x'.repeat(127)}"}}`,
    `{"flow":{"Summary":"${'x'.repeat(128)}"}}`,
    `{"flow":{"Summary":"${'x'.repeat(20_000)}"}}`,
    '{"flow":{"source_names":["","a",""]}}',
    '{"flow":{"source_names":[null]}}',
    '{"flow":{"source_names":"a"}}',
    '{"flow":{"l4":{"TCP":{},"UDP":{}}}}',
    '{"flow":{"extensions":{"@type":"type.example/x.Y","value":"AQL/"}}}',
    '{"flow":{"future":{"a":[1,2,{"b":null}]}},"extra":1}',
    '{"node_name":"w"}',
    '{"time":"2026-01-15T10:00:00Z","node_name":"w"}',
    '{"time":"2026-01-15T10:00:00Z","flow":{"verdict":"DROPPED"}}',
    '{"node_name":"w","flow":{"verdict":"DROPPED"}}',
    '{"time":"2026-01-15T10:00:00Z","verdict":"DROPPED","node_name":"w"}',
    '{"time":"2026-01-15T10:00:00Z","verdict":"VERDICT_UNKNOWN","node_name":"w"}',
    '{"verdict":"VERDICT_UNKNOWN"}',
    '{"verdict":null}',
    `{"verdict":"DROPPED","Summary":"${'x'.repeat(20_000)}","node_name":"w"}`,
    '{"lost_events":{"source":"HUBBLE_RING_BUFFER","num_events_lost":"12","cpu":0},"node_name":"w"}',
    '{"node_status":{"state_change":"NODE_CONNECTED","node_names":["a"]}}',
    '{"agent_event":{"type":"AGENT_STARTED","agent_start":{}},"node_name":"w"}',
    '{"debug_event":{"type":"DBG_CT_LOOKUP","hash":0,"cpu":3},"node_name":"w"}',
    '{"level":"info","msg":"x"}',
    'TIMESTAMP SOURCE',
    '\ufeff{"flow":{}}',
    '{"flow":{',
    '{"flow":{"source":{"labels":["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"',
  ];
  test.each(lines)('%s', (line) => {
    expect(decoded([line, line])).toEqual([expected(line), expected(line)]);
  });
});

test('endpoints that come again are the same again', () => {
  const end = (pod: string): string =>
    `{"ID":712,"identity":21579,"cluster_name":"kind","namespace":"default","labels":["k8s:app=x"],"pod_name":"${pod}","workloads":[{"name":"w","kind":"Deployment"}]}`;
  const lines = ['a-1', 'a-2', 'a-1', 'a-2', 'a-3'].flatMap((pod) => [
    `{"flow":{"source":${end(pod)},"destination":${end('a-1')}}}`,
    `{"flow":{"source":${end(pod)}x}}`,
  ]);
  expect(decoded(lines)).toEqual(lines.map(expected));
});

describe('lines that differ in a few values', () => {
  const line = (
    time: string,
    uuid: string,
    port: string,
    latency: string,
    header: string,
    last = time,
  ): string =>
    `{"flow":{"time":"${time}","uuid":"${uuid}","verdict":"FORWARDED","IP":{"source":"10.0.1.2","destination":"10.0.3.4"},"l4":{"TCP":{"source_port":${port},"destination_port":80,"flags":{"SYN":true}}},"l7":{"type":"RESPONSE","latency_ns":${latency},"http":{"code":200,"headers":[{"key":"a","value":"b"},{"key":"x-request-id","value":"${header}"}]}},"Summary":"${'s'.repeat(80)}"},"node_name":"w","time":"${last}"}`;
  const plain = ['2026-01-15T10:00:00.123456Z', 'aaaaaaaa-0000', '41000', '"5507254"', 'abc'] as const;
  const text = (length: number): fc.Arbitrary<string> =>
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.string({
          unit: fc.constantFrom('a', '7', '-', ' '),
          minLength: length,
          maxLength: length,
        }),
      },
      fc
        .constantFrom('"', '\\', '\\"', '\\u0041', '\\ud83d\\ude00', '\\n', 'é', '😀', '\t', '\u0000', '')
        .map((odd) => `${odd}${'a'.repeat(length)}`.slice(0, length)),
    );
  const number = (of: string): fc.Arbitrary<string> =>
    fc.oneof(
      { weight: 4, arbitrary: fc.nat({ max: 99_999 }).map(String) },
      { weight: 4, arbitrary: fc.nat({ max: 9_999_999 }).map((value) => `"${value}"`) },
      fc.constantFrom(
        of,
        '0',
        '00080',
        '16383',
        '16384',
        '1.5e3',
        '-1000',
        '65536',
        '99999999999',
        'null',
        '"0000000"',
        '"2097151"',
        '"2097152"',
        '"18446744073709551615"',
        'true',
        '"4100 "',
        '4e04 ',
      ),
    );
  const time = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constantFrom(
        plain[0],
        '2026-01-15T10:00:00.999999Z',
        '2026-01-15T10:00:00.000001Z',
        '2026-01-15T10:00:00.000000Z',
        '1970-01-01T00:00:00.000000Z',
        '2026-01-15T10:00:00.123456789Z',
        '2026-01-15T10:00:00Z',
      ),
    },
    fc.constantFrom(
      '2026-01-15T10:00:60.123456Z',
      '2026-02-30T10:00:00.123456Z',
      '1969-12-31T10:00:00.123456Z',
      '2026-01-15T10:00:00.12+01:00',
      '2026-01-15t10:00:00.123456z',
      '2026-01-15T10:00:00,123456Z',
      '2026-01-15T10:00:00.12345\\u0036Z',
      '',
      '9999-12-31T23:59:59.999999Z',
    ),
  );
  const changed = fc
    .tuple(
      time,
      text(13),
      number(plain[2]),
      number(plain[3]),
      text(3),
      fc.option(time, { nil: undefined, freq: 8 }),
    )
    .map((values) => line(...values));

  test('each has its own', () => {
    fc.assert(
      fc.property(fc.array(changed, { minLength: 1, maxLength: 8 }), (lines) => {
        const all = [line(...plain), ...lines, line(...plain)];
        expect(decoded(all)).toEqual(all.map(expected));
      }),
      { seed: 8, numRuns: 250 },
    );
  });

  test('what else is changed in them is seen', () => {
    const first = line(...plain);
    const one = fc
      .tuple(
        fc.nat({ max: first.length - 1 }),
        fc.constantFrom('"', ',', ':', '{', '}', '[', ']', '\\', ' ', '0', 'a', '1', 'Z'),
      )
      .map(([at, by]) => `${first.slice(0, at)}${by}${first.slice(at + 1)}`);
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 4 }), (lines) => {
        const all = [first, ...lines];
        expect(decoded(all)).toEqual(all.map(expected));
      }),
      { seed: 9, numRuns: 250 },
    );
  });

  test('values of one field, of which some are empty, keep their places', () => {
    const headers = (...values: readonly string[]): string =>
      line(...plain).replace(
        /"headers":\[[^\]]*\]/,
        `"headers":[${values.map((value, i) => `{"key":"x-${i}","value":"${value}"}`).join(',')}]`,
      );
    const all = [
      headers('', 'abc', 'xyz'),
      headers('', 'abd', 'xyz'),
      headers('', 'abd', 'xyw'),
      headers('', 'same', 'same'),
      headers('', 'none', 'same'),
      headers('abc', 'xyz', ''),
      headers('abd', 'xyw', ''),
    ];
    expect(all[0]).toContain('"value":""');
    expect(decoded(all)).toEqual(all.map(expected));
  });

  test('keys in another order, twice, and with space around them', () => {
    const first = line(...plain);
    const all = [
      first,
      first.replace('"uuid":"aaaaaaaa-0000",', ''),
      first.replace('"node_name":"w",', '').replace(/\}$/, ',"node_name":"w"}'),
      first.replace('"node_name":"w"', '"node_name":"w","node_name":"w"'),
      first.replace('"uuid":"aaaaaaaa-0000"', '"uuid":"aaaaaaaa-0000","uuid":"bbbbbbbb-0000"'),
      first.replace('"source_port":41000,"destination_port":80', '"destination_port":80,"source_port":41000'),
      first.replace(/,"time":"[^"]*"\}$/, '}'),
      `${first} `,
      `${first}\r`,
      ` ${first}`,
      first.replaceAll(',', ', '),
      first.replace(/^\{"flow":(.*),"node_name.*$/, '$1'),
    ];
    expect(decoded([...all, ...all])).toEqual([...all, ...all].map(expected));
  });
});

test('what Hubble writes does not need the reference', () => {
  fc.assert(
    fc.property(lineArbitrary, (line) => {
      const isOld = /"\d{4}-/.exec(line) !== null && !/"(19[789]|[2-9])\d+-/.test(line);
      fc.pre(!isOld && !/[^ -~]/.test(line));
      expect(isTaken(line), line).toBe(true);
    }),
    { seed: 7, numRuns: 300 },
  );
});

const fixtures = fileURLToPath(new URL('../../../../e2e/fixtures', import.meta.url));
const captures = process.env['FINDERSCOPE_CAPTURES'] ?? '';
const folders = captures === '' ? [fixtures] : [fixtures, captures];

for (const folder of folders) {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.jsonl'))) {
    test(`every line of ${name}`, () => {
      const lines = readFileSync(join(folder, name), 'utf8').split('\n');
      expect(decoded(lines)).toEqual(lines.map(expected));
    });
  }
}
