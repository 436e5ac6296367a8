// The smallest rules for everything that the scenarios deny, held against the evaluation that denied it.

import type { Flow } from '@finderscope/hubble-api';
import {
  allowsDns,
  allowsHttp,
  type Connection,
  createPolicySet,
  type Decision,
  parsePolicies,
  type PolicySet,
} from '@finderscope/policy';
import { type Denied, readDenied, suggestRule } from '@finderscope/policy/suggest';
import { describe, expect, test } from 'vitest';
import { playLab } from '../testing/play-lab.ts';
import { L3_LAB } from './l3.ts';
import type { Scenario } from './scenario.ts';
import { SHOP } from './shop.ts';
import { STAR_WARS } from './star-wars.ts';

const SECONDS = 40;
const ANY = {
  nodes: undefined,
  rate: undefined,
  file: undefined,
  speed: undefined,
  loop: false,
  keepTimes: false,
};

type Lab = { readonly name: string; readonly scenario: Scenario; readonly stages: readonly string[] };
const LABS: readonly Lab[] = [
  { name: 'star-wars', scenario: STAR_WARS, stages: ['A1', 'A2'] },
  { name: 'shop', scenario: SHOP, stages: ['B5'] },
  { name: 'l3', scenario: L3_LAB, stages: ['C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7'] },
];

/** Policies of one stage, and what is seen under them. */
type Played = {
  readonly stage: string;
  readonly policyYaml: string;
  readonly flows: readonly Flow[];
};

function play({ scenario, stages }: Lab): readonly Played[] {
  const plan = scenario.plan({ ...ANY, stage: undefined });
  if (!plan.ok) throw new Error(plan.error);
  return stages.map((stage) => {
    const known = plan.value.stages.find(({ id }) => id === stage);
    if (known === undefined) throw new Error(`no stage ${stage}`);
    const { seen } = playLab(scenario, stage, SECONDS);
    return { stage, policyYaml: known.policyYaml, flows: seen.map(({ flow }) => flow) };
  });
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

/** `subject` and `peer` may be somebody else's labels; what else is known of the own peer is then not true of it. */
function connectionOf(
  denied: Denied,
  subject = denied.subject.labels,
  peer = denied.peer.labels,
): Connection {
  const { direction, protocol, port, icmp } = denied;
  const own = peer === denied.peer.labels;
  return {
    direction,
    subject,
    peer,
    peerIp: own && denied.peer.ip !== '' ? denied.peer.ip : undefined,
    peerNames: own ? denied.peer.dnsNames : [],
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

function clusterOf(labels: readonly string[]): string | undefined {
  return labels.find((label) => label.startsWith('k8s:io.cilium.k8s.policy.cluster='));
}

function policySet(yaml: string): PolicySet {
  const parsed = parsePolicies(yaml);
  if (!parsed.ok) throw new Error(`${JSON.stringify(parsed.error)}\n${yaml}`);
  return createPolicySet(parsed.value, 1n);
}

/** What a decision lets through, without who decided. */
function outcome(decision: Decision): string {
  if (decision.kind !== 'allowed') return decision.kind;
  return `allowed, ${String(decision.http?.length)} HTTP rules, ${String(decision.dns?.length)} DNS rules`;
}

/** Without a NetworkPolicy there is a reason that lies in what was denied. */
function expectImpossible({ request, icmp, peer }: Denied, why: string): void {
  const isPod = peer.labels.some((label) => label.startsWith('k8s:io.kubernetes.pod.namespace='));
  const isOutside = peer.labels.some((label) => /^(cidr|fqdn|reserved:world)/.test(label));
  expect(request !== undefined || icmp !== undefined || !(isPod || isOutside), why).toBe(true);
}

describe.each(LABS)('$name', (lab) => {
  const played = play(lab);
  const everybody = [
    ...new Map(
      played
        .flatMap(({ flows }) => flows)
        .flatMap(({ source, destination }) => [source?.labels ?? [], destination?.labels ?? []])
        .filter((labels) => labels.length > 0)
        .map((labels) => [labels.join(), labels] as const),
    ).values(),
  ];

  test('denies something', () => {
    expect(played.flatMap(({ flows }) => denialsOf(flows)).length).toBeGreaterThan(0);
    expect(everybody.length).toBeGreaterThan(2);
  });

  test.each(played)('in $stage each denial has a rule that allows it, and changes nothing else', (stage) => {
    const before = policySet(stage.policyYaml);
    for (const denied of denialsOf(stage.flows)) {
      const suggestion = suggestRule(denied);
      if (suggestion.kind === 'none') throw new Error(`${suggestion.why} ${JSON.stringify(denied)}`);
      expect(suggestion.cilium.kind).toBe('yaml');
      for (const manifest of [suggestion.cilium, suggestion.kubernetes]) {
        if (manifest.kind === 'impossible') {
          expectImpossible(denied, manifest.why);
          continue;
        }
        const after = policySet(`${stage.policyYaml}\n---\n${manifest.yaml}`);
        const decision = after.decide(connectionOf(denied));
        expect(decision.kind, manifest.yaml).toBe('allowed');
        if (denied.request !== undefined && decision.kind === 'allowed') {
          const { request } = denied;
          expect(
            request.kind === 'dns'
              ? allowsDns(decision.dns ?? [], request.name)
              : allowsHttp(decision.http ?? [], { ...request, host: '', headers: [] }),
          ).toBe(true);
        }
        expectSameForOthers(denied, before, after, manifest.yaml);
      }
    }
  });

  function expectSameForOthers(denied: Denied, before: PolicySet, after: PolicySet, yaml: string): void {
    // A policy rules the pods of the cluster that it is applied to.
    const subjects = everybody.filter((labels) => clusterOf(labels) === clusterOf(denied.subject.labels));
    for (const subject of subjects) {
      for (const peer of everybody) {
        if (isSameParty(subject, denied.subject.labels) && isSameParty(peer, denied.peer.labels)) continue;
        for (const direction of ['ingress', 'egress'] as const) {
          const connection = { ...connectionOf(denied, subject, peer), direction };
          expect(
            outcome(after.decide(connection)),
            `${yaml}\n${direction} of ${subject.join()} with ${peer.join()}`,
          ).toBe(outcome(before.decide(connection)));
        }
      }
    }
  }
});
