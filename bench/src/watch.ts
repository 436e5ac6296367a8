// What open panes have the store keep up to date for one list: three facets, a histogram, edges.

import {
  CELL,
  CellCounter,
  type FlowStore,
  type KeyedField,
  type MatchList,
  shapeField,
  TalkCounter,
  TimeCounter,
} from '@finderscope/flow-store';

const BUCKET_MS = 1000;

/** Adds the counts to the list; they are kept until the list is closed. */
export function watch(store: FlowStore, list: MatchList): void {
  const verdict = (): KeyedField => shapeField(store, (get) => [String(get('verdict'))]);
  for (const cell of [CELL.shape, CELL.link, CELL.destinationPort]) {
    list.aggregate(`cell ${cell}`, CellCounter, () => new CellCounter(store, cell));
  }
  list.aggregate('time', TimeCounter, () => new TimeCounter(store, verdict(), BUCKET_MS));
  list.aggregate('talks', TalkCounter, () => new TalkCounter(store));
}
