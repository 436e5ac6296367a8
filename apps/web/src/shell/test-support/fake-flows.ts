// Star Wars traffic for the fake engine: always the same flows for the same numbers.

import { Verdict } from '@finderscope/hubble-api';
import type { FlowRow, RowEnd, RowId } from '../../engine/protocol.ts';

const NS_PER_MS = 1_000_000n;

function end(
  namespace: string,
  name: string,
  ip: string,
  port: number | undefined,
  identity: number,
): RowEnd {
  return { namespace, name, workload: name.split('-')[0] ?? name, ip, port, identity, cluster: 'default' };
}

function deathstar(port: number): RowEnd {
  return end('default', 'deathstar-8c4c77fb7-9klws', '172.20.1.142', port, 6589);
}

type Pattern = Pick<FlowRow, 'verdict' | 'type' | 'summary' | 'dropReason' | 'isReply' | 'httpCode'> & {
  readonly from: 'xwing' | 'tiefighter' | 'deathstar';
};

const PATTERNS: readonly Pattern[] = [
  {
    from: 'tiefighter',
    verdict: Verdict.REDIRECTED,
    type: 'policy-verdict:L3-L4 INGRESS',
    summary: 'TCP Flags: SYN',
    dropReason: 0,
    isReply: false,
    httpCode: 0,
  },
  {
    from: 'tiefighter',
    verdict: Verdict.FORWARDED,
    type: 'to-proxy',
    summary: 'TCP Flags: SYN',
    dropReason: 0,
    isReply: false,
    httpCode: 0,
  },
  {
    from: 'deathstar',
    verdict: Verdict.FORWARDED,
    type: 'to-endpoint',
    summary: 'TCP Flags: SYN, ACK',
    dropReason: 0,
    isReply: true,
    httpCode: 0,
  },
  {
    from: 'tiefighter',
    verdict: Verdict.DROPPED,
    type: 'http-request',
    summary: 'HTTP/1.1 PUT http://deathstar.default.svc.cluster.local/v1/exhaust-port',
    dropReason: 0,
    isReply: false,
    httpCode: 0,
  },
  {
    from: 'deathstar',
    verdict: Verdict.FORWARDED,
    type: 'http-response',
    summary: 'HTTP/1.1 403 0ms (PUT http://deathstar.default.svc.cluster.local/v1/exhaust-port)',
    dropReason: 0,
    isReply: true,
    httpCode: 403,
  },
  {
    from: 'xwing',
    verdict: Verdict.FORWARDED,
    type: 'to-network',
    summary: 'TCP Flags: SYN',
    dropReason: 0,
    isReply: false,
    httpCode: 0,
  },
  {
    from: 'xwing',
    verdict: Verdict.DROPPED,
    type: 'policy-verdict:none INGRESS',
    summary: 'TCP Flags: SYN',
    dropReason: 133,
    isReply: false,
    httpCode: 0,
  },
  {
    from: 'xwing',
    verdict: Verdict.DROPPED,
    type: 'Policy denied',
    summary: 'TCP Flags: SYN',
    dropReason: 133,
    isReply: false,
    httpCode: 0,
  },
];

/** Flow number `index`, `index` x 22 ms after `startNs`. */
export function fakeFlow(id: RowId, index: number, startNs: bigint): FlowRow {
  const pattern = PATTERNS[index % PATTERNS.length] ?? PATTERNS[0];
  if (pattern === undefined) throw new Error('no patterns');
  const port = 32_768 + ((index * 7919) % 28_000);
  const client =
    pattern.from === 'xwing'
      ? end('default', 'xwing', '172.20.2.51', port, 11_716)
      : end('default', 'tiefighter', '172.20.1.139', port, 4_532);
  const server = deathstar(80);
  const fromServer = pattern.from === 'deathstar';
  return {
    id,
    timeNs: startNs + BigInt(index) * 22n * NS_PER_MS,
    verdict: pattern.verdict,
    dropReason: pattern.dropReason,
    trafficDirection: 1,
    isReply: pattern.isReply,
    source: fromServer ? server : client,
    destination: fromServer ? client : server,
    type: pattern.type,
    summary: pattern.summary,
    l4: 'TCP',
    l7: pattern.type.startsWith('http') ? 'http' : '',
    httpCode: pattern.httpCode,
    nodeName: pattern.from === 'xwing' && pattern.type === 'to-network' ? 'k8s-w2' : 'k8s-w1',
    uuid: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    policies: pattern.verdict === Verdict.REDIRECTED ? ['default/rule1'] : [],
    count: 1,
  };
}
