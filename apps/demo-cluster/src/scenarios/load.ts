// Seeded load: flows at an exact rate, evenly spaced, drawn from templates of thousands of endpoints.

import { err, ok } from '@finderscope/base';

import { clusterNodes, type NodeInfo } from '../agent/node.ts';
import { createPopulation } from '../load/population.ts';
import {
  encodeTemplate,
  type FlowTemplate,
  type Stamp,
  stampTemplate,
  TEMPLATE_PORT,
} from '../load/template.ts';
import { drawFlow } from '../load/traffic-mix.ts';
import { HUBBLE_VERSION } from '../version.ts';
import { type Recorder, type Scenario, type ScenarioRun } from './scenario.ts';

const DEFAULT_RATE = 5000;
const MAX_RATE = 200_000;
const DEFAULT_NODES = 3;
const PODS = 2400;
const TEMPLATES = 8000;
/**
 * More than an agent's own default: half a second of 200,000 flows/s on three nodes, so that what is lost is lost by
 * whoever reads too slowly and not by the pace at which one process plays nodes and Relay.
 */
export const LOAD_RING_CAPACITY = 32_767;
const CHUNK_BYTES = 1024 * 1024;
const NS_PER_SECOND = 1e9;
const EPHEMERAL = { first: 32_768, count: 28_232 };

export const LOAD: Scenario = {
  name: 'load',
  title: 'Generated load',
  help: `seeded flows at an exact --rate, up to ${MAX_RATE} a second (default ${DEFAULT_RATE})`,
  takes: ['nodes', 'rate'],
  plan: (options) => {
    const rate = options.rate ?? DEFAULT_RATE;
    if (!(rate > 0 && rate <= MAX_RATE))
      return err(`--rate: must be above 0 and at most ${MAX_RATE}, not ${rate}`);
    const nodes = clusterNodes(options.nodes ?? DEFAULT_NODES);
    return ok({
      nodes,
      stages: [],
      ringCapacity: LOAD_RING_CAPACITY,
      historyNs: 0,
      warnings: [],
      start: (recorder) => run(nodes, rate, recorder),
    });
  },
};

function run(nodes: readonly NodeInfo[], rate: number, recorder: Recorder): ScenarioRun {
  const { random } = recorder;
  const templates = createTemplates(nodes, recorder);
  const stamp: Stamp = { seconds: 0, nanos: 0, high: 0, low: 0, count: 0, port: 0 };
  let chunk = new Uint8Array(CHUNK_BYTES);
  let used = 0;
  let made = 0;

  const makeOne = (): void => {
    const template = random.pick(templates);
    const { length } = template.frame;
    if (used + length > chunk.length) {
      chunk = new Uint8Array(CHUNK_BYTES);
      used = 0;
    }
    const at = recorder.moment(template.node, Math.round((made / rate) * NS_PER_SECOND));
    stamp.seconds = at.seconds;
    stamp.nanos = at.nanos;
    stamp.high = random.uint32();
    stamp.low = random.uint32();
    stamp.count = made;
    stamp.port = EPHEMERAL.first + (stamp.low % EPHEMERAL.count);
    stampTemplate(template, stamp, chunk, used);
    recorder.entry(template.node, {
      kind: 'flow',
      seconds: at.seconds,
      nanos: at.nanos,
      chunk,
      start: used,
      end: used + length,
      namespaces: template.namespaces,
      eventsLost: 0,
    });
    used += length;
    made++;
  };

  return {
    advanceTo: (untilNs, budget) => {
      const due = Math.floor((untilNs / NS_PER_SECOND) * rate) + 1;
      const count = Math.min(due - made, budget);
      for (let i = 0; i < count; i++) makeOne();
      return made >= due;
    },
    stages: undefined,
    isFinished: () => false,
    summary: () => undefined,
  };
}

function createTemplates(nodes: readonly NodeInfo[], { random }: Recorder): readonly FlowTemplate[] {
  const population = createPopulation(random, nodes.length, PODS);
  return Array.from({ length: TEMPLATES }, () => {
    const observed = drawFlow(random, population, TEMPLATE_PORT);
    const info = nodes[observed.node];
    if (info === undefined) throw new RangeError(`there is no node ${observed.node}`);
    return encodeTemplate(observed, info, HUBBLE_VERSION);
  });
}
