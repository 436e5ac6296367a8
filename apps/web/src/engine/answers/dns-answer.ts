// The DNS answer that gave an address: the newest before a flow, sent to the client of its connection, that holds the
// address which the client then went to. Addresses of answers are in no column, so they are read from messages; columns
// tell which messages are worth it.

import { CELL, type FlowStore, L7_NAMES, readFlow } from '@finderscope/flow-store';
import { Verdict } from '@finderscope/hubble-api';
import type { DnsAnswer } from '../protocol.ts';
import { RESPONSE } from './l7/dialect.ts';
import { toRowId } from './row-id.ts';
import { type EndSide, rowOf } from './row-text.ts';

/** Rows looked at before the flow, and answers to its client read; one that lies further back is not found. */
const MAX_SCANNED = 500_000;
const MAX_READ = 2000;

/**
 * For the flow at `place` of `byTime`, which are row ids in order of time. A client is known by its address or by its
 * pod: over IPv4 it may ask for what it reaches over IPv6.
 */
export function findDnsAnswer(store: FlowStore, byTime: Uint32Array, place: number): DnsAnswer | undefined {
  const { table, shapes } = store;
  const slot = (byTime[place] ?? 0) & table.mask;
  const shapeOf = (at: number): number => table.cells[CELL.shape]?.[at] ?? 0;
  const isReply = shapes.get(shapeOf(slot), 'isReply') === 1;
  const address = store.text(isReply ? 'sourceIp' : 'destinationIp', slot);
  if (address === '') return undefined;
  const isClient = clientTest(store, slot, isReply ? 'destination' : 'source');
  const oldest = Math.max(0, place - MAX_SCANNED);
  for (let at = place - 1, read = 0; at >= oldest && read < MAX_READ; at--) {
    const id32 = byTime[at] ?? 0;
    const other = id32 & table.mask;
    const shape = shapeOf(other);
    if (shapes.get(shape, 'l7Type') !== RESPONSE || L7_NAMES.get(shapes.get(shape, 'l7')) !== 'dns') continue;
    // What was dropped gave its client nothing.
    if (shapes.get(shape, 'verdict') === Verdict.DROPPED || !isClient(other)) continue;
    read++;
    const record = readFlow(store, other)?.l7?.record;
    if (record?.case !== 'dns' || !record.value.ips.includes(address)) continue;
    return { row: rowOf(store, toRowId(table.widen(id32)), 1), name: record.value.query, address };
  }
  return undefined;
}

/** A test for rows that were sent to this end of a flow. */
function clientTest(store: FlowStore, slot: number, side: EndSide): (other: number) => boolean {
  const ip = store.id(side === 'source' ? 'sourceIp' : 'destinationIp', slot);
  const pod = store.entry(side, slot);
  return (other) => {
    if (ip !== 0 && store.id('destinationIp', other) === ip) return true;
    if (pod === undefined || pod.podName === '') return false;
    const to = store.entry('destination', other);
    return to?.podName === pod.podName && to.namespace === pod.namespace;
  };
}
