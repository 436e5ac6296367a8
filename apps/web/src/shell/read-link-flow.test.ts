import { fromBinary } from '@bufbuild/protobuf';
import { compactLine } from '@finderscope/flow-query';
import { GetFlowsResponseSchema } from '@finderscope/hubble-api';
import { expect, it } from 'vitest';
import { readMessages } from '../engine/answers/read-messages.ts';
import { flowBytes, numberedFlow, responseBytes } from '../engine/test-support/flows.ts';
import { formatFragment, packMessages } from '../view-state/index.ts';
import { OLD_LINKS } from '../view-state/testing/old-links.ts';
import { readLinkFlow } from './read-link-flow.ts';

const engine = { read: (messages: readonly Uint8Array[]) => Promise.resolve(readMessages(messages)) };

async function readPacked(messages: readonly Uint8Array[]) {
  return readLinkFlow(engine, formatFragment(await packMessages(messages)));
}

it.each(OLD_LINKS)('reads the flows of an old link: $about', async ({ link, flows }) => {
  const linked = await readLinkFlow(engine, new URL(link, 'http://host/').hash);
  const details = linked.state === 'read' ? [linked.detail, ...linked.details.values()] : [];
  const lines = details.map(({ response }) => compactLine(fromBinary(GetFlowsResponseSchema, response)));
  expect([...new Set(lines)]).toEqual(flows);
  expect(linked.state).toBe(flows.length === 0 ? 'none' : 'read');
});

it('gives the flow its row and the others as related', async () => {
  const linked = await readPacked([7, 8, 9].map((n) => flowBytes(numberedFlow(n))));
  if (linked.state !== 'read') throw new Error(linked.state);
  const { row, related } = linked.detail;
  expect(linked.key).toBe(row.uuid);
  expect(row).toMatchObject({ verdict: 1, source: { name: 'client-1', port: 40_007 }, nodeName: 'k8s-w1' });
  expect(related.map((other) => other.source.port)).toEqual([40_008, 40_009]);
  expect(linked.details.get(related[1]?.uuid ?? '')?.related).toContain(row);
  expect(linked.held).toBe(false);
});

it('names a flow without a uuid by what it is', async () => {
  const linked = await readPacked([flowBytes({ ...numberedFlow(1), uuid: '' })]);
  expect(linked).toMatchObject({ state: 'read', key: 'link' });
});

it('leaves out what cannot be read beside the flow', async () => {
  const linked = await readPacked([flowBytes(numberedFlow(1)), Uint8Array.of(0x0a, 0xff)]);
  expect(linked).toMatchObject({ state: 'read', detail: { related: [] } });
});

it('says of a message that is no flow that it is none', async () => {
  const lost = responseBytes({ responseTypes: { case: 'lostEvents', value: { numEventsLost: 1n } } });
  for (const message of [lost, Uint8Array.of(0x0a, 0xff), new Uint8Array()]) {
    expect(await readPacked([message])).toEqual({
      state: 'broken',
      message:
        'The flow inside the link cannot be unpacked: what it holds is no flow. The rest of the link holds.',
    });
  }
});

it('names a broken fragment', async () => {
  expect(await readLinkFlow(engine, '#f=1.AAAA')).toMatchObject({ state: 'broken' });
  expect(await readLinkFlow(engine, '#f=9.AAAA')).toMatchObject({ state: 'broken' });
  expect(await readLinkFlow(engine, '')).toEqual({ state: 'none' });
});
