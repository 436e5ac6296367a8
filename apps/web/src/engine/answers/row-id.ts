// Row ids as the page knows them.

import { assert } from '@finderscope/base';
import type { RowId } from '../protocol.ts';

function isRowId(id: number): id is RowId {
  return Number.isSafeInteger(id) && id >= 0;
}

/** The id of a row in the store. */
export function toRowId(id: number): RowId {
  assert(isRowId(id), 'a row id is a whole number');
  return id;
}
