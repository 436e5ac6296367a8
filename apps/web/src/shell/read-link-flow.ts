// From the fragment of the address to the flow inside: unpacked, lifted to today's version, and made into rows by the
// engine as those of the source are. Whatever is wrong with it is said once, and the rest of the link holds.

import type { Engine, FlowDetail } from '../engine/protocol.ts';
import { type LinkFlow, LINKED_KEY } from '../panes/link-flow.ts';
import { readFragment, REST_HOLDS, unpackMessages, upgradeMessages } from '../view-state/index.ts';

/** `hash` with or without its mark. Never rejects on account of what it holds. Nothing is known to be held yet. */
export async function readLinkFlow(engine: Pick<Engine, 'read'>, hash: string): Promise<LinkFlow> {
  const fragment = readFragment(hash);
  if (fragment.kind === 'none') return { state: 'none' };
  if (fragment.kind === 'broken') return { state: 'broken', message: fragment.message };
  const unpacked = await unpackMessages(fragment.packed);
  if (!unpacked.ok) return broken(unpacked.error);
  const details = await engine.read(upgradeMessages(unpacked.value, fragment.version));
  const [detail] = details;
  if (detail === undefined) return broken('what it holds is no flow');
  return {
    state: 'read',
    key: keyOf(detail),
    detail,
    details: new Map(details.toReversed().map((other) => [keyOf(other), other] as const)),
    held: false,
  };
}

function keyOf({ row }: FlowDetail): string {
  return row.uuid === '' ? LINKED_KEY : row.uuid;
}

function broken(problem: string): LinkFlow {
  return {
    state: 'broken',
    message: `The flow inside the link cannot be unpacked: ${problem}. ${REST_HOLDS}`,
  };
}
