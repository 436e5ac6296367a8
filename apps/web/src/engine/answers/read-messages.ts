// Flows that came from elsewhere than the source, such as inside a link, as rows: decoded as those of the source are,
// but held nowhere.

import { FlowStore } from '@finderscope/flow-store';
import type { FlowDetail } from '../protocol.ts';
import { toRowId } from './row-id.ts';
import { rowOf } from './row-text.ts';

const LIMITS = { maxRows: 64, maxRawBytes: 1 << 20, maxDictionaryBytes: 4 << 20 };

/** Far beyond any row that is held, so that the id of such a row names nothing in the store. */
const FIRST_ID = 2 ** 52;

/** Each flow with the others as its related ones. What is no flow or cannot be read is left out. */
export function readMessages(messages: readonly Uint8Array[]): readonly FlowDetail[] {
  const store = new FlowStore(LIMITS);
  const read = messages.flatMap((response) => {
    const before = store.table.next;
    store.append(response, Uint32Array.of(0, response.length), 1);
    if (store.table.next === before) return [];
    return [{ row: rowOf(store, toRowId(FIRST_ID + before), 1), response }];
  });
  return read.map(({ row, response }) => ({
    row,
    response,
    related: read.filter((other) => other.row !== row).map((other) => other.row),
    dnsAnswer: undefined,
  }));
}
