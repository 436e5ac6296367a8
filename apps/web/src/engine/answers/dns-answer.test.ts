import { FlowStore } from '@finderscope/flow-store';
import { describe, expect, it } from 'vitest';
import { type FlowInit, flowBytes, uuidOf } from '../test-support/flows.ts';
import { findDnsAnswer } from './dns-answer.ts';

const BOT = '10.0.0.7';
const SERVER = '10.0.0.53';
const OUTSIDE = '140.82.112.3';
const MEDIABOT = { namespace: 'default', podName: 'mediabot', identity: 7 };
const COREDNS = { namespace: 'kube-system', podName: 'coredns', identity: 53 };

const answer = (query: string, ips: readonly string[], patch: FlowInit = {}): FlowInit => ({
  verdict: 1,
  isReply: true,
  source: COREDNS,
  destination: MEDIABOT,
  IP: { source: SERVER, destination: BOT, ipVersion: 1 },
  l4: { protocol: { case: 'UDP', value: { sourcePort: 53, destinationPort: 40_000 } } },
  Type: 2,
  l7: { type: 2, record: { case: 'dns', value: { query, ips: [...ips], qtypes: ['A'], ttl: 30 } } },
  ...patch,
});

const connection: FlowInit = {
  verdict: 2,
  source: MEDIABOT,
  IP: { source: BOT, destination: OUTSIDE, ipVersion: 1 },
  l4: {
    protocol: { case: 'TCP', value: { sourcePort: 40_001, destinationPort: 443, flags: { SYN: true } } },
  },
  Type: 1,
};

const reply: FlowInit = {
  verdict: 1,
  isReply: true,
  destination: MEDIABOT,
  IP: { source: OUTSIDE, destination: BOT, ipVersion: 1 },
  l4: { protocol: { case: 'TCP', value: { sourcePort: 443, destinationPort: 40_001 } } },
  Type: 1,
};

/** What is found for the flow at `place`; the flows come a second apart, and the first has number 1. */
function find(flows: readonly FlowInit[], place = flows.length - 1) {
  const store = new FlowStore({ maxRows: 16_384, maxRawBytes: 8 << 20, maxDictionaryBytes: 4 << 20 });
  for (const [at, flow] of flows.entries()) {
    const bytes = flowBytes({ ...flow, time: { seconds: BigInt(1000 + at) }, uuid: uuidOf(at + 1) });
    store.append(bytes, Uint32Array.of(0, bytes.length), 1);
  }
  expect(store.table.held).toBe(flows.length);
  const found = findDnsAnswer(
    store,
    Uint32Array.from(flows, (_, at) => at),
    place,
  );
  return found && { uuid: found.row.uuid, name: found.name, address: found.address };
}

const SUPPORT = answer('support.github.com.', ['140.82.112.4', OUTSIDE]);

describe('the DNS answer that gave the address', () => {
  it('is the newest before the flow', () => {
    expect(
      find([SUPPORT, SUPPORT, answer('api.github.com.', ['140.82.1.1']), connection, SUPPORT], 3),
    ).toEqual({ uuid: uuidOf(2), name: 'support.github.com.', address: OUTSIDE });
  });

  it('is told for packets of both directions', () => {
    expect(find([SUPPORT, reply])).toMatchObject({ uuid: uuidOf(1), address: OUTSIDE });
  });

  it('may have gone to another address of the same pod', () => {
    const over6 = { ...SUPPORT, IP: { source: 'fd00::53', destination: 'fd00::7', ipVersion: 2 } } as const;
    expect(find([over6, connection])).toMatchObject({ uuid: uuidOf(1) });
    const { source: _, ...bare } = connection;
    expect(find([over6, bare])).toBeUndefined();
  });

  it.each<[string, FlowInit, FlowInit]>([
    [
      'came to another pod',
      answer('support.github.com.', [OUTSIDE], {
        destination: { ...MEDIABOT, podName: 'other' },
        IP: { source: SERVER, destination: '10.0.0.8', ipVersion: 1 },
      }),
      connection,
    ],
    [
      'came to a pod of that name elsewhere',
      answer('support.github.com.', [OUTSIDE], {
        destination: { ...MEDIABOT, namespace: 'shop' },
        IP: { source: SERVER, destination: '10.0.0.8', ipVersion: 1 },
      }),
      connection,
    ],
    ['was dropped', answer('support.github.com.', [OUTSIDE], { verdict: 2 }), connection],
    ['is a request', answer('x.', [OUTSIDE], { l7: { type: 1, record: SUPPORT.l7!.record! } }), connection],
    ['told other addresses', answer('support.github.com.', ['140.82.112.33']), connection],
    ['told of the client', answer('mediabot.', [BOT]), connection],
    ['stands before a flow without addresses', SUPPORT, { verdict: 1, source: MEDIABOT }],
  ])('is none that %s', (_, dns, flow) => {
    expect(find([dns, flow])).toBeUndefined();
  });

  it('is not sought without bound', () => {
    const others = (count: number) => Array.from({ length: count }, () => answer('other.', ['10.9.9.9']));
    expect(find([SUPPORT, ...others(1999), connection])).toMatchObject({ uuid: uuidOf(1) });
    expect(find([SUPPORT, ...others(2000), connection])).toBeUndefined();
  });
});
