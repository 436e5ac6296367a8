// A lab played without a clock or a socket: its flows, each with the line that people see.

import { compactLine } from '@finderscope/flow-query';
import type { Flow } from '@finderscope/hubble-api';

import { Agent } from '../agent/agent.ts';
import { createRecorder } from '../control/recorder.ts';
import { flowOf, responseOf } from '../ring/entry.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { createRandom } from '../timeline/random.ts';
import { manualClock } from './ring-text.ts';

export type Seen = { readonly flow: Flow; readonly line: string; readonly node: string };

const EPOCH = { seconds: 1_800_000_000, nanos: 0 };

/** Plays some seconds of one stage, or of all in turn. Lines are without time, and ephemeral ports are PORT. */
export function playLab(
  scenario: Scenario,
  stage: string | undefined,
  seconds: number,
): { readonly seen: readonly Seen[]; readonly agents: readonly Agent[] } {
  const plan = scenario.plan({
    nodes: undefined,
    rate: undefined,
    stage,
    file: undefined,
    speed: undefined,
    loop: false,
    keepTimes: false,
  });
  if (!plan.ok) throw new Error(plan.error);
  const agents = plan.value.nodes.map((node) => new Agent(node, 65_535, manualClock(), EPOCH));
  const recorder = createRecorder({ agents, epoch: EPOCH, random: createRandom(1), version: '1.19.4' });
  plan.value.start(recorder).advanceTo(seconds * 1e9, Infinity);
  const seen = agents.flatMap(({ ring, node }) => {
    const those: Seen[] = [];
    for (let at = ring.oldest; at <= ring.newest; at++) {
      const entry = ring.read(at);
      const flow = typeof entry === 'object' ? flowOf(entry) : undefined;
      if (flow === undefined || typeof entry !== 'object') continue;
      const line = compactLine(responseOf(entry))
        .replace(/^.*?\d: /, '')
        .replace(/:(?!51871 )[3-6]\d{4} /g, ':PORT ');
      those.push({ flow, line, node: node.name });
    }
    return those;
  });
  return { seen, agents };
}
