// The lines that people see when they run this lab, made by evaluating its policies.

import { DropReason, TraceReason, Verdict } from '@finderscope/hubble-api';
import { defined } from '@finderscope/base';
import { describe, expect, test } from 'vitest';

import { agentEventOf } from '../ring/entry.ts';
import { playLab, type Seen } from '../testing/play-lab.ts';
import { STAR_WARS } from './star-wars.ts';

const play = (stage: string | undefined, seconds = 60) => playLab(STAR_WARS, stage, seconds);
const lines = (seen: readonly Seen[]): ReadonlySet<string> => new Set(seen.map(({ line }) => line));
const DEATHSTAR = 'default/deathstar-8c4c77fb7-9klws:80 (ID:6589)';
const XWING = 'default/xwing:PORT (ID:11716)';
const TIEFIGHTER = 'default/tiefighter:PORT (ID:4532)';
const URL = 'http://deathstar.default.svc.cluster.local';

describe('A0: no policy', () => {
  const { seen } = play('A0');
  const all = lines(seen);

  test.each([
    `${XWING} -> ${DEATHSTAR} to-endpoint FORWARDED (TCP Flags: SYN)`,
    `${XWING} <- ${DEATHSTAR} to-endpoint FORWARDED (TCP Flags: SYN, ACK)`,
    `${XWING} -> ${DEATHSTAR} to-endpoint FORWARDED (TCP Flags: ACK)`,
    `${XWING} -> ${DEATHSTAR} to-endpoint FORWARDED (TCP Flags: ACK, PSH)`,
    `${XWING} -> ${DEATHSTAR} to-network FORWARDED (TCP Flags: ACK, FIN)`,
    `${TIEFIGHTER} -> ${DEATHSTAR} to-endpoint FORWARDED (TCP Flags: SYN)`,
    `${TIEFIGHTER} -> ${DEATHSTAR} to-endpoint FORWARDED (TCP Flags: ACK)`,
    `${TIEFIGHTER} <- ${DEATHSTAR} to-endpoint FORWARDED (TCP Flags: ACK, FIN)`,
    'default/xwing (ID:11716) <> default/deathstar:80 (world) pre-xlate-fwd TRACED (TCP)',
    `default/xwing (ID:11716) <> ${DEATHSTAR} post-xlate-fwd TRANSLATED (TCP)`,
    `${DEATHSTAR} <> default/xwing (ID:11716) pre-xlate-rev TRACED (TCP)`,
    'default/deathstar:80 (world) <> default/xwing (ID:11716) post-xlate-rev TRANSLATED (TCP)',
    'default/tiefighter (ID:4532) <> kube-system/kube-dns:53 (world) pre-xlate-fwd TRACED (UDP)',
  ])('%s', (line) => {
    expect([...all]).toContain(line);
  });

  test.each([
    ['xwing', 'default/xwing (ID:11716)'],
    ['tiefighter', 'default/tiefighter (ID:4532)'],
  ])('%s connects only after DNS has answered', (_, ship) => {
    const asked = `${ship} <> kube-system/kube-dns:53 (world) pre-xlate-fwd TRACED (UDP)`;
    const answered = `kube-system/kube-dns:53 (world) <> ${ship} post-xlate-rev TRANSLATED (UDP)`;
    const connects = `${ship} <> default/deathstar:80 (world) pre-xlate-fwd TRACED (TCP)`;
    // All of them are events of the ship's own node, so they stand in the order in which they happened.
    const steps = seen.map(({ line }) => line).filter((line) => [asked, answered, connects].includes(line));
    const sums = new Map([asked, answered, connects].map((line) => [line, 0]));
    const sumOf = (line: string): number => sums.get(line) ?? 0;
    for (const line of steps) {
      sums.set(line, sumOf(line) + 1);
      expect(sumOf(connects)).toBeLessThanOrEqual(sumOf(answered));
      expect(sumOf(answered)).toBeLessThanOrEqual(sumOf(asked));
    }
    expect(sumOf(connects)).toBeGreaterThan(15);
    // One lookup for each connection; of each habit one may be on its way.
    expect(sumOf(asked) - sumOf(connects)).toBeLessThanOrEqual(2);
  });

  test('nothing is dropped, asked or seen at L7', () => {
    expect(seen.filter(({ flow }) => flow.verdict === Verdict.DROPPED)).toEqual([]);
    expect(seen.filter(({ flow }) => flow.eventType?.type === 5 || flow.l7 !== undefined)).toEqual([]);
  });
});

describe('A1: ports', () => {
  const { seen } = play('A1');

  test('xwing is denied and dropped, tiefighter allowed by rule1', () => {
    const all = lines(seen);
    expect(all).toContain(`${XWING} <> ${DEATHSTAR} policy-verdict:none INGRESS DENIED (TCP Flags: SYN)`);
    expect(all).toContain(`${XWING} <> ${DEATHSTAR} Policy denied DROPPED (TCP Flags: SYN)`);
    expect(all).toContain(
      `${TIEFIGHTER} -> ${DEATHSTAR} policy-verdict:L3-L4 INGRESS ALLOWED (TCP Flags: SYN)`,
    );
    expect(all).toContain(`${TIEFIGHTER} -> ${DEATHSTAR} to-endpoint FORWARDED (TCP Flags: ACK, PSH)`);
    expect(seen.some(({ flow }) => flow.l7 !== undefined)).toBe(false);
  });

  test('the SYN is sent again after 1 s and 2 s, then the client gives up', () => {
    const drops = seen.filter(({ flow }) => flow.eventType?.type === 1);
    const byPort = Map.groupBy(drops, ({ flow }) =>
      flow.l4?.protocol.case === 'TCP' ? flow.l4.protocol.value.sourcePort : 0,
    );
    const first = defined([...byPort.values()][0], 'an attempt');
    const seconds = first.map(({ flow }) => Number(flow.time!.seconds) + flow.time!.nanos / 1e9);
    const gaps = seconds.map((at) => Math.round((at - seconds[0]!) * 100) / 100);
    expect(gaps).toEqual([0, 1, 3]);
  });

  test('the shape of a denied verdict and of its drop', () => {
    const [verdict, drop] = [5, 1].map((type) =>
      defined(
        seen.find(({ flow }) => flow.eventType?.type === type && flow.verdict === Verdict.DROPPED),
        `event ${type}`,
      ),
    ) as [Seen, Seen];
    for (const { flow } of [verdict, drop]) {
      expect(flow.isReply).toBeUndefined();
      expect(flow.dropReason).toBe(133);
      expect(flow.dropReasonDesc).toBe(DropReason.POLICY_DENIED);
      expect(flow.interface).toBeUndefined();
      expect([...flow.ingressAllowedBy, ...flow.ingressDeniedBy]).toEqual([]);
      expect(flow.ethernet?.source).not.toBe('');
    }
    expect(verdict.flow.eventType).toMatchObject({ type: 5, subType: 0 });
    expect(verdict.flow.file).toBeUndefined();
    expect(drop.flow.eventType).toMatchObject({ type: 1, subType: 133 });
    expect(drop.flow.file).toMatchObject({ name: 'bpf_lxc.c' });
  });

  test('the shape of an allowed verdict', () => {
    const { flow } = defined(
      seen.find((one) => one.line.includes('INGRESS ALLOWED')),
      'a verdict',
    );
    expect(flow).toMatchObject({ isReply: false, policyMatchType: 2, dropReason: 0 });
    expect(flow.ingressAllowedBy).toMatchObject([
      { name: 'rule1', namespace: 'default', kind: 'CiliumNetworkPolicy', revision: 2n },
    ]);
    expect(flow.ingressAllowedBy[0]?.labels).toContain('k8s:io.cilium.k8s.policy.name=rule1');
  });
});

describe('A2: HTTP', () => {
  const { seen } = play('A2');
  const all = lines(seen);

  test.each([
    `${TIEFIGHTER} -> ${DEATHSTAR} to-proxy FORWARDED (TCP Flags: SYN)`,
    `${TIEFIGHTER} -> ${DEATHSTAR} http-request FORWARDED (HTTP/1.1 POST ${URL}/v1/request-landing)`,
    `${TIEFIGHTER} -> ${DEATHSTAR} http-request DROPPED (HTTP/1.1 PUT ${URL}/v1/exhaust-port)`,
    `${TIEFIGHTER} <- ${DEATHSTAR} http-response FORWARDED (HTTP/1.1 403 0ms (PUT ${URL}/v1/exhaust-port))`,
    `${XWING} <> ${DEATHSTAR} Policy denied DROPPED (TCP Flags: SYN)`,
  ])('%s', (line) => {
    expect([...all]).toContain(line);
  });

  test('POST is answered 200, and only tiefighter gets to HTTP', () => {
    const http = seen.filter(({ flow }) => flow.l7?.record.case === 'http');
    expect(http.some(({ line }) => /http-response FORWARDED \(HTTP\/1.1 200 \dms \(POST/.test(line))).toBe(
      true,
    );
    expect(http.every(({ line }) => !line.includes('xwing'))).toBe(true);
  });

  test('its SYN is redirected to the proxy', () => {
    const { flow } = defined(
      seen.find((one) => one.flow.verdict === Verdict.REDIRECTED),
      'a verdict',
    );
    expect(flow).toMatchObject({ eventType: { type: 5 }, isReply: false, policyMatchType: 2 });
    const toProxy = seen.filter((one) => one.line.includes('to-proxy'));
    expect(toProxy.every((one) => one.flow.proxyPort > 0)).toBe(true);
  });

  test('a dropped request has no drop reason, no flags and no ethernet', () => {
    const { flow } = defined(
      seen.find((one) => one.line.includes('http-request DROPPED')),
      'a denial',
    );
    expect(flow).toMatchObject({ dropReason: 0, isReply: false, eventType: { type: 129 } });
    expect(flow.ethernet).toBeUndefined();
    expect(flow.l4?.protocol.case === 'TCP' && flow.l4.protocol.value.flags).toBeUndefined();
  });
});

describe('every flow', () => {
  const { seen, agents } = play(undefined, 150);

  test('only its own node knows an endpoint by ID and workload', () => {
    for (const { flow, node } of seen) {
      for (const endpoint of [flow.source, flow.destination]) {
        if (endpoint?.podName === 'xwing') {
          expect(endpoint.ID > 0).toBe(node === 'k8s-w2');
          expect(endpoint.workloads.length > 0).toBe(node === 'k8s-w2');
          expect(endpoint.labels).toEqual(endpoint.labels.toSorted());
        }
      }
    }
  });

  test('replies say so three times over', () => {
    for (const { flow } of seen) {
      expect(flow.reply).toBe(flow.isReply === true);
      if (flow.traceReason !== TraceReason.TRACE_REASON_UNKNOWN) {
        expect(flow.traceReason === TraceReason.REPLY).toBe(flow.isReply);
      }
    }
  });

  test('comes at 20 to 45 a second, on every node', () => {
    expect(seen.length / 150).toBeGreaterThan(20);
    expect(seen.length / 150).toBeLessThan(45);
    for (const { node } of agents) expect(seen.some((one) => one.node === node.name)).toBe(true);
  });

  test('all three stages come around, each announced by every agent', () => {
    const { ring } = agents[0]!;
    const revisions: bigint[] = [];
    for (let at = ring.oldest; at <= ring.newest; at++) {
      const entry = ring.read(at)!;
      const event = entry.kind === 'agent' ? agentEventOf(entry) : undefined;
      if (event?.notification.case === 'policyUpdate') revisions.push(event.notification.value.revision);
    }
    expect(revisions).toEqual([2n, 3n, 4n, 5n]);
    expect(seen.some(({ flow }) => flow.verdict === Verdict.REDIRECTED)).toBe(true);
  });
});
