import '../expressions.ts';
import { describe, expect, test } from 'vitest';
import { filterToJson } from '../fields/filter-json.ts';
import { compileFilterText } from './compile.ts';

function lists(text: string): { allow: unknown[]; deny: unknown[] } {
  const result = compileFilterText(text);
  if (!result.ok) throw new Error(result.error.map(({ message }) => message).join('\n'));
  const json = (filters: typeof result.value.allow): unknown[] =>
    filters.map((filter) => JSON.parse(filterToJson(filter)));
  return { allow: json(result.value.allow), deny: json(result.value.deny) };
}

function errors(text: string): readonly string[] {
  const result = compileFilterText(text);
  return result.ok
    ? []
    : result.error.map(({ code, message, from, to }) => `${code} at ${text.slice(from, to)}: ${message}`);
}

describe('tokens that must all hold', () => {
  test.each([
    ['', []],
    ['verdict:DROPPED', [{ verdict: ['DROPPED'] }]],
    ['verdict:DROPPED verdict:ERROR', [{ verdict: ['DROPPED', 'ERROR'] }]],
    ['verdict:DROPPED or ERROR', [{ verdict: ['DROPPED', 'ERROR'] }]],
    ['pod:a', [{ source_pod: ['a'] }, { destination_pod: ['a'] }]],
    [
      'pod:a to-port:80',
      [
        { source_pod: ['a'], destination_port: ['80'] },
        { destination_pod: ['a'], destination_port: ['80'] },
      ],
    ],
    [
      'pod:a label:b',
      [
        { source_pod: ['a'], source_label: ['b'] },
        { destination_pod: ['a'], destination_label: ['b'] },
      ],
    ],
    ['from-pod:a to-workload:app', [{ source_pod: ['a'], destination_workload: [{ name: 'app' }] }]],
    ['namespace:kube-system', [{ source_pod: ['kube-system/'] }, { destination_pod: ['kube-system/'] }]],
    ['all-namespaces:true', [{ source_pod: ['/'] }, { destination_pod: ['/'] }]],
    ['from-all-namespaces:true', [{ source_pod: ['/'] }]],
    ['from-namespace:a to-namespace:b', [{ source_pod: ['a/'], destination_pod: ['b/'] }]],
    [
      'pod:web namespace:a or b',
      [{ source_pod: ['a/web', 'b/web'] }, { destination_pod: ['a/web', 'b/web'] }],
    ],
    ['to-pod:web or c/x to-namespace:c', [{ destination_pod: ['c/web', 'c/x'] }]],
    ['service:s namespace:a', [{ source_service: ['a/s'] }, { destination_service: ['a/s'] }]],
    ['type:trace:to-endpoint', [{ event_type: [{ type: 4, match_sub_type: true }] }]],
    ['type:4294967295', [{ event_type: [{ type: -1 }] }]],
    ['tcp-flags:SYN,ACK or RST', [{ tcp_flags: [{ SYN: true, ACK: true }, { RST: true }] }]],
    ['ip-version:v4 or none', [{ ip_version: ['IPv4', 'IP_NOT_USED'] }]],
    ['identity:world or 5', [{ source_identity: [2, 5] }, { destination_identity: [2, 5] }]],
    ['cluster:c1', [{ source_cluster_name: ['c1'] }, { destination_cluster_name: ['c1'] }]],
    [
      'snat-ip:1.1.1.1 dns-query:x interface:eth0',
      [{ source_ip_xlated: ['1.1.1.1'], interface: [{ name: 'eth0' }], dns_query: ['x'] }],
    ],
    ['http-header:X-A:b:c reply:false', [{ reply: [false], http_header: [{ key: 'X-A', value: 'b:c' }] }]],
    [
      'workload:Deployment/ uuid:u',
      [
        { uuid: ['u'], source_workload: [{ kind: 'Deployment' }] },
        { uuid: ['u'], destination_workload: [{ kind: 'Deployment' }] },
      ],
    ],
    ['http-status:5+ type:l7', [{ event_type: [{ type: 129 }], http_status_code: ['5+'] }]],
    ['cel-expression:_flow.uuid=="x"', [{ experimental: { cel_expression: ['_flow.uuid=="x"'] } }]],
  ])('%s', (text, allow) => {
    expect(lists(text)).toEqual({ allow, deny: [] });
  });
});

describe('groups', () => {
  test('alternatives take the common tokens along', () => {
    expect(lists('( verdict:DROPPED or http-status:5+ ) from-namespace:a').allow).toEqual([
      { source_pod: ['a/'], verdict: ['DROPPED'] },
      { source_pod: ['a/'], http_status_code: ['5+'] },
    ]);
  });

  test('groups multiply and nest', () => {
    expect(lists('( port:1 or port:2 ) ( verdict:ERROR or ( from-ip:::1 to-ip:::2 ) )').allow).toHaveLength(
      2 * 2 * 2,
    );
    expect(lists('( verdict:ERROR reply:true )').allow).toEqual([{ verdict: ['ERROR'], reply: [true] }]);
  });

  test('equal alternatives are asked for once', () => {
    expect(lists('( verdict:DROPPED or verdict:DROPPED )').allow).toEqual([{ verdict: ['DROPPED'] }]);
    expect(lists('( pod:a or pod:a )').allow).toHaveLength(2);
  });

  test('each flag of a switch is an alternative of its own', () => {
    expect(lists('( reply:true or reply:false )').allow).toHaveLength(1 + 1);
  });

  test('more than 64 combinations are refused at the group that makes them too many', () => {
    const nine = `( ${Array.from({ length: 9 }, (_, i) => `to-port:${i} or reply:true`).join(' or ')} )`;
    expect(errors(`${nine} ( verdict:ERROR or uuid:x or trace-id:y or protocol:tcp )`)).toEqual([
      'too-many at ( verdict:ERROR or uuid:x or trace-id:y or protocol:tcp ): This makes 72 alternatives, and 64 are the most. Use fewer or smaller groups.',
    ]);
  });
});

describe('exclusions', () => {
  test.each([
    ['not verdict:TRACED', [{ verdict: ['TRACED'] }]],
    ['not verdict:TRACED not verdict:TRANSLATED', [{ verdict: ['TRACED', 'TRANSLATED'] }]],
    // Each of different keys excludes by itself; the CLI's --not flags would exclude only both together.
    ['not verdict:TRACED not to-port:53', [{ verdict: ['TRACED'] }, { destination_port: ['53'] }]],
    ['not ( from-ip:1.1.1.1 to-port:80 )', [{ source_ip: ['1.1.1.1'], destination_port: ['80'] }]],
    ['not ( verdict:TRACED or to-port:53 )', [{ verdict: ['TRACED'] }, { destination_port: ['53'] }]],
    ['not namespace:a', [{ source_pod: ['a/'] }, { destination_pod: ['a/'] }]],
    [
      'not ( verdict:TRACED ( to-port:53 or to-port:80 ) )',
      [
        { destination_port: ['53'], verdict: ['TRACED'] },
        { destination_port: ['80'], verdict: ['TRACED'] },
      ],
    ],
    ['not encrypted:true not encrypted:false', [{ encrypted: [true, false] }]],
    ['not raw-filter:{}', [{}]],
    // What may not be asked for together may be excluded, since each exclusion is a filter of its own.
    ['not pod:a not from-pod:b', [{ source_pod: ['a', 'b'] }, { destination_pod: ['a'] }]],
  ])('%s', (text, deny) => {
    expect(lists(text)).toEqual({ allow: [], deny });
  });

  test('a group of tokens that must all hold may exclude too', () => {
    expect(lists('( verdict:DROPPED not to-port:53 )')).toEqual({
      allow: [{ verdict: ['DROPPED'] }],
      deny: [{ destination_port: ['53'] }],
    });
  });

  test.each(['( verdict:DROPPED or not port:80 )', 'not ( verdict:DROPPED not port:80 )'])(
    '%s cannot be asked of Hubble',
    (text) => {
      expect(errors(text)[0]).toMatch(/^inexpressible at not port:80: Hubble cannot ex/);
    },
  );
});

describe('whole filters', () => {
  test('join the tokens beside them', () => {
    expect(lists('raw-filter:{"interface":[{"index":4}]} verdict:DROPPED').allow).toEqual([
      { verdict: ['DROPPED'], interface: [{ index: 4 }] },
    ]);
  });

  test('are alternatives of each other', () => {
    const two = 'raw-filter:{"uuid":["a"]} raw-filter:{"trace_id":["b"]} reply:true';
    expect(lists(two).allow).toEqual([
      { uuid: ['a'], reply: [true] },
      { reply: [true], trace_id: ['b'] },
    ]);
  });

  test('cannot set what tokens set', () => {
    expect(errors('verdict:DROPPED raw-filter:{"verdict":["ERROR"]}')[0]).toMatch(
      /^conflict at {"verdict":\["ERROR"\]}: This filter sets verdict, which other tokens set too\./,
    );
  });
});

describe('what the CLI refuses', () => {
  const valueOf = new Map([
    ['ip', '1.1.1.1'],
    ['port', '1'],
    ['identity', '1'],
    ['all-namespaces', 'true'],
  ]);
  const token = (flag: string): string => `${flag}:${valueOf.get(flag.replace(/^(?:from|to)-/, '')) ?? 'x'}`;

  test.each([
    ['from-fqdn', 'from-ip'],
    ['service', 'from-service'],
    ['service', 'to-service'],
    ['port', 'to-port'],
    ['port', 'from-port'],
    ['identity', 'to-identity'],
    ['workload', 'from-workload'],
    ['fqdn', 'from-fqdn'],
    ['label', 'from-label'],
    ['ip', 'from-ip'],
    ['pod', 'from-pod'],
    ['ip', 'pod'],
    ['fqdn', 'namespace'],
    ['namespace', 'from-namespace'],
    ['namespace', 'all-namespaces'],
    ['from-namespace', 'from-all-namespaces'],
    ['to-namespace', 'all-namespaces'],
    ['namespace', 'from-service'],
    ['from-pod', 'all-namespaces'],
    ['to-ip', 'to-pod'],
    ['to-fqdn', 'to-namespace'],
  ])('--%s with --%s', (first, second) => {
    for (const [a, b] of [
      [first, second],
      [second, first],
    ]) {
      const [error] = errors(`${token(a ?? '')} ${token(b ?? '')}`);
      expect(error).toMatch(/^conflict at /);
      expect(error).toContain(`--${first}`);
      expect(error).toContain(`--${second}`);
      expect(error).toMatch(/cannot be combined\. Remove one of them\.$/);
    }
  });

  test('the error stands at the later token, in the words of the CLI', () => {
    expect(errors('service:bar from-service:foo')).toEqual([
      'conflict at from-service:foo: filters --service and --from-service cannot be combined. Remove one of them.',
    ]);
    expect(errors('encrypted:true or false')).toEqual([
      'conflict at encrypted:true or false: filters --encrypted and --unencrypted cannot be combined. Remove one of them.',
    ]);
  });

  test('but not in different alternatives', () => {
    expect(lists('( ip:1.1.1.1 or pod:a )').allow).toHaveLength(4);
  });

  test.each([
    'to-service:foo from-service:bar from-identity:world to-identity:world to-ip:1.2.3.4 from-pod:blib from-port:1172 to-port:11245 workload:buzz',
    'to-service:foo from-service:bar to-fqdn:example.com from-pod:blib from-namespace:test workload:buzz',
    'service:bar pod:blib namespace:test from-port:1172',
  ])('%s is fine', (text) => {
    expect(errors(text)).toEqual([]);
  });

  test('namespaces that contradict each other', () => {
    expect(errors('namespace:a pod:b/x')[0]).toContain('namespace conflict: "a" does not contain "b/x"');
    expect(errors('from-pod:a/x from-service:b/y')[0]).toContain(
      'namespace of service "b/y" conflict with pod "a"',
    );
    expect(errors('to-namespace:a from-pod:b/x')).toEqual([]);
  });

  test('what the server refuses is said before it is asked', () => {
    expect(errors('http-status:4+ type:drop')).toEqual([
      "refused at type:drop: Hubble refuses this: filtering by http status code requires the event type filter to only match 'l7' events.",
    ]);
  });
});
