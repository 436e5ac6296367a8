import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { maskedText, toJsonpb } from '@finderscope/flow-query';
import { GetFlowsResponseSchema } from '@finderscope/hubble-api';
import { describe, expect, it } from 'vitest';
import { flowBytes, numberedFlow } from '../engine/test-support/flows.ts';
import { DEFAULT_VIEW, MAX_PACKED_CHARS, readFragment, unpackMessages } from '../view-state/index.ts';
import { makeLink } from './make-link.ts';

const base = 'http://host/hubble/';
const view = { ...DEFAULT_VIEW, filter: 'verdict:DROPPED', flow: 'u-1' };

async function flowsIn(url: string): Promise<readonly Uint8Array[]> {
  const fragment = readFragment(new URL(url).hash);
  if (fragment.kind !== 'flow') return [];
  const unpacked = await unpackMessages(fragment.packed);
  return unpacked.ok ? unpacked.value : [];
}

function secret() {
  return toBinary(
    GetFlowsResponseSchema,
    create(GetFlowsResponseSchema, {
      responseTypes: {
        case: 'flow',
        value: {
          uuid: 'u-1',
          l7: {
            record: {
              case: 'http',
              value: { url: 'http://shop/?s3cret', headers: [{ key: 'Cookie', value: 's3cret' }] },
            },
          },
          Summary: 'HTTP/1.1 GET http://shop/?s3cret',
        },
      },
    }),
  );
}

/** Text that deflate cannot shorten, and no URL. */
function noise(length: number, seed: number): string {
  let state = seed;
  return Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return String.fromCharCode(65 + ((state >> 16) % 57));
  }).join('');
}

describe('makeLink', () => {
  it('is the view alone when no flow goes along', async () => {
    const made = await makeLink({ base, view, flow: undefined, mask: true });
    expect(made).toEqual({
      url: 'http://host/hubble/?v=2&q=verdict:DROPPED&flow=u-1',
      unmasked: [],
      inside: { kind: 'nothing' },
    });
  });

  it('carries the bytes of the flow and of its related ones as they came', async () => {
    const [message = new Uint8Array(), ...related] = [1, 2, 3].map((n) => flowBytes(numberedFlow(n)));
    const made = await makeLink({ base, view, flow: { message, related }, mask: true });
    expect(await flowsIn(made.url)).toEqual([message, ...related]);
    expect(made.inside).toMatchObject({ kind: 'flow', related: 2, masked: undefined });
    expect(new URL(made.url).search).toBe('?v=2&q=verdict:DROPPED&flow=u-1');
  });

  it('masks the flow and its related ones, unless it is told not to', async () => {
    const flow = { message: secret(), related: [secret()] };
    const made = await makeLink({ base, view, flow, mask: true });
    for (const message of await flowsIn(made.url)) {
      expect(toJsonpb(fromBinary(GetFlowsResponseSchema, message))).not.toContain('s3cret');
    }
    const { inside } = made;
    const masked = inside.kind === 'flow' && inside.masked !== undefined ? maskedText(inside.masked) : '';
    expect(masked).toBe('1 header value and 1 query string');
    const open = await makeLink({ base, view, flow, mask: false });
    expect(await flowsIn(open.url)).toEqual([flow.message, ...flow.related]);
    expect(open.inside).toMatchObject({ masked: undefined });
  });

  it('names what the filter says of secrets, unless it is told not to mask', async () => {
    const open = { ...view, filter: 'http-header:Cookie:s3cret' };
    const message = flowBytes(numberedFlow(1));
    for (const flow of [undefined, { message, related: [] }]) {
      const made = await makeLink({ base, view: open, flow, mask: true });
      expect(made.unmasked).toEqual(['http-header in the filter']);
      expect((await makeLink({ base, view: open, flow, mask: false })).unmasked).toEqual([]);
    }
  });

  it('leaves related flows out until the link is short enough', async () => {
    const message = flowBytes(numberedFlow(1));
    const related = Array.from({ length: 15 }, (_, n) =>
      flowBytes({ ...numberedFlow(n), Summary: noise(1500, n + 1) }),
    );
    const made = await makeLink({ base, view, flow: { message, related }, mask: true });
    const inside = await flowsIn(made.url);
    expect(inside[0]).toEqual(message);
    expect(made.inside).toMatchObject({ kind: 'flow', related: inside.length - 1 });
    expect(inside.length).toBeGreaterThan(1);
    expect(inside.length).toBeLessThan(15);
    expect(new URL(made.url).hash.length).toBeLessThanOrEqual(MAX_PACKED_CHARS + '#f=1.'.length);
  });

  it('does without a flow that is too long, and says so', async () => {
    const message = flowBytes({ ...numberedFlow(1), Summary: noise(20_000, 1) });
    const made = await makeLink({ base, view, flow: { message, related: [] }, mask: true });
    expect(new URL(made.url).hash).toBe('');
    expect(made.inside.kind).toBe('too-long');
  });

  it('names a flow without a uuid by its place inside the link', async () => {
    const message = flowBytes({ ...numberedFlow(1), uuid: '' });
    const rowView = { ...view, flow: 'row:17' };
    const made = await makeLink({ base, view: rowView, flow: { message, related: [] }, mask: true });
    expect(new URL(made.url).searchParams.get('flow')).toBe('link');
  });
});
