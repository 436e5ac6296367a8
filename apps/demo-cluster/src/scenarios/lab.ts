// A lab: workloads, services, stages of policies and traffic, written as data, and what plays it. Whatever is asked of
// a policy is asked while it plays; nothing of what Hubble shows is written down in a lab.

import { err, ok } from '@finderscope/base';
import { AgentEventType } from '@finderscope/hubble-api';
import {
  createIdentityAllocator,
  createPolicySet,
  parsePolicies,
  type Policy,
  type PolicySet,
} from '@finderscope/policy';

import type { NodeInfo } from '../agent/node.ts';
import { type Pod, type ReservedEntity, reservedEntity } from '../datapath/endpoint.ts';
import type { Network, Service } from '../datapath/network.ts';
import { DEFAULT_RING_CAPACITY } from '../ring/ring-buffer.ts';
import { Timeline } from '../timeline/timeline.ts';
import {
  type Habit,
  type Job,
  type LookupHabit,
  type StageNow,
  startHabit,
  startJob,
  startLookups,
} from './habit.ts';
import { startProbes } from './probes.ts';
import type { Recorder, Scenario, ScenarioRun, Stage } from './scenario.ts';
import { runStageCycle } from './stage-cycle.ts';

export type LabStage = Stage & {
  /** Denials are reported, not enforced. */
  readonly auditMode?: boolean;
  /** WireGuard carries what goes from node to node. */
  readonly encrypts?: boolean;
};

export type Lab = {
  readonly name: string;
  readonly title: string;
  readonly help: string;
  /** A lab whose `nodes` takes a count may have more of them than it needs. */
  readonly nodes: {
    readonly fewest: number;
    readonly isFixed: boolean;
    readonly list: (count: number) => readonly NodeInfo[];
  };
  /** The first three parts of the addresses of a node's pods. */
  readonly podNet: (node: number) => string;
  /** True when agents know other nodes by identities of their own, false when all are remote-node or kube-apiserver. */
  readonly nodeIdentities: boolean;
  readonly stages: readonly [LabStage, ...LabStage[]];
  readonly stageNs: number;
  /** How long the cluster has been running when it starts, and in which stage that was. */
  readonly historyNs: number;
  readonly firstStage: { readonly index: number; readonly elapsedNs: number };
  readonly services: readonly Service[];
  /** What the kubelet asks whether it is alive. */
  readonly probes: readonly { readonly target: Pod; readonly ports: readonly number[] }[];
  readonly traffic: (world: LabWorld) => LabTraffic;
};

/** What traffic may need that only a running lab knows: the hosts of its nodes. */
export type LabWorld = { readonly hosts: readonly ReservedEntity[] };

export type LabTraffic = {
  readonly habits: readonly Habit[];
  readonly lookups?: readonly LookupHabit[];
  readonly jobs?: readonly Job[];
};

/** The lab as a scenario. */
export function labScenario(lab: Lab): Scenario {
  const { name, title, help, stages } = lab;
  return {
    name,
    title,
    help,
    takes: lab.nodes.isFixed ? ['stage'] : ['nodes', 'stage'],
    plan: (options) => {
      const { stage } = options;
      if (stage !== undefined && !stages.some(({ id }) => id === stage)) {
        return err(`--stage: ${name} has ${stages.map(({ id }) => id).join(', ')}, not "${stage}"`);
      }
      const count = options.nodes ?? lab.nodes.fewest;
      if (count < lab.nodes.fewest) return err(`--nodes: ${name} needs at least ${lab.nodes.fewest}`);
      const nodes = lab.nodes.list(count);
      return ok({
        nodes,
        stages,
        ringCapacity: DEFAULT_RING_CAPACITY,
        historyNs: lab.historyNs,
        warnings: [],
        start: (recorder) => run(lab, nodes, recorder, stage),
      });
    },
  };
}

function run(
  lab: Lab,
  nodes: readonly NodeInfo[],
  recorder: Recorder,
  held: string | undefined,
): ScenarioRun {
  const timeline = new Timeline();
  const identities = createIdentityAllocator();
  const hosts = nodes.map((info, node) => hostOf(lab, info, node, identities));
  let policies: PolicySet = createPolicySet([], 1n);
  let stage: LabStage = lab.stages[0];
  let sinceNs = 0;
  const network: Network = {
    timeline,
    random: recorder.random,
    policies: () => policies,
    identify: identities.world,
    services: lab.services,
    hosts,
    encrypts: () => stage.encrypts ?? false,
    observe: (node, flow) => {
      recorder.flow(node, timeline.nowNs, flow);
    },
  };
  const stages = runStageCycle({
    stages: lab.stages,
    stageNs: lab.stageNs,
    firstStage: lab.firstStage.index,
    elapsedNs: lab.firstStage.elapsedNs,
    held,
    timeline,
    begin: ({ id }) => {
      stage = lab.stages.find((candidate) => candidate.id === id) ?? lab.stages[0];
      sinceNs = timeline.nowNs;
      policies = enforce(stage, policies, nodes.length, timeline, recorder);
      identities.use(policies.policies);
    },
  });
  const { habits, lookups = [], jobs = [] } = lab.traffic({ hosts });
  const stageNow = (): StageNow => ({ id: stage.id, sinceNs });
  for (const habit of habits) startHabit(network, habit, stageNow);
  for (const habit of lookups) startLookups(network, habit, stageNow);
  for (const job of jobs) startJob(network, job);
  startProbes(network, { nodes, podNet: lab.podNet, probes: lab.probes });
  return {
    advanceTo: (untilNs) => {
      timeline.advanceTo(untilNs);
      return true;
    },
    stages,
    isFinished: () => false,
    summary: () => undefined,
  };
}

/** A node's host: to its own agent the host, to others a remote node. */
function hostOf(
  lab: Lab,
  info: NodeInfo,
  node: number,
  identities: ReturnType<typeof createIdentityAllocator>,
): ReservedEntity {
  const runsApiServer = info.labels.includes('node-role.kubernetes.io/control-plane=');
  const reserved = runsApiServer
    ? { identity: 7, labels: ['reserved:kube-apiserver', 'reserved:remote-node'] }
    : { identity: 6, labels: ['reserved:remote-node'] };
  const elsewhere = lab.nodeIdentities ? identities.node(info.ip, info.labels, runsApiServer) : reserved;
  return reservedEntity({
    id: 2000 + node,
    identity: 1,
    labels: runsApiServer ? ['reserved:host', 'reserved:kube-apiserver'] : ['reserved:host'],
    ip: info.ip,
    node,
    elsewhere,
  });
}

/** The policies of a stage, one revision on, as every agent reports it. */
function enforce(
  stage: LabStage,
  before: PolicySet,
  nodes: number,
  timeline: Timeline,
  recorder: Recorder,
): PolicySet {
  const parsed = parsePolicies(stage.policyYaml);
  if (!parsed.ok) {
    const problem = parsed.error[0];
    throw new Error(
      `the policies of stage ${stage.id}, line ${problem?.line ?? 0}: ${problem?.message ?? ''}`,
    );
  }
  const revision = before.revision + 1n;
  const policies = parsed.value;
  const names = (those: readonly Policy[]): readonly string[] => those.map(({ name }) => name);
  const changed = [...new Set([...names(before.policies), ...names(policies)])];
  for (let node = 0; node < nodes; node++) {
    recorder.agentEvent(node, timeline.nowNs, {
      type: policies.length === 0 ? AgentEventType.POLICY_DELETED : AgentEventType.POLICY_UPDATED,
      notification: {
        case: 'policyUpdate',
        value: {
          labels: changed.map((name) => `k8s:io.cilium.k8s.policy.name=${name}`),
          revision,
          ruleCount: BigInt(policies.reduce((sum, { rules }) => sum + rules.length, 0)),
        },
      },
    });
  }
  return createPolicySet(policies, revision, { auditMode: stage.auditMode ?? false });
}
