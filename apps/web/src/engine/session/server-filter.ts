// What the server is asked to filter. What is held answers any filter at once; the server is asked for two things more:
//
//   backfill    older flows that match a changed filter, read once, beside the stream
//   push-down   only flows that match, on the stream itself: when more comes than a tab takes easily, or when told to
//
// Pushing down has a price: flows that do not match are not there for the next filter. So while the stream is slow
// enough it stays unfiltered, and what is complete from when on is kept account of, per filter.
//
//   segments    [ '' from t0 | 'verdict:DROPPED' from t1 | ... ]      what the stream carried, by flow time

import {
  compileFilterText,
  expressionsLoaded,
  type FilterLists,
  whenExpressionsLoaded,
} from '@finderscope/flow-query';
import type { FlowStore, SeenUuids } from '@finderscope/flow-store';
import type { BackfillState, Coverage, Nanos, LiveSpec } from '../protocol.ts';
import { type PastEnd, readPast } from '../sources/past.ts';
import type { SourceSink } from '../sources/source.ts';
import type { SessionEnv } from './env.ts';
import type { MatchLists } from './match-lists.ts';
import type { Reach } from './stream-reach.ts';

/** A filter that is still being typed is not worth a request. */
const SETTLE_MS = 300;
/** Flows per second, over the last ten, that are easy on a tab whatever panes are open. */
const EASY_FLOWS_PER_S = 100_000;
const BACKFILL_LAST = 2000;
const MAX_BACKFILL = 100_000;
/** With so many rows that match, older ones are not what is missing. */
const ENOUGH_ROWS = 50_000;
/** Flows that may still be on their way in order: the stream brings these. */
const UNTIL_SLACK_NS = 5_000_000_000n;
const MAX_SEGMENTS = 100;
const MAX_REMEMBERED = 32;
const EVERYTHING: FilterLists = { allow: [], deny: [] };

type Since = Extract<Coverage['complete'], { readonly kind: 'since' }>;
type Segment = { readonly filter: string; readonly fromNs: Nanos };

type Backfilled = {
  readonly state: BackfillState;
  /** Up to then it was asked for. */
  readonly untilNs: Nanos;
  /** The oldest row held when it was asked: once that is evicted, what it left out as known may be gone. */
  readonly oldestRow: number;
};

export type ServerFilterParts = {
  readonly env: Pick<SessionEnv, 'after' | 'fetch' | 'failed'>;
  readonly spec: LiveSpec;
  readonly store: FlowStore;
  readonly lists: MatchLists;
  readonly push: (filter: FilterLists) => void;
  readonly perS: () => number;
  /** Takes what a backfill brings; `seen` are the rows that may come again. `silent` hears of nodes that gave nothing. */
  readonly sink: (
    seen: SeenUuids,
    silent: (nodes: readonly string[]) => void,
  ) => Pick<SourceSink, 'messages' | 'oversized' | 'bytesReceived'>;
  /** How far back the stream has brought what every node had. */
  readonly reach: () => Reach;
  readonly changed: () => void;
};

export class ServerFilter {
  readonly #parts: ServerFilterParts;
  #filter = '';
  #pushed = '';
  /** Filters that the server did not understand. */
  readonly #refused = new Set<string>();
  #segments: readonly Segment[] = [];
  readonly #backfilled = new Map<string, Backfilled>();
  #cancelTimer: (() => void) | undefined;
  #cancelBackfill: (() => void) | undefined;
  #stopWaiting: (() => void) | undefined;
  /** Nothing has come yet: what is older than nothing cannot be asked for. */
  #isBackfillDue = false;
  #isClosed = false;

  constructor(parts: ServerFilterParts) {
    this.#parts = parts;
  }

  /** The filter in force has changed. */
  use(filter: string): void {
    const key = filter.trim();
    if (key === this.#filter) return;
    this.#filter = key;
    this.#cancelBackfill?.();
    this.#stopWaiting?.();
    this.#cancelTimer?.();
    this.#cancelTimer = this.#parts.env.after(SETTLE_MS, () => this.#settle());
  }

  /** Called about once a second: more may be coming now than before. */
  tick(): void {
    if (this.#cancelTimer !== undefined) return;
    this.#pushDown();
    if (this.#isBackfillDue) this.#backfill();
  }

  /** A node could not do what it was asked: asked without a filter it can. */
  refused(): void {
    if (this.#pushed === '') return;
    this.#refused.add(this.#pushed);
    this.#pushDown();
  }

  /** The stream is being opened; flows come from that time on, undefined for the newest there are. */
  opened(sinceNs: Nanos | undefined): void {
    const last = this.#segments.at(-1);
    if (last?.filter === this.#pushed) return;
    const segment = { filter: this.#pushed, fromNs: sinceNs ?? 0n };
    this.#segments = [...this.#segments, segment].slice(-MAX_SEGMENTS);
  }

  coverage(filter: string): Coverage {
    const key = filter.trim();
    const list = this.#parts.lists.get(key);
    const backfilled = this.#backfilled.get(key);
    return {
      pushedDown: this.#pushed,
      complete: this.#completeness(key, backfilled),
      missing: this.#parts.reach().missing,
      backfill: backfilled?.state ?? { state: 'none' },
      unreadable: list.plan.needsMessages ? this.#parts.store.unreadableRows() : 0,
    };
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelTimer?.();
    this.#cancelBackfill?.();
    this.#stopWaiting?.();
  }

  #settle(): void {
    this.#cancelTimer = undefined;
    if (this.#isClosed) return;
    if (!expressionsLoaded() && !compileFilterText(this.#filter).ok) {
      this.#stopWaiting?.();
      this.#stopWaiting = whenExpressionsLoaded(() => this.#settle());
      return;
    }
    this.#pushDown();
    this.#backfill();
  }

  #pushDown(): void {
    const wanted = this.#wantsPush() ? this.#filter : '';
    if (wanted === this.#pushed) return;
    const compiled = compileFilterText(wanted);
    if (!compiled.ok) return;
    this.#pushed = wanted;
    this.#parts.push(wanted === '' ? EVERYTHING : compiled.value);
    this.#parts.changed();
  }

  #wantsPush(): boolean {
    const { spec, perS } = this.#parts;
    if (this.#filter === '' || this.#refused.has(this.#filter)) return false;
    switch (spec.pushDown ?? 'auto') {
      case 'always':
        return true;
      case 'never':
        return false;
      case 'auto':
        // Once pushed down the rate says nothing about what would come without: it stays.
        return this.#pushed !== '' || perS() > EASY_FLOWS_PER_S;
    }
  }

  #backfill(): void {
    const filter = this.#filter;
    this.#isBackfillDue = false;
    const compiled = compileFilterText(filter);
    if (filter === '' || !compiled.ok || !this.#isBackfillUseful(filter)) return;
    const { env, spec, store, lists } = this.#parts;
    const newest = store.resumeTimeNs();
    this.#isBackfillDue = newest === undefined;
    if (newest === undefined) return;
    const streamNs = this.#streamSince(filter)?.sinceNs;
    // What the stream has brought whole is not asked for again.
    const untilNs =
      streamNs === undefined || streamNs + UNTIL_SLACK_NS > newest - UNTIL_SLACK_NS
        ? newest - UNTIL_SLACK_NS
        : streamNs + UNTIL_SLACK_NS;
    const oldestRow = store.table.oldest;
    const list = lists.get(filter);
    // Of a row whose message is gone it cannot be said whether it matches: any of them may come again.
    const known = list.plan.needsMessages ? lists.all : list;
    while (!known.advance(Number.MAX_SAFE_INTEGER));
    const silent = new Set<string>();
    const seen = store.seenOf(known.rows());
    const { end, cancel } = readPast(
      {
        baseUrl: spec.baseUrl,
        filter: compiled.value,
        last: BACKFILL_LAST,
        untilNs,
        maxMessages: MAX_BACKFILL,
      },
      this.#parts.sink(seen, (nodes) => nodes.forEach((node) => silent.add(node))),
      env,
    );
    const note = (state: BackfillState): void => {
      this.#backfilled.delete(filter);
      this.#backfilled.set(filter, { state, untilNs, oldestRow });
      for (const oldest of this.#backfilled.keys()) {
        if (this.#backfilled.size <= MAX_REMEMBERED) break;
        this.#backfilled.delete(oldest);
      }
      this.#parts.changed();
    };
    note({ state: 'running' });
    this.#cancelBackfill = () => {
      cancel();
      this.#cancelBackfill = undefined;
      this.#backfilled.delete(filter);
    };
    end
      .finally(() => store.forget(seen))
      .then((result) => {
        if (result.state === 'cancelled' || this.#isClosed) return;
        this.#cancelBackfill = undefined;
        note(ended(result, [...silent]));
      })
      .catch(env.failed);
  }

  #isBackfillUseful(filter: string): boolean {
    const before = this.#backfilled.get(filter);
    if (before?.state.state === 'done' && this.#isKept(before)) {
      const sinceNs = this.#streamSince(filter)?.sinceNs;
      if (sinceNs !== undefined && before.untilNs >= sinceNs) return false;
    }
    return this.#parts.lists.get(filter).count < ENOUGH_ROWS;
  }

  #isKept({ oldestRow }: Backfilled): boolean {
    return this.#parts.store.table.oldest <= oldestRow;
  }

  /** From when on the stream alone has brought all that matches; undefined: it has not. */
  #streamSince(filter: string): Since | undefined {
    const { sinceNs, limit = 'stream' } = this.#parts.reach();
    if (sinceNs === undefined) return undefined;
    let from = -1;
    for (let i = this.#segments.length - 1; i >= 0; i--) {
      const segment = this.#segments[i];
      if (segment === undefined || (segment.filter !== '' && segment.filter !== filter)) break;
      from = i;
    }
    const segment = this.#segments[from];
    if (segment === undefined) return undefined;
    if (segment.fromNs > sinceNs) return { kind: 'since', sinceNs: segment.fromNs, limit: 'stream' };
    return { kind: 'since', sinceNs, limit };
  }

  #completeness(filter: string, backfilled: Backfilled | undefined): Coverage['complete'] {
    const since = this.#streamSince(filter);
    if (since === undefined) return { kind: 'nothing' };
    if (backfilled?.state.state !== 'done' || !this.#isKept(backfilled) || backfilled.untilNs < since.sinceNs)
      return since;
    const { sinceNs: reach } = backfilled.state;
    if (reach === undefined) return { kind: 'all' };
    return reach < since.sinceNs ? { kind: 'since', sinceNs: reach, limit: 'stream' } : since;
  }
}

function ended(
  result: Exclude<PastEnd, { readonly state: 'cancelled' }>,
  silent: readonly string[],
): BackfillState {
  if (result.state === 'failed') return { state: 'failed', reason: result.reason };
  if (silent.length > 0) return { state: 'failed', reason: `${silent.join(', ')} did not answer.` };
  return { state: 'done', sinceNs: result.sinceNs };
}
