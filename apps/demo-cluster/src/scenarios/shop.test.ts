// The lines that people see when they run this lab, made by evaluating its policies.

import { DropReason, type Flow, TrafficDirection, Verdict } from '@finderscope/hubble-api';
import { describe, expect, test } from 'vitest';

import { playLab, type Seen } from '../testing/play-lab.ts';
import { SHOP } from './shop.ts';

const BURST_SECONDS = 12;
const CLUSTERS = [
  {
    name: 'cluster1',
    frontend: 'shop/frontend-79f5dbfc6c-d6gb7:PORT (ID:114060)',
    backend: 'shop/backend-6c4c67dc75-g22jn:80 (ID:69364)',
    dns: 'kube-system/kube-dns-75df64b86-xrfwz:53 (ID:67025)',
    serviceIp: '34.118.239.118',
  },
  {
    name: 'cluster2',
    frontend: 'shop/frontend-79f5dbfc6c-r56dx:PORT (ID:135917)',
    backend: 'shop/backend-6c4c67dc75-mqm9j:80 (ID:163287)',
    dns: 'kube-system/kube-dns-55899b7fc-2rdqk:53 (ID:156453)',
    serviceIp: '34.118.228.223',
  },
];
const HOST = 'http://backend.shop.svc.cluster.local';

const plays = new Map(
  ['B1', 'B2', 'B3', 'B4', 'B5'].map((stage) => [stage, playLab(SHOP, stage, BURST_SECONDS).seen]),
);
const seenIn = (stage: string): readonly Seen[] => plays.get(stage) ?? [];
const linesOf = (stage: string): readonly string[] => [
  ...new Set(seenIn(stage).map(({ line }) => line.replace(/ \d+ms /, ' Nms '))),
];
const names = (policies: Flow['ingressAllowedBy']): readonly string[] => policies.map(({ name }) => name);
const flowWith = (stage: string, text: string): Flow => {
  const found = seenIn(stage).find(({ line }) => line.includes(text));
  if (found === undefined) throw new Error(`no line of ${stage} has "${text}"`);
  return found.flow;
};

describe.each(CLUSTERS)('$name', ({ frontend, backend, dns, serviceIp }) => {
  test.each<[string, readonly string[]]>([
    [
      'B1',
      [
        `${frontend} -> ${dns} policy-verdict:all EGRESS ALLOWED (UDP)`,
        `${frontend} -> ${backend} policy-verdict:all EGRESS ALLOWED (TCP Flags: SYN)`,
        `${frontend} -> ${backend} policy-verdict:all INGRESS ALLOWED (TCP Flags: SYN)`,
        `${frontend} -> ${backend} to-endpoint FORWARDED (TCP Flags: ACK, PSH)`,
      ],
    ],
    [
      'B2',
      [
        `${frontend} -> ${dns} policy-verdict:L3-L4 EGRESS ALLOWED (UDP)`,
        `${frontend} -> ${dns} dns-request proxy FORWARDED (DNS Query backend.shop.svc.cluster.local. A)`,
        `${frontend} <- ${dns} dns-response proxy FORWARDED (DNS Answer "${serviceIp}" TTL: 30 (Proxy backend.shop.svc.cluster.local. A))`,
        `${frontend} -> ${dns} dns-request proxy FORWARDED (DNS Query backend.shop.svc.cluster.local. AAAA)`,
        `${frontend} <- ${dns} dns-response proxy FORWARDED (DNS Answer  TTL: 4294967295 (Proxy backend.shop.svc.cluster.local. AAAA))`,
        `${frontend} -> ${backend} policy-verdict:all EGRESS ALLOWED (TCP Flags: SYN)`,
      ],
    ],
    [
      'B3',
      [
        `${frontend} -> ${backend} policy-verdict:L3-L4 EGRESS ALLOWED (TCP Flags: SYN)`,
        `${frontend} -> ${backend} policy-verdict:L3-L4 INGRESS ALLOWED (TCP Flags: SYN)`,
        `${frontend} -> ${backend} to-endpoint FORWARDED (TCP Flags: SYN)`,
        `${frontend} -> example.com:443 (world) policy-verdict:all EGRESS ALLOWED (TCP Flags: SYN)`,
        `${frontend} <- example.com:443 (world) to-endpoint FORWARDED (TCP Flags: ACK, PSH)`,
      ],
    ],
    [
      'B4',
      [
        `${frontend} -> ${backend} policy-verdict:L3-L4 INGRESS ALLOWED (TCP Flags: SYN)`,
        `${frontend} -> ${backend} to-proxy FORWARDED (TCP Flags: SYN)`,
        `${frontend} -> ${backend} http-request FORWARDED (HTTP/1.1 GET ${HOST}/status/200)`,
        `${frontend} <- ${backend} http-response FORWARDED (HTTP/1.1 200 Nms (GET ${HOST}/status/200))`,
        `${frontend} -> ${backend} http-request FORWARDED (HTTP/1.1 GET ${HOST}/status/500)`,
        `${frontend} <- ${backend} http-response FORWARDED (HTTP/1.1 500 Nms (GET ${HOST}/status/500))`,
      ],
    ],
    [
      'B5',
      [
        `${frontend} <- ${backend} http-response FORWARDED (HTTP/1.1 200 Nms (GET ${HOST}/status/200))`,
        `${frontend} -> ${backend} http-request DROPPED (HTTP/1.1 GET ${HOST}/get)`,
        `${frontend} <- ${backend} http-response FORWARDED (HTTP/1.1 403 Nms (GET ${HOST}/get))`,
        `${frontend} <> example.com:443 (world) policy-verdict:none EGRESS DENIED (TCP Flags: SYN)`,
        `${frontend} <> example.com:443 (world) Policy denied DROPPED (TCP Flags: SYN)`,
        `${frontend} <> 1.1.1.1:80 (world) policy-verdict:none EGRESS DENIED (TCP Flags: SYN)`,
        `${frontend} <> 1.1.1.1:80 (world) Policy denied DROPPED (TCP Flags: SYN)`,
      ],
    ],
  ])('%s', (stage, expected) => {
    expect(linesOf(stage)).toEqual(expect.arrayContaining([...expected]));
  });
});

/** Moments in seconds of the lines that say this, in order. */
function momentsOf(seen: readonly Seen[], text: string): readonly number[] {
  return seen
    .filter(({ line }) => line.includes(text))
    .map(({ flow }) => Number(flow.time!.seconds - 1_800_000_000n) + flow.time!.nanos / 1e9)
    .toSorted((a, b) => a - b);
}

/** Moments that lie close together, a burst each. */
function burstsOf(moments: readonly number[]): readonly (readonly number[])[] {
  const bursts: number[][] = [];
  for (const at of moments) {
    const last = bursts.at(-1);
    if (last === undefined || at - (last.at(-1) ?? 0) > 2) bursts.push([at]);
    else last.push(at);
  }
  return bursts;
}

describe.each(CLUSTERS)('rates in $name', ({ frontend }) => {
  const pod = frontend.replace(':PORT', '');
  const requests = `${pod} <> shop/backend:80 (world) pre-xlate-fwd TRACED (TCP)`;
  const lookups = `${pod} <> kube-system/kube-dns:53 (world) pre-xlate-fwd TRACED (UDP)`;
  const { seen } = playLab(SHOP, 'B2', 58);
  const bursts = burstsOf(momentsOf(seen, requests));
  const lengths = bursts.map((burst) => (burst.at(-1) ?? 0) - (burst[0] ?? 0));

  test('ten requests a second, in bursts of 6 to 8 s', () => {
    expect(bursts).toHaveLength(3);
    for (const [index, burst] of bursts.entries()) {
      expect(lengths[index]).toBeGreaterThan(6);
      expect(lengths[index]).toBeLessThan(8);
      expect((burst.length - 1) / (lengths[index] ?? 0)).toBeCloseTo(10, 0);
    }
  });

  test('lookups of their own every 150 ms meanwhile', () => {
    const ofTheirOwn = momentsOf(seen, lookups).length - bursts.flat().length;
    const seconds = lengths.reduce((sum, length) => sum + length, 0);
    expect(seconds / ofTheirOwn).toBeGreaterThan(0.135);
    expect(seconds / ofTheirOwn).toBeLessThan(0.165);
  });
});

test('a stage begins with a burst', () => {
  // B2 is over after 25 s, in the midst of a burst of its own.
  const { seen } = playLab(SHOP, undefined, 40);
  const requests = momentsOf(seen, '<> shop/backend:80 (world) pre-xlate-fwd TRACED (TCP)');
  const ofStage = requests.filter((at) => at > 25);
  expect(ofStage[0]).toBeLessThan(25.5);
  expect(burstsOf(ofStage)[0]?.at(-1)).toBeCloseTo(32.5, 0);
});

describe('who allowed', () => {
  test('allow-all alone, both ways', () => {
    expect(names(flowWith('B1', 'policy-verdict:all INGRESS').ingressAllowedBy)).toEqual(['allow-all']);
    expect(names(flowWith('B1', 'policy-verdict:all EGRESS').egressAllowedBy)).toEqual(['allow-all']);
  });

  test('the most precise policy, beside allow-all', () => {
    const toDns = flowWith('B2', '(ID:67025) policy-verdict:L3-L4 EGRESS');
    expect(names(toDns.egressAllowedBy)).toEqual(['allow-dns']);
    expect(toDns.verdict).toBe(Verdict.REDIRECTED);
    const ingress = flowWith('B3', 'policy-verdict:L3-L4 INGRESS');
    expect(names(ingress.ingressAllowedBy)).toEqual(['allow-frontend-to-backend']);
    const redirected = flowWith('B4', 'policy-verdict:L3-L4 INGRESS');
    expect(redirected.verdict).toBe(Verdict.REDIRECTED);
    expect(names(redirected.ingressAllowedBy)).toEqual(['allow-frontend-l7']);
  });

  test('at zero trust, egress and ingress by their own', () => {
    const egress = flowWith('B5', '(ID:69364) policy-verdict:L3-L4 EGRESS');
    expect(names(egress.egressAllowedBy)).toEqual(['allow-frontend-egress']);
    const ingress = flowWith('B5', '(ID:69364) policy-verdict:L3-L4 INGRESS');
    expect(names(ingress.ingressAllowedBy)).toEqual(['allow-frontend-l7']);
  });
});

describe.each(CLUSTERS)('zero trust in $name', ({ frontend, backend }) => {
  test('the SYN of every request is sent to the proxy, also of the one that it refuses', () => {
    const verdicts = seenIn('B5')
      .filter(({ line }) => line.startsWith(`${frontend} -> ${backend} policy-verdict:L3-L4 INGRESS ALLOWED`))
      .map(({ flow }) => flow.verdict);
    expect(verdicts.length).toBeGreaterThan(10);
    expect(new Set(verdicts)).toEqual(new Set([Verdict.REDIRECTED]));
  });

  test('what leaves the shop times out: each SYN is dropped as POLICY_DENIED, sent again, and nothing comes back', () => {
    for (const place of ['example.com:443', '1.1.1.1:80']) {
      const flows = seenIn('B5').filter(
        ({ line }) => line.startsWith(frontend) && line.includes(` ${place} `),
      );
      expect(flows.length, place).toBeGreaterThan(4);
      for (const { flow, line } of flows) {
        expect([flow.verdict, flow.dropReasonDesc, flow.trafficDirection], line).toEqual([
          Verdict.DROPPED,
          DropReason.POLICY_DENIED,
          TrafficDirection.EGRESS,
        ]);
      }
    }
  });
});

describe('the rest', () => {
  test('only the last stage drops, always on egress or at L7', () => {
    const dropped = (stage: string): readonly Flow[] =>
      seenIn(stage).flatMap(({ flow }) => (flow.verdict === Verdict.DROPPED ? [flow] : []));
    for (const stage of ['B1', 'B2', 'B3', 'B4']) expect(dropped(stage)).toEqual([]);
    const reasons = dropped('B5').map(({ dropReason, l7, trafficDirection }) =>
      l7 === undefined ? `${dropReason} ${trafficDirection}` : `L7 ${dropReason}`,
    );
    expect([...new Set(reasons)].sort()).toEqual(['133 2', 'L7 0']);
  });

  test('a name that does not exist is answered as such', () => {
    expect(linesOf('B5').join('\n')).toContain(
      'DNS Answer RCode: Non-Existent Domain TTL: 4294967295 (Proxy example.com.shop.svc.cluster.local. A)',
    );
  });

  test('ingress, metrics, a job, probes and health checks go on beside the shop', () => {
    const { seen } = playLab(SHOP, undefined, 45);
    const text = seen.map(({ line }) => line).join('\n');
    expect(text).toMatch(/10\.4\.0\.250:PORT \(ingress\) -> web\/web-5d9c7f8b6d-p4kqz:8080/);
    expect(text).toMatch(/monitoring\/prometheus-0:PORT .* -> kube-system\/kube-dns-.*:10054/);
    expect(text).toMatch(/\(host\) -> monitoring\/prometheus-0:9090/);
    expect(text).toMatch(/\(remote-node\) -> 10\.8\.1\.240 \(health\).*EchoRequest/);
    const jobs = new Set(text.match(/batch\/report-\d+-\w+(?=:PORT)/g));
    expect(jobs.size).toBeGreaterThan(2);
    expect(seen.every(({ flow, node }) => flow.nodeName === node && /^cluster[12]\//.test(node))).toBe(true);
    const clusters = new Set(seen.map(({ flow }) => flow.source?.clusterName));
    expect(clusters).toEqual(new Set(['cluster1', 'cluster2', '']));
  });
});
