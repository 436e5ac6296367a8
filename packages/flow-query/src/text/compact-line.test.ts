import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { FlowSchema, GetFlowsResponseSchema } from '@finderscope/hubble-api';
import { describe, expect, test } from 'vitest';
import type { CompactOptions } from './compact-flow.ts';
import { compactLine, nodeNamesText } from './compact-line.ts';
import { hostText, type HostInput } from './host.ts';

type FlowInit = MessageInitShape<typeof FlowSchema>;

const TIME = { seconds: 1_768_471_200n, nanos: 123_456_789 };

const base = {
  time: TIME,
  nodeName: 'kind/worker',
  IP: { source: '10.0.1.60', destination: '10.0.1.5' },
  l4: { protocol: { case: 'TCP' as const, value: { sourcePort: 45678, destinationPort: 80 } } },
  source: { identity: 2822, namespace: 'default', podName: 'tiefighter' },
  destination: { identity: 30854, namespace: 'default', podName: 'deathstar' },
  Summary: 'TCP Flags: SYN',
};

function line(flow: FlowInit, options?: CompactOptions): string {
  const response = { responseTypes: { case: 'flow' as const, value: create(FlowSchema, flow) } };
  return compactLine(create(GetFlowsResponseSchema, response), options);
}

const ENDS = 'Jan 15 10:00:00.123: default/tiefighter:45678 (ID:2822)';
const OTHER = 'default/deathstar:80 (ID:30854)';

describe('flows', () => {
  const cases: [string, FlowInit, string][] = [
    [
      'policy verdict allowed',
      {
        ...base,
        verdict: 1,
        eventType: { type: 5 },
        trafficDirection: 1,
        policyMatchType: 2,
        isReply: false,
      },
      `${ENDS} -> ${OTHER} policy-verdict:L3-L4 INGRESS ALLOWED (TCP Flags: SYN)`,
    ],
    [
      'policy verdict denied',
      { ...base, verdict: 2, eventType: { type: 5 }, trafficDirection: 1 },
      `${ENDS} <> ${OTHER} policy-verdict:none INGRESS DENIED (TCP Flags: SYN)`,
    ],
    [
      'drop',
      { ...base, verdict: 2, eventType: { type: 1, subType: 133 } },
      `${ENDS} <> ${OTHER} Policy denied DROPPED (TCP Flags: SYN)`,
    ],
    [
      'reply: ends are swapped',
      { ...base, verdict: 1, eventType: { type: 4 }, isReply: true, Summary: 'TCP Flags: SYN, ACK' },
      `Jan 15 10:00:00.123: ${OTHER} <- default/tiefighter:45678 (ID:2822) to-endpoint FORWARDED (TCP Flags: SYN, ACK)`,
    ],
    [
      'dns names its source',
      {
        ...base,
        verdict: 1,
        isReply: false,
        eventType: { type: 129 },
        l7: { type: 1, record: { case: 'dns', value: { observationSource: 'proxy' } } },
      },
      `${ENDS} -> ${OTHER} dns-request proxy FORWARDED (TCP Flags: SYN)`,
    ],
    [
      'socket translation',
      { ...base, verdict: 6, eventType: { type: 7, subType: 1 }, sockXlatePoint: 1 },
      `${ENDS} <> ${OTHER} pre-xlate-fwd TRACED (TCP Flags: SYN)`,
    ],
    [
      'debug capture',
      { ...base, eventType: { type: 3 }, debugCapturePoint: 4 },
      `${ENDS} <> ${OTHER} DBG_CAPTURE_DELIVERY VERDICT_UNKNOWN (TCP Flags: SYN)`,
    ],
    [
      'ip trace id and auth',
      { ...base, verdict: 1, ipTraceId: { traceId: 7n }, authType: 1 },
      `${ENDS} <> ${OTHER} UNKNOWN FORWARDED (IP Trace ID: 7; TCP Flags: SYN; Auth: SPIRE)`,
    ],
    ['nothing at all', {}, 'N/A:  (unknown) <>  (unknown) UNKNOWN VERDICT_UNKNOWN ()'],
    [
      'no IP: MAC addresses',
      { time: TIME, ethernet: { source: 'ae:11', destination: 'be:22' }, eventType: { type: 4, subType: 3 } },
      'Jan 15 10:00:00.123: ae:11 (unknown) <> be:22 (unknown) to-stack VERDICT_UNKNOWN ()',
    ],
    [
      'control characters are shown, not sent',
      { ...base, Summary: 'a\u001b[31m\rb' },
      `${ENDS} <> ${OTHER} UNKNOWN VERDICT_UNKNOWN (a^[[31m\\rb)`,
    ],
  ];
  test.each(cases)('%s', (_, flow, expected) => {
    expect(line(flow)).toBe(expected);
  });

  test('options', () => {
    const flow: FlowInit = {
      ...base,
      verdict: 1,
      eventType: { type: 5 },
      trafficDirection: 2,
      egressAllowedBy: [{ name: 'p', kind: 'CiliumNetworkPolicy' }],
      ingressAllowedBy: [{ name: 'other', kind: 'K' }],
    };
    const options = {
      nodeName: true,
      ipTranslation: false,
      policyNames: true,
      timeFormat: 'RFC3339' as const,
    };
    expect(line(flow, options)).toBe(
      '2026-01-15T10:00:00Z [kind/worker]: 10.0.1.60:45678 (ID:2822) <> 10.0.1.5:80 (ID:30854) ' +
        'policy-verdict:none EGRESS ALLOWED BY p (CiliumNetworkPolicy) (TCP Flags: SYN)',
    );
  });
});

describe('hosts', () => {
  const host: HostInput = {
    ip: '10.0.0.1',
    mac: 'ae:11',
    port: undefined,
    namespace: '',
    podName: '',
    service: undefined,
    names: [],
  };
  const cases: [Partial<HostInput>, string][] = [
    [{ port: 53 }, '10.0.0.1:53'],
    [{ port: 0 }, '10.0.0.1'],
    [{ ip: 'fd00::1', port: 80 }, '[fd00::1]:80'],
    [{ ip: 'fd00::1' }, 'fd00::1'],
    [{ podName: 'web', namespace: 'shop', port: 80 }, 'shop/web:80'],
    [{ podName: 'web' }, 'web'],
    [{ podName: 'web', namespace: 'shop', service: { name: 's', namespace: 'other' } }, 'other/web'],
    [{ service: { name: 's', namespace: 'other' }, names: ['a.io'] }, 'other/s'],
    [{ names: ['a.io', 'b.io'], port: 443 }, 'a.io,b.io:443'],
    [{ namespace: 'shop' }, '10.0.0.1'],
    [{ ip: undefined, podName: 'web', port: 80 }, 'ae:11'],
    [{ podName: '../x', namespace: 'a/' }, 'x'],
  ];
  test.each(cases)('%j', (part, expected) => {
    expect(hostText({ ...host, ...part }, true)).toBe(expected);
  });
});

test('lost events', () => {
  const lost = create(GetFlowsResponseSchema, {
    time: TIME,
    responseTypes: {
      case: 'lostEvents',
      value: { source: 3, numEventsLost: 12n, first: { seconds: 0n }, last: { seconds: 1n } },
    },
  });
  expect(compactLine(lost)).toBe(
    'Jan 15 10:00:00.123 EVENTS LOST: HUBBLE_RING_BUFFER CPU(0) 12 (first: Jan  1 00:00:00.000, last: Jan  1 00:00:01.000)',
  );
});

test.each([
  [1, 'Receiving flows from 2 nodes: a, b'],
  [2, '2 nodes are unavailable: a, b'],
  [3, '2 nodes removed from cluster: a, b'],
  [4, 'Error "no \\"route\\"" on 2 nodes: a, b'],
])('node status %i', (stateChange, expected) => {
  const status = create(GetFlowsResponseSchema, {
    time: TIME,
    nodeName: 'relay',
    responseTypes: {
      case: 'nodeStatus',
      value: { stateChange, nodeNames: ['a', 'b'], message: 'no "route"' },
    },
  });
  expect(compactLine(status)).toBe(`Jan 15 10:00:00.123 [relay]: ${expected}`);
});

test('long lists of nodes are cut', () => {
  const names = ['kind/control-plane', 'kind/worker-1', 'kind/worker-2', 'kind/worker-3'];
  expect(nodeNamesText(names)).toBe('kind/control-plane, kind/worker-1, kind/worker-2 (and 1 more)');
  expect(nodeNamesText(['x'.repeat(80), 'b'])).toBe(`${'x'.repeat(80)} (and 1 more)`);
});
