// Steering a running demo cluster: what DemoService offers over the wire and tests use directly.

import type { Agent } from '../agent/agent.ts';
import type { FlowStream, FlowStreams } from '../relay/flow-streams.ts';
import type { Scenario, ScenarioPlan, ScenarioRun, Stage } from '../scenarios/scenario.ts';
import { addNs, type Moment } from '../timeline/clock.ts';
import { type Fault, type FaultTargets, injectFault } from './faults.ts';

export type ScenarioState = {
  readonly name: string;
  readonly title: string;
  readonly stages: readonly Stage[];
  /** '' for a scenario without stages. */
  readonly currentStageId: string;
  readonly cycling: boolean;
  /** When the stage in force began; undefined without stages. */
  readonly currentStageSince: Moment | undefined;
};

export type NodeCounters = {
  readonly nodeName: string;
  readonly flowsGenerated: number;
  readonly entriesHeld: number;
  readonly eventsLost: number;
  readonly available: boolean;
};

export type Counters = {
  readonly flowsGenerated: number;
  readonly nodes: readonly NodeCounters[];
  readonly streams: readonly Readonly<Omit<FlowStream, 'wake' | 'fault'>>[];
};

export type DemoControl = {
  readonly scenario: () => ScenarioState;
  /** Holds a stage; undefined lets them follow one another. False for an unknown id. */
  readonly holdStage: (stageId: string | undefined) => boolean;
  /** Returns how many nodes, streams or connections were touched; throws a GrpcError for an unknown node. */
  readonly injectFault: (fault: Fault) => number;
  readonly counters: () => Counters;
};

export type ControlParts = {
  readonly scenario: Scenario;
  readonly plan: ScenarioPlan;
  readonly run: ScenarioRun;
  /** The moment that is 0 ns for the scenario. */
  readonly epoch: Moment;
  readonly agents: readonly Agent[];
  readonly streams: FlowStreams;
  readonly faults: FaultTargets;
};

export function createControl(parts: ControlParts): DemoControl {
  const { scenario, plan, run, epoch, agents, streams, faults } = parts;
  return {
    scenario: () => ({
      name: scenario.name,
      title: scenario.title,
      stages: plan.stages,
      currentStageId: run.stages?.current().id ?? '',
      cycling: run.stages?.cycling() ?? false,
      currentStageSince: run.stages === undefined ? undefined : addNs(epoch, run.stages.sinceNs()),
    }),
    holdStage: (stageId) => run.stages?.hold(stageId) ?? stageId === undefined,
    injectFault: (fault) => injectFault(faults, fault),
    counters: () => ({
      flowsGenerated: agents.reduce((total, agent) => total + agent.flowsGenerated, 0),
      nodes: agents.map((agent) => ({
        nodeName: agent.node.name,
        flowsGenerated: agent.flowsGenerated,
        entriesHeld: agent.ring.length,
        eventsLost: agent.eventsLost,
        available: agent.available,
      })),
      streams: streams.all.map(({ wake: _wake, fault: _fault, ...counters }) => counters),
    }),
  };
}
