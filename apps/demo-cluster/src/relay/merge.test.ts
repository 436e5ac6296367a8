import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { GetFlowsRequestSchema } from '@finderscope/hubble-api';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { Agent } from '../agent/agent.ts';
import { nodeInfo } from '../agent/node.ts';
import { responseOf, type RingEntry } from '../ring/entry.ts';
import { drawEntry, fillRing, manualClock } from '../testing/ring-text.ts';
import { Merge, type PullState } from './merge.ts';

const STATES = ['UNKNOWN', 'CONNECTED', 'UNAVAILABLE', 'GONE', 'ERROR'];

function draw(entry: RingEntry): string {
  if (entry.kind !== 'status') return drawEntry(entry);
  const { responseTypes: body, nodeName } = responseOf(entry);
  if (body.case !== 'nodeStatus') return '?';
  const { stateChange, nodeNames, message } = body.value;
  return `${STATES[stateChange]}[${nodeNames.join(',')}]${message}@${nodeName}`;
}

/** One agent for each text, named a, b, c, ...; a clock; and merges that draw what they emit. */
function rig(...texts: readonly string[]) {
  const clock = manualClock(1000);
  const agents = texts.map((text, index) => {
    const agent = new Agent(nodeInfo('abcdef'[index] ?? 'x', index), 1023, clock, clock.now());
    fillRing(agent.ring, text);
    return agent;
  });
  return {
    clock,
    agents,
    open: (request: MessageInitShape<typeof GetFlowsRequestSchema>) => {
      const merge = new Merge({
        peers: () => agents,
        request: create(GetFlowsRequestSchema, request),
        relayNode: 'relay',
        clock,
      });
      return {
        merge,
        pull: (budget = 10_000): { state: PullState; seen: string } => {
          const seen: string[] = [];
          const state = merge.pull(budget, (entry) => seen.push(draw(entry)));
          return { state, seen: seen.join(' ') };
        },
      };
    },
  };
}

const range = (from: number, to: number, step = 1): string =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => `f${from + i * step}`).join(' ');

describe('a request that ends', () => {
  test('names the nodes first, then flows in order of time', () => {
    const { open } = rig('f1 f4 f7 f99', 'f2 f5 f99', 'f3 f6 f8 f99');
    expect(open({ number: 100n }).pull()).toEqual({
      state: 'end',
      seen: 'CONNECTED[a,b,c]@relay f1 f2 f3 f4 f5 f6 f7 f8',
    });
  });

  test('number is for each node', () => {
    const { open } = rig('f1 f3 f5 f99', 'f2 f4 f6 f99');
    expect(open({ number: 2n }).pull().seen).toBe('CONNECTED[a,b]@relay f3 f4 f5 f6');
  });

  test('unavailable nodes are named and left out', () => {
    const { open, agents } = rig('f1 f9', 'f2 f9', 'f3 f9');
    agents[1]?.setAvailable(false);
    expect(open({}).pull().seen).toBe('CONNECTED[a,c]@relay UNAVAILABLE[b]@relay f1 f3');
  });

  test('with no node at all it ends at once, also when following', () => {
    expect(rig().open({ follow: true }).pull()).toEqual({ state: 'end', seen: '' });
  });

  test('equal errors of several nodes become one message, with the code unless it is UNKNOWN', () => {
    const { open, clock } = rig('f1 f9', 'f2 f9');
    const bad = open({ fieldMask: { paths: ['nope'] } });
    expect(bad.pull()).toEqual({
      state: 'end',
      seen: 'CONNECTED[a,b]@relay ERROR[a,b]invalid fieldmask@relay',
    });
    const call = open({ first: true, follow: true });
    expect(call.pull()).toEqual({ state: 'waiting', seen: 'CONNECTED[a,b]@relay' });
    clock.advanceMs(10_000);
    call.pull();
    clock.advanceMs(1000);
    expect(call.pull().seen).toBe(
      'ERROR[a,b]rpc error: code = InvalidArgument desc = first cannot be specified with follow@relay',
    );
  });

  test('a heap smaller than the disorder leaves some of it', () => {
    // number x peers = 2: the heap holds two entries.
    const { open } = rig('f8 f99', 'f1 f99');
    expect(open({ number: 1n }).pull().seen).toBe('CONNECTED[a,b]@relay f1 f8');
    const many = rig(`${range(500, 700)} f999`, `${range(1, 10)} f999`);
    const seen = many.open({}).pull().seen.split(' ').slice(1);
    expect(seen).toHaveLength(211);
    expect(seen[0]).toBe('f1');
  });
});

describe('following', () => {
  test('keeps a hundred entries back until newer ones push them out', () => {
    const { open } = rig(`${range(1, 150)} f151`);
    const call = open({ follow: true, number: 150n });
    expect(call.pull()).toEqual({ state: 'waiting', seen: `CONNECTED[a]@relay ${range(1, 50)}` });
    expect(call.merge.pending).toBe(100);
  });

  test('gives out what is older than a second when nothing comes for a second', () => {
    const { open, agents, clock } = rig('f998 f999');
    const call = open({ follow: true });
    expect(call.pull().seen).toBe('CONNECTED[a]@relay');
    clock.advanceMs(999);
    expect(call.pull().seen).toBe('');
    clock.advanceMs(1);
    expect(call.pull().seen).toBe('f998');
    fillRing(agents[0]!.ring, 'f1001');
    expect(call.pull().seen).toBe('');
    clock.advanceMs(500);
    fillRing(agents[0]!.ring, 'f1002');
    expect(call.pull()).toMatchObject({ seen: '' });
    // f1001 is not a second old yet, f999 is.
    clock.advanceMs(1000);
    expect(call.pull().seen).toBe('f999 f1001');
  });

  test('a node that fails is told after ten seconds, and read again when it is back', () => {
    const { open, agents, clock } = rig('f1 f2', 'f3 f4');
    const call = open({ follow: true, number: 9n });
    call.pull();
    agents[1]?.setAvailable(false);
    expect(call.pull().seen).toBe('');
    clock.advanceMs(1000);
    expect(call.pull().seen).toBe('f1 f3');
    agents[1]?.setAvailable(true);
    fillRing(agents[1]!.ring, 'f5');
    clock.advanceMs(1500);
    call.pull();
    clock.advanceMs(1000);
    // Asked again with the same number, so what is still in its ring comes once more.
    expect(call.pull().seen).toBe('f3 f4');
    clock.advanceMs(7000);
    call.pull();
    clock.advanceMs(1000);
    expect(call.pull().seen).toBe(
      'ERROR[b]rpc error: code = Unavailable desc = error reading from server: EOF@relay',
    );
  });

  test('does not end with its nodes', () => {
    const { open } = rig('f1 f2 f3');
    const call = open({ follow: true, number: 9n, until: { seconds: 1n } });
    expect(call.pull().state).toBe('waiting');
  });

  test('a slow node is read at its rate', () => {
    const { open, agents, clock } = rig(`${range(1, 50)} f51`);
    agents[0]?.limitRate(10);
    const call = open({ follow: true, number: 50n });
    call.pull();
    expect(call.merge.pending).toBe(0);
    clock.advanceMs(700);
    call.pull();
    expect(call.merge.pending).toBe(7);
    agents[0]?.limitRate(0);
    call.pull();
    expect(call.merge.pending).toBe(50);
  });

  test('a budget stops a pull, and the rest follows', () => {
    const { open } = rig(`${range(1, 300)} f301`);
    const call = open({ number: 300n });
    expect(call.pull(120).state).toBe('more');
    expect(call.pull(120).state).toBe('more');
    expect(call.pull(120)).toMatchObject({ state: 'end', seen: range(141, 300) });
  });
});

test('every flow is sent, waiting to be, or named as lost, to the flow', () => {
  const step = fc.record({
    writes: fc.array(fc.nat(40), { minLength: 2, maxLength: 2 }),
    budget: fc.integer({ min: 1, max: 60 }),
    ms: fc.nat(1500),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const clock = manualClock(1000);
      const agents = [0, 1].map((index) => new Agent(nodeInfo(`n${index}`, index), 15, clock, clock.now()));
      const merge = new Merge({
        peers: () => agents,
        request: create(GetFlowsRequestSchema, { follow: true }),
        relayNode: 'relay',
        clock,
      });
      let sent = 0;
      let reported = 0;
      const count = (entry: RingEntry): void => {
        if (entry.kind === 'flow') sent++;
        reported += entry.eventsLost;
      };
      merge.pull(1, count);
      for (const { writes, budget, ms } of steps) {
        for (const [index, many] of writes.entries()) {
          for (let i = 0; i < many; i++) fillRing(agents[index]!.ring, 'f1');
        }
        clock.advanceMs(ms);
        merge.pull(budget, count);
      }
      merge.pull(1000, count);
      clock.advanceMs(3000);
      merge.pull(1000, count);
      merge.pull(1000, count);
      clock.advanceMs(3000);
      merge.pull(1000, count);
      const written = agents.reduce((sum, { ring }) => sum + Math.max(0, ring.written - 1), 0);
      expect(merge.pending).toBe(0);
      expect(sent + reported + merge.lostUnreported).toBe(written);
    }),
    { seed: 1, numRuns: 200 },
  );
});
