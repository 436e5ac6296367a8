import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { FlowSchema } from '@finderscope/hubble-api';
import { describe, expect, it } from 'vitest';
import { filterForField } from './field-filter.ts';
import { countFields, flowFields, type FieldGroup } from './field-tree.ts';

function texts(groups: readonly FieldGroup[]): Record<string, string[]> {
  return Object.fromEntries(
    groups.flatMap((group) =>
      group.lines.map((line) => [`${group.title}|${line.label}`, line.values.map((v) => v.text)]),
    ),
  );
}

describe('flowFields', () => {
  const flow = create(FlowSchema, {
    time: { seconds: 1_700_000_000n, nanos: 5 },
    uuid: 'u-1',
    verdict: 2,
    dropReasonDesc: 133,
    source: {
      identity: 11716,
      namespace: 'default',
      podName: 'xwing',
      labels: ['k8s:org=alliance', 'k8s:class=xwing'],
      workloads: [{ name: 'xwing', kind: 'Pod' }],
    },
    IP: { source: '10.0.0.1', destination: '10.0.0.2', ipVersion: 1 },
    l4: { protocol: { case: 'TCP', value: { sourcePort: 1, destinationPort: 80, flags: { SYN: true } } } },
    l7: {
      type: 1,
      latencyNs: 7n,
      record: {
        case: 'http',
        value: { method: 'GET', url: 'http://a/b?c', headers: [{ key: 'Host', value: 'a' }] },
      },
    },
    isReply: false,
    ingressDeniedBy: [{ name: 'p', namespace: 'n', labels: ['a', 'b'], revision: 3n }],
  });
  const groups = flowFields(flow);

  it('shows every field in its group with readable values', () => {
    expect(texts(groups)).toEqual({
      'Verdict|verdict': ['DROPPED'],
      'Verdict|drop_reason_desc': ['POLICY_DENIED'],
      'Verdict|ingress_denied_by': ['name p, namespace n, labels [a b], revision 3'],
      'Verdict|is_reply': ['false'],
      'From|identity': ['11716'],
      'From|namespace': ['default'],
      'From|labels': ['k8s:org=alliance', 'k8s:class=xwing'],
      'From|pod_name': ['xwing'],
      'From|workloads': ['xwing (Pod)'],
      'Packet|IP.source': ['10.0.0.1'],
      'Packet|IP.destination': ['10.0.0.2'],
      'Packet|IP.ipVersion': ['IPv4'],
      'Packet|l4.TCP.source_port': ['1'],
      'Packet|l4.TCP.destination_port': ['80'],
      'Packet|l4.TCP.flags.SYN': ['true'],
      'Layer 7|l7.type': ['REQUEST'],
      'Layer 7|l7.latency_ns': ['7'],
      'Layer 7|l7.http.method': ['GET'],
      'Layer 7|l7.http.url': ['http://a/b?c'],
      'Layer 7|l7.http.headers': ['Host: a'],
      'Event|time': ['2023-11-14T22:13:20.000000005Z'],
      'Event|uuid': ['u-1'],
    });
    expect(countFields(groups)).toBe(22);
  });

  it('knows which filter a value stands for', () => {
    const filters = Object.fromEntries(
      groups.flatMap((group) =>
        group.lines.map((line) => [line.path, line.values.map((value) => value.filter)]),
      ),
    );
    expect(filters['source.pod_name']).toEqual([{ field: 'from-pod', value: 'default/xwing' }]);
    expect(filters['source.workloads']).toEqual([{ field: 'from-workload', value: 'Pod/xwing' }]);
    expect(filters['l4.TCP.destination_port']).toEqual([{ field: 'to-port', value: '80' }]);
    expect(filters['l7.http.url']).toEqual([{ field: 'http-url', value: '^http://a/b[?#].*$' }]);
    expect(filters['l7.latency_ns']).toEqual([undefined]);
  });

  it.each([
    ['http://ann:s3cret@a.b/c', String.raw`^http://[^/?#]*@a\.b/c$`, 'http://HUBBLE_REDACTED@a.b/c'],
    ['https://a/c?t=s3cret#x', '^https://a/c[?#].*$', 'https://a/c?HUBBLE_REDACTED'],
    ['/c?s3cret', '^/c[?#].*$', '/c?other'],
    ['//s3cret@a/?s3cret', '^//[^/?#]*@a/[?#].*$', '//x@a/#y'],
    ['http://a/@b', '^http://a/@b$', 'http://a/@b'],
  ])('leaves what may be secret of %s out of its filter', (url, value, same) => {
    const flow = create(FlowSchema, { l7: { record: { case: 'http', value: { url } } } });
    expect(filterForField('l7.http.url', url, flow)).toEqual({ field: 'http-url', value });
    expect(url).toMatch(new RegExp(value));
    expect(same).toMatch(new RegExp(value));
    expect(`${url.split('?')[0] ?? ''}x`).not.toMatch(new RegExp(value));
  });

  it('offers no filter for what the language has no word for', () => {
    const newer = create(FlowSchema, {
      verdict: 99 as never,
      dropReasonDesc: 9999 as never,
      trafficDirection: 7 as never,
    });
    const values = flowFields(newer).flatMap((group) => group.lines.flatMap((line) => line.values));
    expect(values.map(({ text, filter }) => [text, filter])).toEqual([
      ['99', undefined],
      ['9999', undefined],
      ['7', undefined],
    ]);
  });

  it('shows unknown enum numbers and unknown fields as numbers', () => {
    const bytes = toBinary(FlowSchema, create(FlowSchema, { verdict: 42 as never }));
    // Field 99, varint 5.
    const longer = new Uint8Array([...bytes, 0x98, 0x06, 0x05]);
    expect(texts(flowFields(fromBinary(FlowSchema, longer)))).toEqual({
      'Verdict|verdict': ['42'],
      'Other|99': ['field not known here, varint: 05'],
    });
  });

  it('has no group for an empty flow', () => {
    expect(flowFields(create(FlowSchema))).toEqual([]);
  });
});
