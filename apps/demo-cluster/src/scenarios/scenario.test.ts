// The contract of every scenario, by name through the registry.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';

import { Agent } from '../agent/agent.ts';
import { createRecorder } from '../control/recorder.ts';
import { flowOf, responseOf, type RingEntry } from '../ring/entry.ts';
import { manualClock } from '../testing/ring-text.ts';
import { compareMoments, nsBetween } from '../timeline/clock.ts';
import { createRandom } from '../timeline/random.ts';
import { SCENARIOS, scenarioByName } from './registry.ts';
import { planScenario, type Scenario, type ScenarioOptions, type ScenarioPlan } from './scenario.ts';

const folder = mkdtempSync(join(tmpdir(), 'replay-'));
const file = join(folder, 'flows.jsonl');
const line = (second: number, node: string): string =>
  JSON.stringify({
    flow: { time: `2026-01-15T10:00:0${second}Z`, node_name: node, verdict: 'FORWARDED', uuid: `u${second}` },
    node_name: node,
    time: `2026-01-15T10:00:0${second}Z`,
  });
writeFileSync(file, [line(1, 'n1'), line(2, 'n2'), line(3, 'n1'), 'broken', line(4, 'n1')].join('\n'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const NO_OPTIONS: ScenarioOptions = {
  nodes: undefined,
  rate: undefined,
  stage: undefined,
  file: undefined,
  speed: undefined,
  loop: false,
  keepTimes: false,
};

/** What a scenario needs, and load at a rate whose every flow can be looked at. */
const OWN_OPTIONS: Readonly<Record<string, Partial<ScenarioOptions>>> = {
  replay: { file },
  load: { rate: 500 },
};

function optionsFor(scenario: Scenario): ScenarioOptions {
  return { ...NO_OPTIONS, ...OWN_OPTIONS[scenario.name] };
}

function planOf(scenario: Scenario, options = optionsFor(scenario)): ScenarioPlan {
  const plan = planScenario(scenario, options);
  if (!plan.ok) throw new Error(plan.error);
  return plan.value;
}

const EPOCH = { seconds: 1_800_000_000, nanos: 0 };
const SECOND_NS = 1e9;

/** Plays some seconds in steps and returns what each node got. */
function play(scenario: Scenario, seconds: number, stepNs: number, seed = 1, options = optionsFor(scenario)) {
  const plan = planOf(scenario, options);
  const agents = plan.nodes.map((node) => new Agent(node, 65_535, manualClock(), EPOCH));
  const recorder = createRecorder({ agents, epoch: EPOCH, random: createRandom(seed), version: '1.0.0' });
  const run = plan.start(recorder);
  for (let ns = 0; ns <= seconds * SECOND_NS; ns += stepNs) while (!run.advanceTo(ns, 500));
  const entries = agents.map((agent) => {
    const all: RingEntry[] = [];
    for (let at = agent.ring.oldest; at <= agent.ring.newest; at++) all.push(agent.ring.read(at)!);
    return all;
  });
  return { plan, agents, run, entries };
}

const hex = (entries: readonly RingEntry[]): string =>
  entries.map(({ chunk, start, end }) => Buffer.from(chunk.subarray(start, end)).toString('hex')).join();

describe.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))('%s', (_, scenario) => {
  test('is found by its name and says what it is', () => {
    expect(scenarioByName(scenario.name)).toBe(scenario);
    expect(scenario.title).not.toBe('');
    expect(scenario.help).not.toBe('');
  });

  test('gives the same entries for the same seed, whatever the steps', () => {
    const once = play(scenario, 3, SECOND_NS / 3).entries.map(hex);
    expect(play(scenario, 3, SECOND_NS).entries.map(hex)).toEqual(once);
    expect(once.join('').length).toBeGreaterThan(100);
  });

  test('every flow decodes, with uuid, time and the node it is on, in order of time', () => {
    const { entries, plan } = play(scenario, 4, SECOND_NS / 2);
    const uuids = new Set<string>();
    let flows = 0;
    for (const [node, those] of entries.entries()) {
      let last = EPOCH;
      for (const entry of those) {
        expect(nsBetween(EPOCH, entry)).toBeGreaterThanOrEqual(0);
        expect(compareMoments(entry, last)).toBeGreaterThanOrEqual(0);
        last = entry;
        const flow = flowOf(entry);
        if (flow === undefined) continue;
        flows++;
        uuids.add(flow.uuid);
        expect(flow.nodeName).toBe(plan.nodes[node]?.name);
        const response = responseOf(entry);
        expect(response.nodeName).toBe(flow.nodeName);
        expect(response.time).toEqual(flow.time);
        expect(flow.time).toMatchObject({ seconds: BigInt(entry.seconds), nanos: entry.nanos });
      }
    }
    expect(flows).toBeGreaterThan(1);
    expect(uuids.size).toBe(flows);
  });

  test('holds every one of its stages and goes back to cycling', () => {
    const { run, plan } = play(scenario, 1, SECOND_NS);
    expect(run.stages === undefined).toBe(plan.stages.length === 0);
    for (const { id } of plan.stages) {
      expect(run.stages?.hold(id)).toBe(true);
      expect(run.stages?.current().id).toBe(id);
      expect(run.stages?.cycling()).toBe(false);
    }
    if (run.stages !== undefined) {
      expect(run.stages.hold('nope')).toBe(false);
      expect(run.stages.hold(undefined)).toBe(true);
      expect(run.stages.cycling()).toBe(true);
    }
  });
});

describe('options', () => {
  const [starWars, load, replay] = ['star-wars', 'load', 'replay'].map((name) => scenarioByName(name)!);

  test.each<[Scenario, Partial<ScenarioOptions>, RegExp]>([
    [starWars!, { stage: 'B7' }, /^--stage: star-wars has A0, A1, A2, not "B7"$/],
    [starWars!, { rate: 5 }, /^--rate has no meaning/],
    [starWars!, { loop: true }, /^--loop has no meaning for scenario star-wars$/],
    [load!, { speed: 2 }, /^--speed has no meaning/],
    [load!, { keepTimes: true }, /^--keep-times has no meaning/],
    [starWars!, { nodes: 2 }, /^--nodes: star-wars needs at least 3$/],
    [load!, { rate: 200_001 }, /^--rate: must be above 0 and at most 200000/],
    [load!, { rate: 0 }, /^--rate/],
    [load!, { stage: 'A0' }, /^--stage/],
    [replay!, {}, /^--file: scenario replay needs/],
    [replay!, { file: join(folder, 'none') }, /^--file: ENOENT/],
    [replay!, { file, speed: 0 }, /^--speed/],
    [replay!, { file, nodes: 3 }, /^--nodes has no meaning/],
  ])('of %#', (scenario, options, problem) => {
    expect(planScenario(scenario, { ...NO_OPTIONS, ...options })).toMatchObject({
      ok: false,
      error: expect.stringMatching(problem),
    });
  });
});

describe('load', () => {
  const load = scenarioByName('load')!;

  test('makes exactly as many flows as its rate says', () => {
    const { agents } = play(load, 5, SECOND_NS / 7, 1, { ...NO_OPTIONS, rate: 1234 });
    // One at each end of the five seconds.
    expect(agents.reduce((sum, { flowsGenerated }) => sum + flowsGenerated, 0)).toBe(5 * 1234 + 1);
  });

  test('another seed gives other flows', () => {
    const one = play(load, 1, SECOND_NS, 1).entries.map(hex);
    expect(play(load, 1, SECOND_NS, 2).entries.map(hex)).not.toEqual(one);
  });
});

describe('replay', () => {
  const replay = scenarioByName('replay')!;
  const uuids = (entries: readonly (readonly RingEntry[])[]): string[] =>
    entries.flatMap((those) => those.map((entry) => flowOf(entry)?.uuid ?? entry.kind));

  test('plays every line, makes the last of each node readable and says so', () => {
    const { entries, run, plan } = play(replay, 10, SECOND_NS);
    expect(plan.nodes.map(({ name }) => name)).toEqual(['n1', 'n2']);
    expect(uuids(entries)).toEqual(['u1', 'u3', 'u4', 'u2']);
    expect(run.isFinished()).toBe(true);
    expect(run.summary()).toContain('5 lines: 4 flows');
    expect(run.summary()).toContain('1 broken; 4 records played');
    expect(plan.warnings).toEqual([expect.stringMatching(/flows\.jsonl:4: the line is not JSON/)]);
  });

  test('moves times to now, or keeps them', () => {
    const shifted = play(replay, 10, SECOND_NS).entries[0]?.map((entry) => nsBetween(EPOCH, entry) / 1e9);
    expect(shifted?.slice(0, 3)).toEqual([0, 2, 3]);
    const kept = play(replay, 10, SECOND_NS, 1, { ...NO_OPTIONS, file, keepTimes: true });
    expect(flowOf(kept.entries[0]![0]!)?.time?.seconds).toBe(1_768_471_201n);
  });

  test('loops', () => {
    const { entries, run } = play(replay, 8.5, SECOND_NS / 2, 1, { ...NO_OPTIONS, file, loop: true });
    // Three seconds a round and one between rounds; the newest entry of each node is not readable.
    expect(uuids(entries)).toEqual(['u1', 'u3', 'u4', 'u1', 'u3', 'u4', 'u2']);
    expect(run.isFinished()).toBe(false);
  });
});
