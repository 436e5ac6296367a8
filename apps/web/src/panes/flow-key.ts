// What the address calls a flow: its uuid, or, for flows without one (Hubble before 1.14, masked exports), its row in
// this tab. The latter means nothing to another tab, which says so.

import type { FlowRow, RowId } from '../engine/protocol.ts';

const ROW_PREFIX = 'row:';

/** Flows without a uuid that were opened in this tab; the oldest go first. */
const KEPT = 100;
const opened = new Map<string, RowId>();

/** Text for `view.flow`. */
export function flowKey(row: Pick<FlowRow, 'id' | 'uuid'>): string {
  return row.uuid === '' ? `${ROW_PREFIX}${String(row.id)}` : row.uuid;
}

/** The key of a row that is about to be opened; from then on `openedRow` finds it. */
export function openKey(row: Pick<FlowRow, 'id' | 'uuid'>): string {
  const key = flowKey(row);
  if (isRowKey(key)) {
    opened.set(key, row.id);
    const [oldest] = opened.keys();
    if (opened.size > KEPT && oldest !== undefined) opened.delete(oldest);
  }
  return key;
}

/** True for the key of a flow without a uuid: it holds in the tab that made it only. */
export function isRowKey(key: string): boolean {
  return key.startsWith(ROW_PREFIX);
}

/** The row of such a key, undefined when it was made in another tab. */
export function openedRow(key: string): RowId | undefined {
  return opened.get(key);
}
