// What a scenario is, and what it is given. One contract for plays, generated load and replayed files.

import type { MessageInitShape } from '@bufbuild/protobuf';
import { err, type Result } from '@finderscope/base';
import type { AgentEventSchema, LostEventSource } from '@finderscope/hubble-api';

import type { NodeInfo } from '../agent/node.ts';
import type { FlowInit } from '../datapath/flows.ts';
import type { RingEntry } from '../ring/entry.ts';
import type { Moment } from '../timeline/clock.ts';
import type { Random } from '../timeline/random.ts';
import type { Look } from './look.ts';

/** What a person asked for; undefined means the scenario's own choice. */
export type ScenarioOptions = {
  readonly nodes: number | undefined;
  readonly rate: number | undefined;
  readonly stage: string | undefined;
  readonly file: string | undefined;
  readonly speed: number | undefined;
  readonly loop: boolean;
  readonly keepTimes: boolean;
};

type OptionName = keyof ScenarioOptions;

export type Stage = {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly policyYaml: string;
  /** What to look at while the stage is on. */
  readonly looks: readonly Look[];
};

/** Stores what happens. Moments are nanoseconds since the scenario's start; node skew is added here. */
export type Recorder = {
  readonly random: Random;
  readonly flow: (node: number, atNs: number, flow: FlowInit) => void;
  readonly lost: (node: number, atNs: number, count: number, source: LostEventSource) => void;
  readonly agentEvent: (node: number, atNs: number, event: MessageInitShape<typeof AgentEventSchema>) => void;
  /** Stores an entry as it is. */
  readonly entry: (node: number, entry: RingEntry) => void;
  /** What a node's clock shows. */
  readonly moment: (node: number, atNs: number) => Moment;
};

export type ScenarioRun = {
  /**
   * Plays everything up to a moment, or stops early after about `budget` flows and returns false; the caller then lets
   * readers run and calls again.
   */
  readonly advanceTo: (untilNs: number, budget: number) => boolean;
  readonly stages: StageControl | undefined;
  /** True when nothing will happen any more. */
  readonly isFinished: () => boolean;
  /** What to say at the end, be it the scenario's own or the cluster's; only a replay has something to say. */
  readonly summary: () => string | undefined;
};

export type StageControl = {
  readonly current: () => Stage;
  readonly cycling: () => boolean;
  /** When the stage in force began, in nanoseconds since the scenario's start. */
  readonly sinceNs: () => number;
  /** Holds a stage from now on; undefined lets them follow one another again. False for an unknown id. */
  readonly hold: (stageId: string | undefined) => boolean;
};

export type ScenarioPlan = {
  readonly nodes: readonly NodeInfo[];
  readonly stages: readonly Stage[];
  /** Entries that each node holds unless told otherwise. */
  readonly ringCapacity: number;
  /** How long the cluster has been running when it starts. */
  readonly historyNs: number;
  /** What a person should know before it starts, a sentence each. */
  readonly warnings: readonly string[];
  readonly start: (recorder: Recorder) => ScenarioRun;
};

export type Scenario = {
  readonly name: string;
  readonly title: string;
  /** One line for --help. */
  readonly help: string;
  /** The options it has a use for. */
  readonly takes: readonly OptionName[];
  /** Checks their values; the error names the flag. Reads the file where there is one. Called by `planScenario`. */
  readonly plan: (options: ScenarioOptions) => Result<ScenarioPlan, string>;
};

const FLAGS: readonly (readonly [name: OptionName, flag: string])[] = [
  ['nodes', '--nodes'],
  ['rate', '--rate'],
  ['stage', '--stage'],
  ['file', '--file'],
  ['speed', '--speed'],
  ['loop', '--loop'],
  ['keepTimes', '--keep-times'],
];

/** The scenario's plan, or why there is none: an option that it has no use for is an error, not passed over. */
export function planScenario(scenario: Scenario, options: ScenarioOptions): Result<ScenarioPlan, string> {
  for (const [name, flag] of FLAGS) {
    const given = options[name] !== undefined && options[name] !== false;
    if (given && !scenario.takes.includes(name)) {
      return err(`${flag} has no meaning for scenario ${scenario.name}`);
    }
  }
  return scenario.plan(options);
}
