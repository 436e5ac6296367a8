import { create } from '@bufbuild/protobuf';
import { FlowStore } from '@finderscope/flow-store';
import { GetFlowsResponseSchema, NodeState } from '@finderscope/hubble-api';
import { describe, expect, it } from 'vitest';
import type { NodeLimit } from '../protocol.ts';
import { flowBytes, uuidOf } from '../test-support/flows.ts';
import { StreamReach } from './stream-reach.ts';

const S = 1_000_000_000n;
const {
  NODE_CONNECTED: CONNECTED,
  NODE_UNAVAILABLE: UNAVAILABLE,
  NODE_ERROR: ERROR,
  NODE_GONE: GONE,
} = NodeState;

/** `a` for a node that has sent none older, `a!` for one that was interrupted. */
function nodeText({ node, isInterrupted }: NodeLimit): string {
  return isInterrupted ? `${node}!` : node;
}

/** A stream as it comes; `a5` is a flow of node a at second 5. */
class Stream {
  readonly store: FlowStore;
  readonly reach: StreamReach;

  constructor(maxRows = 1000) {
    this.store = new FlowStore({ maxRows }, 1);
    this.store.expected.watchNodes();
    this.reach = new StreamReach(this.store);
  }

  send(...flows: readonly string[]): this {
    const { store, reach } = this;
    const first = store.table.next;
    for (const flow of flows) {
      const nodeName = flow[0] ?? '';
      const second = Number(flow.slice(1));
      const bytes = flowBytes({
        nodeName,
        time: { seconds: BigInt(second) },
        uuid: uuidOf(nodeName.charCodeAt(0) * 1000 + second),
      });
      store.append(bytes, Uint32Array.of(0, bytes.length), 1);
    }
    reach.addAgain(store.duplicates.takeNodes());
    reach.addRows(first);
    return this;
  }

  tell(stateChange: NodeState, nodes: string, second: number): this {
    const value = { stateChange, nodeNames: nodes.split(' ') };
    this.reach.heard(
      create(GetFlowsResponseSchema, {
        time: { seconds: BigInt(second) },
        responseTypes: { case: 'nodeStatus', value },
      }),
    );
    return this;
  }

  /** Breaks off, and is opened again from that time on. */
  breaksUntil(second: number): this {
    this.reach.broke();
    this.reach.opened();
    this.store.expected.restart(BigInt(second) * S);
    return this;
  }

  /** `second by what`, `without` nodes that are missing. */
  get text(): string {
    const { sinceNs, limit, missing } = this.reach.reach();
    const by = limit === undefined ? '' : ` by ${typeof limit === 'string' ? limit : nodeText(limit)}`;
    const since = sinceNs === undefined ? 'nothing' : `${Number(sinceNs) / 1e9}${by}`;
    return missing.length === 0 ? since : `${since} without ${missing.join(' ')}`;
  }
}

describe('how far back the stream reaches', () => {
  it('is what the node that remembers least has sent', () => {
    const stream = new Stream();
    expect(stream.text).toBe('nothing');
    stream.send('a1', 'a5', 'b7', 'a8', 'b9');
    expect(stream.text).toBe('7 by b');
    stream.send('a10', 'b11', 'c12');
    expect(stream.text).toBe('12 by c');
  });

  it('is not shortened by a connected node that was silent when the stream was opened', () => {
    const stream = new Stream().tell(CONNECTED, 'a b c', 10).send('a1', 'a9', 'c4', 'b30');
    expect(stream.text).toBe('4 by c');
    expect(new Stream().tell(CONNECTED, 'a', 10).send('a12', 'a13').text).toBe('12');
  });

  it('leaves out nodes that do not answer, by name, and counts from their first flow when they do', () => {
    const stream = new Stream().tell(CONNECTED, 'a', 10).tell(UNAVAILABLE, 'b c', 10).send('a1', 'a11');
    expect(stream.text).toBe('1 by a without b c');
    expect(stream.send('b12').text).toBe('12 by b! without c');
    expect(stream.send('a20').tell(ERROR, 'a', 21).text).toBe('12 by b! without a c');
    expect(stream.send('a25').text).toBe('25 by a! without c');
  });

  it('counts from the time of connecting for a node that answers again and is silent', () => {
    const stream = new Stream().tell(CONNECTED, 'a', 10).send('a1', 'b2').tell(ERROR, 'b', 20);
    expect(stream.tell(CONNECTED, 'a b', 30).text).toBe('30 by b!');
    expect(stream.send('b40').text).toBe('30 by b!');
    expect(new Stream().send('a1', 'b2').tell(ERROR, 'b', 20).tell(CONNECTED, 'b', 30).send('b25').text).toBe(
      '25 by b!',
    );
  });

  it('stays what it was over a node that sends again what is held', () => {
    const stream = new Stream().send('a1', 'b2', 'a9').tell(ERROR, 'a', 10);
    stream.store.expected.restart(5n * S);
    expect(stream.tell(CONNECTED, 'a b', 12).send('a9', 'a12').text).toBe('2 by b');
  });

  it('is not shortened when Relay tells late of a node that is back by then', () => {
    // It has sent again what it had sent, and is calm.
    const stream = new Stream().send('a1', 'a5', 'b2', 'b20').send('a1', 'a5');
    expect(stream.tell(ERROR, 'a', 12).text).toBe('2 by b');
    // It has sent on.
    expect(new Stream().send('a1', 'b2', 'a30').tell(ERROR, 'a', 12).text).toBe('2 by b');
    // Its clock is a little ahead.
    expect(new Stream().send('a1', 'b2', 'a14').tell(ERROR, 'a', 12).text).toBe('2 by b without a');
  });

  it('forgets nodes that left the cluster', () => {
    const gone = new Stream().tell(CONNECTED, 'a b', 1).send('a2', 'b3').tell(ERROR, 'b', 5);
    expect(gone.text).toBe('2 without b');
    expect(gone.breaksUntil(2).tell(CONNECTED, 'a', 9).send('a2', 'a10').text).toBe('2');
    expect(new Stream().send('a2', 'b3').tell(ERROR, 'b', 5).tell(GONE, 'b', 6).text).toBe('2 by a');
  });

  it('is not a time that has not come, whatever a clock says', () => {
    const flows = Array.from({ length: 20 }, (_, i) => `a${i + 10}`);
    expect(new Stream().send(...flows, 'b90000', 'a30', 'a31').text).toBe('31 by b');
    // Evicted first: the row of the wrong clock.
    const evicted = new Stream(8)
      .send('a9', 'b9')
      .send('b90000')
      .send(...flows);
    expect(evicted.text).toBe('21.000000001 by evicted');
  });

  it('starts again after a break for nodes that have forgotten what came meanwhile, and for no other', () => {
    const broken = (): Stream => new Stream().tell(CONNECTED, 'a b c', 1).send('a2', 'b3', 'c4', 'a9', 'b9');
    // all send again what is held, or nothing at all
    expect(broken().breaksUntil(8).tell(CONNECTED, 'a b c', 20).send('a9', 'b9', 'b10').text).toBe('2');
    // b has nothing in common with before
    expect(broken().breaksUntil(8).tell(CONNECTED, 'a b c', 20).send('a9', 'b15', 'c25').text).toBe(
      '15 by b!',
    );
    // without word from the server when it was opened
    expect(broken().breaksUntil(8).send('a9', 'c25').text).toBe('25 by c!');
  });

  it('ends behind the latest flow that was evicted, in whatever order they came', () => {
    const stream = new Stream(3).send('a5', 'a9', 'b1', 'b2', 'b12');
    // a5 and a9 have made room; b1, the oldest held, says nothing about a
    expect(stream.text).toBe('9.000000001 by evicted');
  });

  it('knows the nodes of links whose ids were freed and given out again', () => {
    const stream = new Stream(40);
    for (let second = 0; second < 9000; second++) {
      const node = String.fromCharCode(0x4e00 + second);
      stream.send(`${node}${second}`);
    }
    expect(stream.store.links.epoch).toBeGreaterThan(0);
    expect(stream.text).toContain('8999 by');
  });
});
