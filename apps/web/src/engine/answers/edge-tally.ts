// What a list keeps for the edges of one scope: its talks counted, and the book of edges that follows them.

import { type Aggregate, type FlowStore, TalkCounter } from '@finderscope/flow-store';
import type { EdgeScope } from '../protocol.ts';
import { EdgeBook } from './edge-book.ts';

export class EdgeTally implements Aggregate {
  readonly book: EdgeBook;
  readonly #talks: TalkCounter;

  constructor(store: FlowStore, scope: EdgeScope) {
    this.#talks = new TalkCounter(store);
    this.book = new EdgeBook(store, this.#talks, scope);
  }

  add(slots: Uint32Array, count: number): void {
    this.#talks.add(slots, count);
  }

  remove(slots: Uint32Array, count: number): void {
    this.#talks.remove(slots, count);
  }
}
