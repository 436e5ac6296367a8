// The flow that the address names, and the bytes of what belongs to it: from the engine, or else from the link that was
// opened.

import type { Engine, FlowDetail, FlowRow } from '../engine/protocol.ts';
import { isRowKey, openedRow } from '../panes/flow-key.ts';
import { isSameFlow, type LinkFlow } from '../panes/link-flow.ts';

/** Packets before and after that go into a link: enough to see a connection begin, be retried and end. */
const MAX_RELATED = 15;

export type SelectedFlow = {
  readonly detail: FlowDetail;
  /** GetFlowsResponse messages of related flows, nearest in time first; not those whose bytes are gone. */
  readonly related: readonly Uint8Array[];
};

/** undefined when the address names none, or its bytes are no longer held. */
export async function selectedFlow(
  engine: Engine,
  linked: LinkFlow,
  key: string | undefined,
): Promise<SelectedFlow | undefined> {
  if (key === undefined) return undefined;
  const travelled = linked.state === 'read' ? linked.details.get(key) : undefined;
  const held = await heldFlow(engine, key);
  if (held !== undefined && (travelled === undefined || isSameFlow(held.row, travelled.row))) {
    const nearest = nearestFirst(held).slice(0, MAX_RELATED);
    const details = await Promise.all(nearest.map((row) => engine.flow(row.id)));
    return { detail: held, related: details.flatMap((other) => (other === undefined ? [] : bytesOf(other))) };
  }
  if (linked.state !== 'read' || travelled === undefined) return undefined;
  const others = [...linked.details.values()].filter((other) => other !== travelled);
  return { detail: travelled, related: others.flatMap(bytesOf) };
}

async function heldFlow(engine: Engine, key: string): Promise<FlowDetail | undefined> {
  const id = isRowKey(key)
    ? openedRow(key)
    : (
        await engine.ask({
          kind: 'seek',
          filter: '',
          from: undefined,
          backwards: false,
          want: { uuid: key },
        })
      ).row;
  const detail = id === undefined ? undefined : await engine.flow(id);
  return detail === undefined || detail.response.length === 0 ? undefined : detail;
}

function bytesOf({ response }: FlowDetail): readonly Uint8Array[] {
  return response.length === 0 ? [] : [response];
}

function nearestFirst({ row, related }: FlowDetail): readonly FlowRow[] {
  const distance = (other: FlowRow): bigint => {
    const ns = (other.timeNs ?? 0n) - (row.timeNs ?? 0n);
    return ns < 0n ? -ns : ns;
  };
  return related.toSorted((a, b) => Number(distance(a) - distance(b)));
}
