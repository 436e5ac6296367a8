// One flow with everything it holds, and the rows that belong to it: the same connection in both directions and what
// was seen just before and after between the same two ends, and the DNS answer that gave the address.

import { CELL, type FlowStore } from '@finderscope/flow-store';
import type { FlowDetail, FlowRow, RowId } from '../protocol.ts';
import type { World } from '../session/world.ts';
import { findDnsAnswer } from './dns-answer.ts';
import { toRowId } from './row-id.ts';
import { rowOf } from './row-text.ts';

const WINDOW_NS = 60_000_000_000n;
const MAX_RELATED = 100;
/** Rows looked at on either side of the flow, in time order. */
const MAX_SCANNED = 100_000;

/** undefined when the row or its bytes are no longer held. */
export function readDetail({ store, lists }: World, id: RowId): FlowDetail | undefined {
  const { table } = store;
  if (!table.holds(id)) return undefined;
  const response = store.raw(id & table.mask);
  if (response === undefined) return undefined;
  const byTime = lists.get('').rows();
  const place = byTime.indexOf(id >>> 0);
  return {
    row: rowOf(store, id, 1),
    response,
    related: place < 0 ? [] : relatedRows(store, byTime, place, id),
    dnsAnswer: place < 0 ? undefined : findDnsAnswer(store, byTime, place),
  };
}

function relatedRows(store: FlowStore, byTime: Uint32Array, place: number, id: RowId): FlowRow[] {
  const { table } = store;
  const isRelated = sameConnection(store, id & table.mask);
  const time = store.timeNs(id & table.mask);
  const walk = (step: number): number[] => {
    const found: number[] = [];
    for (
      let i = place + step, seen = 0;
      seen < MAX_SCANNED && found.length < MAX_RELATED / 2;
      i += step, seen++
    ) {
      const id32 = byTime[i];
      if (id32 === undefined) break;
      const slot = id32 & table.mask;
      if (isRelated(slot)) {
        const distance = store.timeNs(slot) - time;
        if (distance > WINDOW_NS || distance < -WINDOW_NS) break;
        found.push(table.widen(id32));
      }
    }
    return found;
  };
  return [...walk(-1).reverse(), ...walk(1)].map((other) => rowOf(store, toRowId(other), 1));
}

/** A test for rows with the same ends, ports and protocol, in either direction. */
function sameConnection(store: FlowStore, slot: number): (other: number) => boolean {
  const cell = (place: number, at: number): number => store.table.cells[place]?.[at] ?? 0;
  const l4 = (at: number): number => store.shapes.get(cell(CELL.shape, at), 'l4');
  const ends = (at: number): readonly number[] => [
    store.id('sourceIp', at),
    cell(CELL.sourcePort, at),
    store.id('destinationIp', at),
    cell(CELL.destinationPort, at),
  ];
  const [ipA = 0, portA = 0, ipB = 0, portB = 0] = ends(slot);
  if (ipA === 0 && ipB === 0) return () => false;
  const protocol = l4(slot);
  return (other) => {
    const [ip1, port1, ip2, port2] = ends(other);
    const along = ip1 === ipA && port1 === portA && ip2 === ipB && port2 === portB;
    const against = ip1 === ipB && port1 === portB && ip2 === ipA && port2 === portA;
    return (along || against) && l4(other) === protocol;
  };
}
