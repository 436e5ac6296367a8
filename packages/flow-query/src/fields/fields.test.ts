import '../expressions.ts';
import { create, isFieldSet } from '@bufbuild/protobuf';
import { FlowFilterSchema } from '@finderscope/hubble-api';
import { describe, expect, test } from 'vitest';
import { compileFilter } from '../filter/compile.ts';
import { compileFilterText } from '../language/compile.ts';
import { exampleOf } from '../language/word-advice.ts';
import { filterFromJson, filterToJson } from './filter-json.ts';
import { fieldByName, flagOf, keyByName, KEYS } from './key.ts';
import { FIELDS } from './registry.ts';

function check(field: string, value: string): string {
  const result = fieldByName(field)?.check(value);
  if (result === undefined) throw new Error(`no field ${field}`);
  return result.ok ? `= ${result.value}` : result.error;
}

describe('values', () => {
  test.each([
    // field               written             canonical
    ['verdict', 'dropped', 'DROPPED'],
    ['verdict', 'Verdict_Unknown', 'VERDICT_UNKNOWN'],
    ['drop-reason-desc', 'policy denied', 'POLICY_DENIED'],
    ['drop-reason-desc', 'stale_or_unroutable_ip', 'STALE_OR_UNROUTABLE_IP'],
    ['traffic-direction', 'ingress', 'INGRESS'],
    ['traffic-direction', 'unknown', 'TRAFFIC_DIRECTION_UNKNOWN'],
    ['identity', 'world', 'world'],
    ['identity', '2', 'world'],
    ['identity', '0x1f', '31'],
    ['identity', '0', '0'],
    ['identity', 'overlay-to-encrypt', '11'],
    ['identity', '4294967295', '4294967295'],
    ['port', '080', '80'],
    ['ip', '10.0.0.0/8', '10.0.0.0/8'],
    ['ip', 'fd00::7', 'fd00::7'],
    ['ip', 'FD00:0:0::0007', 'fd00::7'],
    ['ip', '::ffff:10.0.0.1', '::ffff:10.0.0.1'],
    ['ip', '::ffff:a00:1', '::ffff:a00:1'],
    ['ip', 'FD00::/8', 'FD00::/8'],
    ['ip-version', 'IPv4', 'v4'],
    ['ip-version', '6', 'v6'],
    ['ip-version', 'none', 'none'],
    ['protocol', 'TCP', 'TCP'],
    ['tcp-flags', 'syn, ack', 'SYN,ACK'],
    ['type', 'Trace:to-endpoint', 'trace:to-endpoint'],
    ['type', 'trace:0', 'trace:0'],
    ['type', '4:0', '4:0'],
    ['type', 'agent:policy-updated', 'agent:policy-updated'],
    ['type', '254', '254'],
    ['type', 'recorder', '6'],
    ['http-status', '40+', '40+'],
    ['http-header', 'x:y:z', 'x:y:z'],
    ['ip-trace-id', '18446744073709551615', '18446744073709551615'],
    ['reply', 'TRUE', 'true'],
    ['label', 'tier in (a,b),!c', 'tier in (a,b),!c'],
    ['workload', 'Deployment/', 'Deployment/'],
    ['trace-id', '', ''],
    ['raw-filter', '{ "sourcePort": ["1"], "verdict": [2] }', '{"verdict":["DROPPED"],"source_port":["1"]}'],
  ])('%s takes %j as %j', (field, value, canonical) => {
    expect(check(field, value)).toBe(`= ${canonical}`);
  });

  test.each([
    [
      'http-status',
      '9x',
      '9x is not an HTTP status. Write a code from 100 to 599 or a prefix with +, as in 404 or 5+.',
    ],
    ['ip', '300.1.1.1', /^300\.1\.1\.1 is not an IP address\. Write one such as 10\.0\.1\.7/],
    ['ip', '10.0.0.0/40', /^10\.0\.0\.0\/40 is not an IP prefix\. Write/],
    ['port', '70000', '70000 is not a port. Write a number from 0 to 65535.'],
    ['verdict', 'DENIED', /^DENIED is not a verdict\. Write FORWARDED, DROPPED,/],
    ['drop-reason-desc', 'POLICY_DENID', 'POLICY_DENID is not a drop reason. Did you mean POLICY_DENIED?'],
    ['identity', 'unknown', /^unknown is not a security identity\. Write a number, or host, world,/],
    ['identity', '4294967296', /is not a security identity/],
    ['http-path', '(a', /^\(a is not a regular expression: missing closing \)/],
    ['fqdn', 'a..', /^a\.\. is not a DNS name pattern: multiple trailing dots in pattern\. Write/],
    ['node-name', 'a/b/c', /^a\/b\/c is not a node name pattern: too many slashes in pattern\. Write/],
    ['label', 'a=b:c', /^a=b:c is not a label selector: /],
    ['type', '4:to-endpoint', /write trace:to-endpoint\.$/],
    ['type', 'trace:nowhere', /^nowhere is not a sub type of trace\. Write to-endpoint, /],
    ['type', 'drop:x', /^x is not a sub type of drop\. Write a number\.$/],
    ['type', 'nothing', /^nothing is not an event type\. Write drop, trace,/],
    ['tcp-flags', 'SYN,Xxx', /^Xxx is not a TCP flag\. Write FIN, SYN/],
    ['type', 'Trce', /^Trce is not an event type\. Write drop, /],
    ['type', 'trace:To-Nowhere', /^To-Nowhere is not a sub type of trace\. /],
    ['ip-trace-id', '0', /^0 is not an IP trace id\./],
    ['http-header', 'x', /^x is not an HTTP header\./],
    ['ip-version', '5', /^5 is not an IP version\./],
    ['all-namespaces', 'false', /^false cannot be said of all-namespaces\./],
    ['namespace', '', /^An empty value is not a namespace\./],
    ['pod', '', /^An empty value is not a pod\./],
    [
      'cel-expression',
      '_flow.nothing',
      /^_flow\.nothing is not a CEL expression Hubble takes: undefined field 'nothing'\. Write/,
    ],
    [
      'raw-filter',
      '{"pod":["a"]}',
      /^{"pod":\["a"\]} is not a FlowFilter: .*pod is not known here\. Write JSON/,
    ],
    ['raw-filter', '{', /^{ is not a FlowFilter: it is not JSON\. Write/],
  ])('%s refuses %j', (field, value, message) => {
    expect(check(field, value)).toMatch(message);
  });
});

describe('the registry', () => {
  test('has every filter flag of the CLI as a flag of some key', () => {
    const flags = new Set(
      KEYS.flatMap((key) => [
        key.name,
        ...(key.field.switches ?? []).map((entry) => flagOf(key, entry.value)),
      ]),
    );
    const sided = [
      'pod',
      'ip',
      'namespace',
      'all-namespaces',
      'label',
      'service',
      'port',
      'workload',
      'identity',
      'fqdn',
      'cluster',
    ];
    const wanted =
      'uuid node-name node-label protocol tcp-flags type verdict drop-reason-desc http-status http-method http-path ' +
      'http-url http-header trace-id ip-trace-id snat-ip ip-version traffic-direction cel-expression interface ' +
      'encrypted unencrypted reply not-reply';
    const all = [...wanted.split(' '), ...sided.flatMap((name) => [name, `from-${name}`, `to-${name}`])];
    expect(all.filter((flag) => !flags.has(flag))).toEqual([]);
    expect(fieldByName('ip-version')?.switches?.map(({ flag }) => flag)).toEqual(['ipv4', 'ipv6']);
  });

  test('reaches every field of FlowFilter', () => {
    const reached = new Set<string>();
    for (const { field, side, name } of KEYS) {
      if (field.effect.kind !== 'list') continue;
      const filter = create(FlowFilterSchema);
      const value = field.check(
        exampleOf(name)
          .slice(name.length + 1)
          .replaceAll('"', ''),
      );
      if (!value.ok) throw new Error(value.error);
      field.effect.write(filter, value.value, side === 'destination' ? 'destination' : 'source');
      for (const desc of FlowFilterSchema.fields) if (isFieldSet(filter, desc)) reached.add(desc.name);
    }
    expect(FlowFilterSchema.fields.map(({ name }) => name).filter((name) => !reached.has(name))).toEqual([]);
  });

  test('has no name or alias twice', () => {
    const names = FIELDS.flatMap((field) =>
      (field.sides === 'none' ? [''] : ['', 'from-', 'to-']).flatMap((prefix) =>
        [field.name, ...field.aliases].map((name) => `${prefix}${name}`),
      ),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(FIELDS.flatMap((field) => field.examples.map((example) => [example])))(
    'example %s is a filter',
    (example) => {
      expect(compileFilterText(example)).toMatchObject({ ok: true });
    },
  );

  test.each(FIELDS.flatMap(({ name, values = [] }) => values.map((value) => [name, value])))(
    'fixed value %s:%s is canonical and taken by the server',
    (name, value) => {
      expect(check(name, value)).toBe(`= ${value}`);
      const filters = compileFilterText(`${name}:${value}`);
      expect(filters.ok && filters.value.allow.every((filter) => compileFilter(filter).ok)).toBe(true);
    },
  );

  test('finds keys by alias and in any case of letters', () => {
    expect(keyByName('From-Pod')?.name).toBe('from-pod');
    expect(keyByName('to-svc')?.name).toBe('to-service');
    expect(keyByName('status')?.name).toBe('http-status');
    expect(keyByName('from-verdict')).toBeUndefined();
    expect(keyByName('constructor')).toBeUndefined();
  });
});

test('a list field reads back what it wrote', () => {
  for (const { field, name, side } of KEYS) {
    if (field.effect.kind !== 'list') continue;
    const filter = create(FlowFilterSchema);
    const end = side === 'destination' ? 'destination' : 'source';
    const values = field.values ?? [
      exampleOf(name)
        .slice(name.length + 1)
        .replaceAll('"', ''),
    ];
    for (const value of values) field.effect.write(filter, value, end);
    expect(field.effect.read(filter, end), name).toEqual(values);
  }
});

test('filters in JSON keep the declared order and Go’s escapes', () => {
  const filter = create(FlowFilterSchema, {
    sourcePod: ['a<b>&'],
    uuid: ['u'],
    ipTraceId: [5n],
    eventType: [{ type: 4, matchSubType: true }],
  });
  const json =
    '{"uuid":["u"],"source_pod":["a\\u003cb\\u003e\\u0026"],"event_type":[{"type":4,"match_sub_type":true}],"ip_trace_id":["5"]}';
  expect(filterToJson(filter)).toBe(json);
  const back = filterFromJson(json);
  expect(back.ok && filterToJson(back.value)).toBe(json);
});
