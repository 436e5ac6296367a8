// Which flows of the stream may come a second time, and when. Relay sends again
//
//   what a stream that is opened again overlaps with the one before: `restart`
//   what a node has sent, when it is lost and back on a stream that never broke. Relay asks it the same as at first, and
//   says so ten seconds later or not at all; what tells is that a node goes back in its own time: `beforeAdd`
//
// UUIDs of rows are taken into `seen` only then, each row once, so a flow costs two comparisons while each node's flows
// come in order, or nearly. A node all of whose flows since the stream was opened lie within SLACK_S is not told by its time.

import { REAL } from '../schema/columns.ts';
import { rememberSince, rememberUuid, type Rows } from './resume.ts';
import { SeenUuids } from './seen-uuids.ts';

/** Flows of a node may be so late: its CPUs hand them over one after the other. */
const SLACK_S = 0.1;
/**
 * What Relay had read of a node that is back, and not yet handed on, lies in its heap twice: such flows come one right
 * after the other, for as long as the heap holds.
 */
const PAIRS_S = 60;
/** Below this many UUIDs nobody looks whether most of them are of rows that are gone. */
const FEW = 1 << 16;

export class ExpectedFlows {
  readonly seen = new SeenUuids();
  readonly #rows: Rows;
  /** The stream brings flows from this time on. */
  #sinceNs = 0n;
  /** Rows from here on are not in `seen` yet. */
  #knownTo = 0;
  /**
   * By id of the node's name: the time of its newest flow, in seconds. An id that goes to another node, since no row
   * names the first any more, begins with an older time, which does no harm.
   */
  #seconds = new Float64Array(16).fill(Number.NEGATIVE_INFINITY);
  /** Until when its flows may come in pairs. */
  #pairsUntil = new Float64Array(16).fill(Number.NEGATIVE_INFINITY);
  #watches = false;

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  /** Nodes are watched: flows come from a Relay, and not from files, where a line twice is two lines. */
  watchNodes(): void {
    this.#watches = true;
  }

  /** The stream is opened again: rows held with a time from `sinceNs` on may come again. */
  restart(sinceNs: bigint): void {
    this.#sinceNs = sinceNs;
    this.#knownTo = this.#rows.table.next;
    rememberSince(this.#rows, this.seen, sinceNs);
  }

  /** Whatever this stream has brought may come again. */
  expectAll(): void {
    const { table } = this.#rows;
    if (this.seen.count > FEW && this.seen.count > 1.25 * table.held) return this.restart(this.#sinceNs);
    const seconds = table.reals[REAL.timeSeconds]!;
    for (let id = Math.max(this.#knownTo, table.oldest); id < table.next; id++) {
      const slot = id & table.mask;
      this.seen.widen(seconds[slot]!);
      rememberUuid(this.#rows, this.seen, slot);
    }
    this.#knownTo = table.next;
  }

  /** To be called with each flow of the stream before it is looked up in `seen`; `seconds` with its fraction. */
  beforeAdd(node: number, seconds: number): void {
    if (!this.#watches) return;
    if (node >= this.#seconds.length) this.#grow(node);
    if (seconds < this.#seconds[node]! - SLACK_S) this.#pairsUntil[node] = this.#seconds[node]! + PAIRS_S;
    if (seconds <= this.#pairsUntil[node]!) this.expectAll();
  }

  /** To be called with each flow of the stream that is added. */
  added(node: number, seconds: number): void {
    if (!this.#watches) return;
    const lateS = this.#seconds[node]! - seconds;
    // A node that began anew, or whose clock was put back, is measured from here: what came before is known.
    if (lateS <= 0 || lateS > SLACK_S) this.#seconds[node] = seconds;
  }

  #grow(node: number): void {
    const { length } = this.#seconds;
    const seconds = new Float64Array(Math.max(node + 1, length * 2)).fill(Number.NEGATIVE_INFINITY);
    const pairsUntil = new Float64Array(seconds.length).fill(Number.NEGATIVE_INFINITY);
    pairsUntil.set(this.#pairsUntil);
    this.#pairsUntil = pairsUntil;
    seconds.set(this.#seconds);
    this.#seconds = seconds;
  }
}
