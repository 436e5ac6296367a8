// What the newest answer to each of some DNS queries said. Addresses are in no column, so they are read from messages,
// one for each query at most.

import { CELL, type FlowStore, L7_NAMES, readFlow } from '@finderscope/flow-store';
import type { CallGroup } from '../../protocol.ts';
import { RESPONSE } from './dialect.ts';
import { NO_TTL } from './dns.ts';

/** Rows looked at from the newest on; a name that was not asked for within them is told without its answer. */
const MAX_SCANNED = 50_000;

/** By id of the group: the text of its name and types. */
export function newestAnswers(
  store: FlowStore,
  rows: Uint32Array,
  ids: readonly string[],
): ReadonlyMap<string, NonNullable<CallGroup['answer']>> {
  const found = new Map<string, NonNullable<CallGroup['answer']>>();
  const wanted = new Set(ids);
  const { table, shapes } = store;
  const oldest = Math.max(0, rows.length - MAX_SCANNED);
  for (let at = rows.length - 1; at >= oldest && wanted.size > 0; at--) {
    const slot = (rows[at] ?? 0) & table.mask;
    const shape = table.cells[CELL.shape]?.[slot] ?? 0;
    if (shapes.get(shape, 'l7Type') !== RESPONSE || L7_NAMES.get(shapes.get(shape, 'l7')) !== 'dns') continue;
    const id = JSON.stringify([
      store.entry('dnsQuery', slot) ?? '',
      (store.entry('dnsTypes', slot) ?? []).join(', '),
    ]);
    if (!wanted.delete(id)) continue;
    const record = readFlow(store, slot)?.l7?.record;
    if (record?.case !== 'dns') continue;
    const { ips, cnames, ttl } = record.value;
    found.set(id, { ips, cnames, ttlS: ttl === NO_TTL ? 0 : ttl });
  }
  return found;
}
