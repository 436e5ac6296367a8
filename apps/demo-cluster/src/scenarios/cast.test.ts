// Who is there in each lab, as their flows tell: names, labels, identities, addresses, nodes.

import type { Endpoint, Flow } from '@finderscope/hubble-api';
import { describe, expect, test } from 'vitest';

import { playLab, type Seen } from '../testing/play-lab.ts';
import { L3_LAB } from './l3.ts';
import { SHOP } from './shop.ts';
import { STAR_WARS } from './star-wars.ts';

/** `identity address node labels` of a pod, labels without their source. An agent knows its own pods by an ID. */
function tell(seen: readonly Seen[], name: string): string {
  const ends = ({ flow, node }: Seen): readonly (readonly [Endpoint | undefined, string, string, Flow])[] => [
    [flow.source, flow.IP?.source ?? '', node, flow],
    [flow.destination, flow.IP?.destination ?? '', node, flow],
  ];
  const found = seen.flatMap(ends).find(([end]) => end?.podName === name && end.ID > 0);
  if (found === undefined) throw new Error(`no flow of ${name}`);
  const [end, address, node] = found;
  const labels = (end?.labels ?? [])
    .filter((label) => !label.includes('io.cilium') && !label.includes('io.kubernetes'))
    .map((label) => label.replace(/^k8s:/, ''));
  return `${end?.identity} ${address} ${node.replace(/^.*\//, '')} ${labels.join(',')}`;
}

function castOf(seen: readonly Seen[], names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, tell(seen, name)]));
}

describe('Star Wars', () => {
  const { seen } = playLab(STAR_WARS, 'A0', 30);
  const deathstar = 'app.kubernetes.io/name=deathstar,class=deathstar,org=empire';
  const cast = {
    'deathstar-8c4c77fb7-9klws': `6589 172.20.1.142 k8s-w1 ${deathstar}`,
    'deathstar-8c4c77fb7-kkwds': `6589 172.20.2.83 k8s-w2 ${deathstar}`,
    tiefighter: '4532 172.20.1.139 k8s-w1 app.kubernetes.io/name=tiefighter,class=tiefighter,org=empire',
    xwing: '11716 172.20.2.51 k8s-w2 app.kubernetes.io/name=xwing,class=xwing,org=alliance',
  };

  test('ships, deathstar and its service', () => {
    expect(castOf(seen, Object.keys(cast))).toEqual(cast);
    const services = seen.filter(({ flow }) => flow.IP?.destination === '10.96.31.152');
    expect(services.length).toBeGreaterThan(0);
    expect(new Set(services.map(({ flow }) => flow.destinationService?.name))).toEqual(
      new Set(['deathstar']),
    );
  });

  test('the nodes are a control plane and two workers', () => {
    const hosts = [
      ['k8s-ctr', '192.168.10.100'],
      ['k8s-w1', '192.168.10.101'],
      ['k8s-w2', '192.168.10.102'],
    ];
    const longer = playLab(STAR_WARS, 'A0', 70).seen;
    for (const [name, address] of hosts) {
      // Others ping the health endpoint of a node from their own addresses.
      expect(
        longer.some(({ flow, node }) => node !== name && flow.IP?.source === address),
        name,
      ).toBe(true);
    }
    expect(new Set(seen.map(({ node }) => node))).toEqual(new Set(hosts.map(([name]) => name)));
  });
});

test('the shop has one of each in either cluster', () => {
  const { seen } = playLab(SHOP, 'B2', 20);
  const cast = {
    'frontend-79f5dbfc6c-d6gb7': 114_060,
    'backend-6c4c67dc75-g22jn': 69_364,
    'kube-dns-75df64b86-xrfwz': 67_025,
    'kube-dns-75df64b86-wjls9': 67_025,
    'frontend-79f5dbfc6c-r56dx': 135_917,
    'backend-6c4c67dc75-mqm9j': 163_287,
    'kube-dns-55899b7fc-2rdqk': 156_453,
  };
  const told = castOf(seen, Object.keys(cast));
  expect(
    Object.fromEntries(Object.entries(told).map(([name, text]) => [name, Number.parseInt(text, 10)])),
  ).toEqual(cast);
  expect(told['frontend-79f5dbfc6c-d6gb7']).toMatch(/ app=frontend$/);
  expect(told['backend-6c4c67dc75-mqm9j']).toMatch(/ app=backend$/);
  for (const [address, cluster] of [
    ['34.118.239.118', 'cluster1'],
    ['34.118.228.223', 'cluster2'],
  ] as const) {
    const asked = seen.filter(({ flow }) => flow.IP?.destination === address);
    expect(new Set(asked.map(({ node }) => node.split('/')[0])), address).toEqual(new Set([cluster]));
  }
});

test('the L3 lab has its pods where they belong', () => {
  const nodes = playLab(L3_LAB, 'C0', 20).seen;
  const names = playLab(L3_LAB, 'C6', 20).seen;
  expect(tell(nodes, 'frontend')).toMatch(/^4296 172\.20\.1\.\d+ k8s-w1 role=frontend$/);
  expect(tell(nodes, 'backend')).toMatch(/^49668 172\.20\.2\.\d+ k8s-w2 role=backend$/);
  expect(tell(nodes, 'client')).toMatch(/^16200 172\.20\.1\.\d+ k8s-w1 role=client$/);
  expect(tell(nodes, 'control-client')).toMatch(/^53530 172\.20\.0\.\d+ k8s-ctr /);
  expect(tell(nodes, 'worker-client')).toMatch(/^17873 172\.20\.1\.\d+ k8s-w1 /);
  expect(tell(names, 'mediabot')).toMatch(
    /^27702 172\.20\.2\.\d+ k8s-w2 app=mediabot,class=mediabot,org=empire$/,
  );
});
