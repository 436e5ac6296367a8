import '../expressions.ts';
import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { FlowFilterSchema, FlowSchema, Verdict } from '@finderscope/hubble-api';
import { describe, expect, test } from 'vitest';
import { compileFilters } from './compile.ts';
import { FILTER_RULES } from './rules.ts';

type FilterInit = MessageInitShape<typeof FlowFilterSchema>;
type FlowInit = MessageInitShape<typeof FlowSchema>;

function matches(filter: FilterInit, flow: FlowInit): boolean {
  const predicate = compileFilters([create(FlowFilterSchema, filter)], []);
  if (!predicate.ok) throw new Error(predicate.error);
  return predicate.value(create(FlowSchema, flow));
}

function errorOf(filter: FilterInit): string | undefined {
  const predicate = compileFilters([create(FlowFilterSchema, filter)], []);
  return predicate.ok ? undefined : predicate.error;
}

const http = (value: {
  code?: number;
  method?: string;
  url?: string;
  headers?: { key: string; value: string }[];
}) => ({
  l7: { record: { case: 'http' as const, value } },
});
const tcp = (sourcePort: number, destinationPort: number) => ({
  l4: { protocol: { case: 'TCP' as const, value: { sourcePort, destinationPort } } },
});
const flags = (...names: ('SYN' | 'ACK' | 'FIN')[]) => ({
  l4: {
    protocol: {
      case: 'TCP' as const,
      value: { flags: Object.fromEntries(names.map((name) => [name, true])) },
    },
  },
});
const icmp = { l4: { protocol: { case: 'ICMPv4' as const, value: { type: 8 } } } };

test('every field of FlowFilter has exactly one rule', () => {
  const fields = FlowFilterSchema.fields.map((field) => field.localName).sort();
  expect(FILTER_RULES.map((rule) => rule.field).sort()).toEqual(fields);
});

test('a rule of a field that is not set compiles to nothing', () => {
  const empty = create(FlowFilterSchema);
  for (const rule of FILTER_RULES) expect(rule.compile(empty)).toEqual({ ok: true, value: undefined });
});

describe('source and destination mean the side they name', () => {
  const ends = {
    source: {
      namespace: 'a',
      podName: 'p',
      identity: 7,
      clusterName: 'c',
      labels: ['k8s:x=1'],
      workloads: [{ name: 'w', kind: 'K' }],
    },
    sourceService: { namespace: 'a', name: 's' },
    IP: { source: '10.0.0.1' },
    sourceNames: ['n.io'],
    ...tcp(80, 0),
  };
  const pairs: [FilterInit, FilterInit][] = [
    [{ sourcePod: ['a/p'] }, { destinationPod: ['a/p'] }],
    [{ sourceService: ['a/s'] }, { destinationService: ['a/s'] }],
    [{ sourceIp: ['10.0.0.1'] }, { destinationIp: ['10.0.0.1'] }],
    [{ sourceFqdn: ['n.io'] }, { destinationFqdn: ['n.io'] }],
    [{ sourcePort: ['80'] }, { destinationPort: ['80'] }],
    [{ sourceIdentity: [7] }, { destinationIdentity: [7] }],
    [{ sourceClusterName: ['c'] }, { destinationClusterName: ['c'] }],
    [{ sourceLabel: ['x'] }, { destinationLabel: ['x'] }],
    [{ sourceWorkload: [{ name: 'w' }] }, { destinationWorkload: [{ name: 'w' }] }],
  ];
  test.each(pairs)('%j', (source, destination) => {
    expect(matches(source, ends)).toBe(true);
    expect(matches(destination, ends)).toBe(false);
  });
});

describe('matching', () => {
  const cases: [FilterInit, FlowInit, boolean][] = [
    [{ uuid: ['a', 'b'] }, { uuid: 'b' }, true],
    [{ uuid: ['a'] }, { uuid: 'A' }, false],
    [{ sourceIpXlated: ['10.0.0.0/8'] }, { IP: { sourceXlated: '10.1.1.1' } }, true],
    [{ sourceIpXlated: ['10.0.0.0/8'] }, { IP: { source: '10.1.1.1' } }, false],
    [{ sourceIdentity: [0] }, { source: {} }, true],
    [{ sourceIdentity: [0] }, {}, false],
    [{ sourceClusterName: ['kind'] }, { source: { clusterName: 'kind2' } }, false],
    [{ sourceWorkload: [{}] }, { source: { workloads: [{ name: 'w', kind: 'K' }] } }, true],
    [{ sourceWorkload: [{}] }, { source: {} }, false],
    [
      { sourceWorkload: [{ name: 'w', kind: 'k' }] },
      { source: { workloads: [{ name: 'w', kind: 'K' }] } },
      false,
    ],
    [{ trafficDirection: [0] }, {}, true],
    [{ trafficDirection: [1] }, { trafficDirection: 2 }, false],
    [{ verdict: [Verdict.VERDICT_UNKNOWN] }, {}, true],
    [{ verdict: [Verdict.DROPPED] }, { verdict: Verdict.ERROR }, false],
    [{ dropReasonDesc: [133] }, { verdict: Verdict.DROPPED, dropReasonDesc: 133 }, true],
    [{ dropReasonDesc: [133] }, { verdict: Verdict.AUDIT, dropReasonDesc: 133 }, false],
    [{ dropReasonDesc: [0] }, { verdict: Verdict.DROPPED }, true],
    [{ interface: [{}] }, { interface: {} }, true],
    [{ interface: [{}] }, {}, false],
    [{ interface: [{ index: 2, name: 'eth1' }] }, { interface: { index: 2, name: 'eth0' } }, false],
    [{ interface: [{ index: 3 }, { name: 'eth0' }] }, { interface: { index: 2, name: 'eth0' } }, true],
    [{ eventType: [{ type: 4, matchSubType: true }] }, { eventType: { type: 4 } }, true],
    [{ eventType: [{ type: 4, matchSubType: true }] }, { eventType: { type: 4, subType: 3 } }, false],
    [{ eventType: [{ type: 4, subType: 9 }] }, { eventType: { type: 4, subType: 3 } }, true],
    [{ eventType: [{ type: 0 }] }, { eventType: { type: 129 } }, true],
    [{ eventType: [{ type: 0 }] }, {}, false],
    [{ httpStatusCode: ['404'] }, http({ code: 404 }), true],
    [{ httpStatusCode: ['4+', '50+'] }, http({ code: 503 }), true],
    [{ httpStatusCode: ['50+'] }, http({ code: 510 }), false],
    [{ httpStatusCode: ['4+'] }, http({ code: 42 }), false],
    [{ httpStatusCode: ['4+'] }, http({}), false],
    [{ httpMethod: ['get'] }, http({ method: 'GET' }), true],
    [{ httpMethod: ['\u212a'] }, http({ method: 'k' }), true],
    [{ httpMethod: ['G.T'] }, http({ method: 'GET' }), false],
    [{ httpMethod: [''] }, http({ method: '' }), false],
    [{ httpPath: ['^/a b$'] }, http({ url: 'http://h/a%20b?q=1' }), true],
    [{ httpPath: ['q='] }, http({ url: 'http://h/a?q=1' }), false],
    [{ httpPath: [''] }, http({ url: 'no-path' }), false],
    [{ httpUrl: ['q=\\d'] }, http({ url: 'http://h/a?q=1' }), true],
    [{ httpUrl: [''] }, http({}), false],
    [{ httpHeader: [{ key: 'Host', value: 'h' }] }, http({ headers: [{ key: 'Host', value: 'h' }] }), true],
    [{ httpHeader: [{ key: 'host', value: 'h' }] }, http({ headers: [{ key: 'Host', value: 'h' }] }), false],
    [
      { httpMethod: ['GET'], eventType: [{ type: 4 }, { type: 129 }] },
      { ...http({ method: 'GET' }), eventType: { type: 129 } },
      true,
    ],
    [{ protocol: ['icmp'] }, icmp, true],
    [{ protocol: ['ICMPv6'] }, icmp, false],
    [{ protocol: ['http'] }, http({}), true],
    [{ protocol: ['tcp', 'dns'] }, tcp(1, 2), true],
    [{ protocol: ['tcp'] }, {}, false],
    [{ sourcePort: ['0'] }, tcp(0, 1), true],
    [{ sourcePort: ['0'] }, icmp, false],
    [{ destinationPort: ['0443'] }, tcp(0, 443), true],
    [{ reply: [false] }, { verdict: Verdict.DROPPED }, true],
    [{ reply: [false] }, { verdict: Verdict.FORWARDED }, false],
    [{ reply: [true] }, { verdict: Verdict.DROPPED }, false],
    [{ reply: [true] }, { isReply: true }, true],
    [{ reply: [true] }, { isReply: false }, false],
    [{ encrypted: [false] }, {}, true],
    [{ encrypted: [true] }, { IP: { encrypted: true } }, true],
    [{ dnsQuery: ['^a\\.'] }, { l7: { record: { case: 'dns', value: { query: 'a.io.' } } } }, true],
    [{ dnsQuery: [''] }, http({}), false],
    [{ tcpFlags: [{ SYN: true }] }, flags('SYN', 'ACK'), true],
    [{ tcpFlags: [{ SYN: true, ACK: true }] }, flags('SYN'), false],
    [{ tcpFlags: [{}] }, flags(), true],
    [{ tcpFlags: [{}] }, tcp(1, 2), false],
    [{ ipVersion: [0] }, {}, true],
    [{ ipVersion: [2] }, { IP: { ipVersion: 1 } }, false],
    [{ traceId: [''] }, {}, true],
    [{ traceId: ['t'] }, { traceContext: { parent: { traceId: 't' } } }, true],
    [{ ipTraceId: [0n] }, {}, true],
    [{ ipTraceId: [2n ** 64n - 1n] }, { ipTraceId: { traceId: 2n ** 64n - 1n } }, true],
    [{ nodeLabels: ['zone=a'] }, { nodeLabels: ['zone=a'] }, true],
    [{ nodeLabels: ['k8s:zone=a'] }, { nodeLabels: ['zone=a'] }, false],
    [{ experimental: {} }, {}, true],
    [{ experimental: { celExpression: ['_flow.verdict == Verdict.DROPPED'] } }, { verdict: 2 }, true],
  ];
  test.each(cases)('%o on %o: %s', (filter, flow, expected) => {
    expect(matches(filter, flow)).toBe(expected);
  });
});

describe('errors are the words of the server', () => {
  const l7Only = (what: string) =>
    `filtering by http ${what} requires the event type filter to only match 'l7' events`;
  const trace = { eventType: [{ type: 4 }] };
  const cases: [FilterInit, string][] = [
    [
      { sourceIp: ['1.2.3'] },
      'invalid IP address "1.2.3" in filter: ParseAddr("1.2.3"): IPv4 address too short',
    ],
    [
      { destinationIp: ['a/8'] },
      'invalid IP prefix "a/8" in filter: netip.ParsePrefix("a/8"): ParseAddr("a"): unable to parse IP',
    ],
    [{ sourceIpXlated: [''] }, 'invalid IP address "" in filter: ParseAddr(""): unable to parse IP'],
    [{ sourcePod: [''] }, 'invalid filter, name must not be empty'],
    [{ sourceService: [''] }, 'invalid source service filter: invalid filter, name must not be empty'],
    [
      { destinationService: ['a', ''] },
      'invalid destination service filter: invalid filter, name must not be empty',
    ],
    [{ sourceClusterName: ['a', ''] }, 'invalid filter, name must not be empty'],
    [{ sourceFqdn: ['a..'] }, 'multiple trailing dots in pattern'],
    [{ destinationFqdn: ['a/b'] }, "'/': invalid rune in pattern"],
    [{ nodeName: ['a/b/c'] }, 'too many slashes in pattern'],
    [{ nodeName: [''] }, 'empty pattern'],
    [
      { sourcePort: ['-1'] },
      'invalid source port filter: invalid port "-1": strconv.ParseUint: parsing "-1": invalid syntax',
    ],
    [
      { destinationPort: ['65536'] },
      'invalid destination port filter: invalid port "65536": strconv.ParseUint: parsing "65536": value out of range',
    ],
    [{ protocol: ['TCPx'] }, 'invalid protocol filter: unknown protocol: "TCPx"'],
    [{ httpStatusCode: ['600'] }, 'invalid http status code filter: invalid status code prefix: "600"'],
    [{ httpPath: ['('] }, 'invalid http path filter: (: error parsing regexp: missing closing ): `(`'],
    [
      { httpUrl: ['a**'] },
      'invalid http url filter: a**: error parsing regexp: invalid nested repetition operator: `**`',
    ],
    [
      { dnsQuery: ['(?=x)'] },
      'invalid DNS query filter: failed to compile regexp: error parsing regexp: invalid or unsupported Perl syntax: `(?=`',
    ],
    [
      { sourceLabel: ['a b'] },
      "invalid source label filter: unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
    ],
    [
      { nodeLabels: ['a in (b'] },
      "invalid node label filter: unable to parse requirement: found '', expected: ',' or ')'",
    ],
    [{ httpStatusCode: ['4+'], eventType: [{ type: 1 }] }, l7Only('status code')],
    [{ httpMethod: ['GET'], ...trace }, l7Only('method')],
    [{ httpPath: ['/'], ...trace }, l7Only('path')],
    [{ httpUrl: ['/'], ...trace }, l7Only('url')],
    [{ httpHeader: [{}], ...trace }, l7Only('headers')],
    // The first rule that refuses, in the server's order, gives the error.
    [{ sourceIp: ['x'], protocol: ['x'] }, 'invalid protocol filter: unknown protocol: "x"'],
    [{ httpStatusCode: ['x'], ...trace }, l7Only('status code')],
  ];
  test.each(cases)('%j', (filter, expected) => {
    expect(errorOf(filter)).toBe(expected);
  });
});
