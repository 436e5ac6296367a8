// The smallest rules for everything that the scenarios deny, held against the evaluation that denied it.

import type { Flow } from '@finderscope/hubble-api';
import { allowsDns, allowsHttp, type Connection, createPolicySet, parsePolicies } from '@finderscope/policy';
import { type Denied, readDenied, suggestRule } from '@finderscope/policy/suggest';
import { describe, expect, test } from 'vitest';
import { playLab } from '../testing/play-lab.ts';
import { L3_LAB } from './l3.ts';
import type { Scenario } from './scenario.ts';
import { SHOP } from './shop.ts';
import { STAR_WARS } from './star-wars.ts';

const SECONDS = 40;

type Lab = { readonly name: string; readonly scenario: Scenario; readonly stages: readonly string[] };
const LABS: readonly Lab[] = [
  { name: 'star-wars', scenario: STAR_WARS, stages: ['A1', 'A2'] },
  { name: 'shop', scenario: SHOP, stages: ['B5'] },
  { name: 'l3', scenario: L3_LAB, stages: [] },
];

function flowsOf({ scenario, stages }: Lab): readonly Flow[] {
  const played =
    stages.length === 0
      ? [playLab(scenario, undefined, SECONDS * 8)]
      : stages.map((stage) => playLab(scenario, stage, SECONDS));
  return played.flatMap(({ seen }) => seen.map(({ flow }) => flow));
}

/** One of each kind of denial. */
function denialsOf(flows: readonly Flow[]): readonly Denied[] {
  const found = new Map<string, Denied>();
  for (const flow of flows) {
    const read = readDenied(flow);
    if (read.kind !== 'denied') continue;
    const { denied } = read;
    found.set(
      JSON.stringify([
        denied.direction,
        denied.subject.labels,
        denied.peer,
        denied.port,
        denied.icmp,
        denied.request,
      ]),
      denied,
    );
  }
  return [...found.values()];
}

function connectionOf(
  { direction, subject, peer, protocol, port, icmp }: Denied,
  labels = peer.labels,
): Connection {
  const own = labels === peer.labels;
  return {
    direction,
    subject: subject.labels,
    peer: labels,
    peerIp: own && peer.ip !== '' ? peer.ip : undefined,
    peerNames: own ? peer.dnsNames : [],
    protocol,
    port,
    icmp,
  };
}

/** The API server stays one, whether its own node sees it or another. */
function isSameParty(a: readonly string[], b: readonly string[]): boolean {
  const isApi = (labels: readonly string[]): boolean => labels.includes('reserved:kube-apiserver');
  return a.join() === b.join() || (isApi(a) && isApi(b));
}

describe.each(LABS)('$name', (lab) => {
  const flows = flowsOf(lab);
  const denials = denialsOf(flows);
  const everybody = [
    ...new Map(
      flows
        .flatMap(({ source, destination }) => [source?.labels ?? [], destination?.labels ?? []])
        .filter((labels) => labels.length > 0)
        .map((labels) => [labels.join(), labels] as const),
    ).values(),
  ];

  test('denies something', () => {
    expect(denials.length).toBeGreaterThan(0);
    expect(everybody.length).toBeGreaterThan(2);
  });

  test('each denial has a rule that allows it and no other workload', () => {
    for (const denied of denials) {
      const suggestion = suggestRule(denied);
      if (suggestion.kind === 'none') throw new Error(`${suggestion.why} ${JSON.stringify(denied)}`);
      for (const manifest of [suggestion.cilium, suggestion.kubernetes]) {
        if (manifest.kind === 'impossible') continue;
        const parsed = parsePolicies(manifest.yaml);
        if (!parsed.ok) throw new Error(`${JSON.stringify(parsed.error)}\n${manifest.yaml}`);
        const set = createPolicySet(parsed.value, 1n);
        const decision = set.decide(connectionOf(denied));
        expect(decision.kind, manifest.yaml).toBe('allowed');
        if (denied.request !== undefined && decision.kind === 'allowed') {
          const { request } = denied;
          expect(
            request.kind === 'dns'
              ? allowsDns(decision.dns ?? [], request.name)
              : allowsHttp(decision.http ?? [], { ...request, host: '', headers: [] }),
          ).toBe(true);
        }
        for (const labels of everybody) {
          if (isSameParty(labels, denied.peer.labels)) continue;
          expect(set.decide(connectionOf(denied, labels)).kind, `${manifest.yaml}\n${labels.join()}`).toBe(
            'denied',
          );
        }
      }
    }
  });
});
