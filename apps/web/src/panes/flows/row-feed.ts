// The state machine between the scroll bar and the engine: what to ask for, and where the screen stands.
//
//   following   the end of the list stays on screen; new rows push old ones up
//   reading     nothing moves: later rows are counted as `newer`, and when rows leave the list the first row on screen
//               keeps its pixel; a list without rows is followed again when the first one comes, and one that ends
//               on screen grows until it is full, below what is read
//   revealing   a row is brought to the middle of the screen, then reading
//
// Owns one subscription. It holds the last answer, never flows beyond it. React sees immutable snapshots.

import type {
  Engine,
  FlowRow,
  Nanos,
  RowId,
  RowsAnswer,
  RowsQuery,
  Subscription,
} from '../../engine/protocol.ts';
import {
  anchorAt,
  coversScreen,
  neededRows,
  type RowFrame,
  screenRows,
  type Slice,
  turnSlice,
} from './row-window.ts';
import { maxTop } from './scroll-scale.ts';

/** What the view says; a change of any of it is a new list. */
export type FeedInput = {
  readonly filter: string;
  readonly sinceNs: Nanos | undefined;
  readonly untilNs: Nanos | undefined;
  /** The page is paused at this row; undefined while live, and on a link to a paused view. */
  readonly upTo: RowId | undefined;
  readonly sort: RowsQuery['sort'];
  readonly group: boolean;
};

export type FeedSnapshot = {
  /** What to draw: rows, and the list position of the upper edge of the screen in px. undefined before any answer. */
  readonly drawn: { readonly slice: Slice; readonly topPx: number } | undefined;
  /** Where the bar belongs; differs from `drawn.topPx` while rows are awaited. */
  readonly topPx: number;
  /** Height of the screen; 0 before it is known. */
  readonly viewPx: number;
  readonly total: number;
  /** Rows that match and came after the reader stopped following. */
  readonly newer: number;
  readonly following: boolean;
  readonly drops: Uint32Array | undefined;
};

export type RowFeed = {
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => FeedSnapshot;
  readonly configure: (input: FeedInput) => void;
  readonly resize: (frame: RowFrame) => void;
  /** The reader moved the screen. Leaving the end of the list ends following. */
  readonly scrollTo: (topPx: number) => void;
  readonly setFollowing: (following: boolean) => void;
  /** Takes in the rows that came since, and shows the first of them. */
  readonly showNewer: () => void;
  /** Brings a row to the middle of the screen; ends following. */
  readonly reveal: (id: RowId) => void;
  readonly close: () => void;
};

type Asked =
  | { readonly how: 'end'; readonly turned: boolean }
  | { readonly how: 'reveal'; readonly id: RowId }
  | { readonly how: 'anchor'; readonly id: RowId; readonly index: number }
  | { readonly how: 'range' };

const EMPTY: FeedSnapshot = {
  drawn: undefined,
  topPx: 0,
  viewPx: 0,
  total: 0,
  newer: 0,
  following: true,
  drops: undefined,
};

export function createRowFeed(engine: Pick<Engine, 'subscribe'>): RowFeed {
  const listeners = new Set<() => void>();
  let snapshot = EMPTY;
  let input: FeedInput | undefined;
  let frame: RowFrame = { rowPx: 28, viewPx: 0 };
  let slice: Slice | undefined;
  let readUpTo: RowId | undefined;
  let newest: RowId | undefined;
  let revealing: RowId | undefined;
  /** After showNewer: the index that was the end of the list. */
  let landAt: number | undefined;
  let subscription: Subscription<RowsQuery> | undefined;
  let asked: Asked = { how: 'range' };
  let lastKey = '';

  function publish(patch: Partial<FeedSnapshot>): void {
    snapshot = { ...snapshot, ...patch };
    for (const listener of listeners) listener();
  }

  function scrollFrame(total: number) {
    return { totalPx: total * frame.rowPx, viewPx: frame.viewPx };
  }

  function endTop(total: number): number {
    return growsAtTop() ? 0 : maxTop(scrollFrame(total));
  }

  /** Newest first puts what arrives at the top. */
  function growsAtTop(): boolean {
    return input?.sort.key === 'time' && input.sort.descending;
  }

  function growsAtEnd(): boolean {
    return input?.sort.key === 'time' && !input.sort.descending;
  }

  function nextAsk(): { readonly asked: Asked; readonly at: RowsQuery['at'] } {
    const rows = screenRows(frame);
    if (revealing !== undefined) {
      return {
        asked: { how: 'reveal', id: revealing },
        at: { around: revealing, before: rows * 2, after: rows * 2 },
      };
    }
    if (snapshot.following) {
      return { asked: { how: 'end', turned: growsAtEnd() }, at: { from: 0, count: rows * 2 } };
    }
    const anchor = slice === undefined ? undefined : anchorAt(slice, snapshot.topPx, frame.rowPx);
    if (slice !== undefined && anchor !== undefined) {
      return {
        asked: { how: 'anchor', ...anchor },
        at: { around: anchor.id, before: rows, after: rows * 2 },
      };
    }
    return { asked: { how: 'range' }, at: neededRows(snapshot.topPx, frame) };
  }

  function ask(): void {
    if (input === undefined || frame.viewPx === 0) return;
    const next = nextAsk();
    const turned = next.asked.how === 'end' && next.asked.turned;
    const query: RowsQuery = {
      kind: 'rows',
      filter: input.filter,
      sinceNs: input.sinceNs,
      untilNs: input.untilNs,
      upTo: input.upTo ?? (snapshot.following ? undefined : readUpTo),
      sort: turned ? { ...input.sort, descending: !input.sort.descending } : input.sort,
      group: input.group,
      at: next.at,
    };
    asked = next.asked;
    const key = keyOf(query, turned);
    if (key === lastKey) return;
    lastKey = key;
    if (subscription === undefined) subscription = engine.subscribe(query, receive);
    else subscription.update(query);
  }

  function receive(answer: RowsAnswer): void {
    newest = answer.newest ?? newest;
    const plain: Slice = { from: answer.from, rows: answer.rows, total: answer.total };
    const turned = asked.how === 'end' && asked.turned;
    slice = turned ? turnSlice(plain) : plain;
    const topPx = placeScreen(slice);
    const covered = coversScreen(slice, topPx, frame);
    publish({
      topPx,
      total: answer.total,
      newer: snapshot.following ? 0 : answer.newer,
      drops: turned ? answer.drops.toReversed() : answer.drops,
      drawn: covered || snapshot.drawn === undefined ? { slice, topPx } : snapshot.drawn,
    });
    if (readsNothing(answer)) return follow();
    const grows = endsOnScreen(answer);
    if (grows) readUpTo = newest;
    // A range of numbers slides when rows leave at the top: hold on to a row as soon as one is known.
    if (!covered || grows || asked.how === 'range') ask();
  }

  /** Where the screen stands now that this slice is known. */
  function placeScreen(got: Slice): number {
    const furthest = maxTop(scrollFrame(got.total));
    if (asked.how === 'reveal') {
      revealing = undefined;
      const { id } = asked;
      const at = indexIn(got, id);
      asked = at === undefined ? { how: 'range' } : { how: 'anchor', id, index: at };
      if (at === undefined) return Math.min(snapshot.topPx, furthest);
      return clamp(at * frame.rowPx - (frame.viewPx - frame.rowPx) / 2, furthest);
    }
    if (snapshot.following) return endTop(got.total);
    if (landAt !== undefined) {
      const at = landAt;
      landAt = undefined;
      return clamp(at * frame.rowPx, furthest);
    }
    if (asked.how === 'anchor') {
      const { id, index } = asked;
      const at = indexIn(got, id);
      if (at !== undefined) {
        asked = { how: 'anchor', id, index: at };
        // The reader may have scrolled since: only what the list moved is added.
        return clamp(snapshot.topPx + (at - index) * frame.rowPx, furthest);
      }
    }
    return clamp(snapshot.topPx, furthest);
  }

  /** A reader whose list is empty has nothing that could move, and waits for what came since. */
  function readsNothing({ total, newer }: RowsAnswer): boolean {
    return (
      !snapshot.following &&
      total === 0 &&
      newer > 0 &&
      revealing === undefined &&
      input?.upTo === undefined &&
      input?.sort.key === 'time'
    );
  }

  /** Rows that come later than all others still have room on screen: taking them in moves nothing. */
  function endsOnScreen({ total, newer }: RowsAnswer): boolean {
    return (
      !snapshot.following &&
      newer > 0 &&
      (total + 1) * frame.rowPx <= frame.viewPx &&
      revealing === undefined &&
      input?.upTo === undefined &&
      input?.group === false &&
      growsAtEnd()
    );
  }

  function follow(): void {
    readUpTo = undefined;
    publish({ following: true, newer: 0 });
    ask();
  }

  function read(): void {
    readUpTo = newest;
    publish({ following: false });
  }

  /** Lets a reader's list reach this row. */
  function readAtLeast(id: RowId): void {
    if (readUpTo !== undefined && readUpTo < id) readUpTo = id;
  }

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => snapshot,
    configure: (next) => {
      const resorted =
        input !== undefined &&
        (input.sort.key !== next.sort.key || input.sort.descending !== next.sort.descending);
      // Going live again takes nothing away that could be read while paused.
      if (input?.upTo !== undefined && next.upTo === undefined) readAtLeast(input.upTo);
      input = next;
      if (resorted && !snapshot.following) {
        slice = undefined;
        publish({ topPx: 0 });
      }
      if (snapshot.following && next.sort.key !== 'time') {
        readUpTo = newest;
        slice = undefined;
        publish({ following: false, topPx: 0 });
      }
      ask();
    },
    resize: (next) => {
      if (next.rowPx === frame.rowPx && next.viewPx === frame.viewPx) return;
      const row = snapshot.topPx / frame.rowPx;
      const rescaled = next.rowPx !== frame.rowPx;
      frame = next;
      const topPx = snapshot.following
        ? endTop(snapshot.total)
        : rescaled
          ? row * next.rowPx
          : snapshot.topPx;
      publish({ topPx: clamp(topPx, maxTop(scrollFrame(snapshot.total))), viewPx: next.viewPx });
      if (snapshot.drawn !== undefined) {
        publish({ drawn: { slice: snapshot.drawn.slice, topPx: snapshot.topPx } });
      }
      ask();
    },
    scrollTo: (topPx) => {
      const at = clamp(topPx, maxTop(scrollFrame(snapshot.total)));
      if (snapshot.following) {
        if (Math.abs(at - endTop(snapshot.total)) < frame.rowPx / 2) return;
        read();
      }
      revealing = undefined;
      const covered = slice !== undefined && coversScreen(slice, at, frame);
      publish({ topPx: at, ...(covered && slice !== undefined ? { drawn: { slice, topPx: at } } : {}) });
      ask();
    },
    setFollowing: (following) => {
      // Only a list by time has an end at which rows come.
      if (following && input !== undefined && input.sort.key !== 'time') return;
      if (following) revealing = undefined;
      if (following === snapshot.following) return;
      if (following) return follow();
      read();
      return ask();
    },
    showNewer: () => {
      landAt = growsAtTop() ? 0 : snapshot.total;
      readUpTo = newest;
      slice = undefined;
      ask();
    },
    reveal: (id) => {
      if (snapshot.following) read();
      // It may have come after the last answer.
      readAtLeast(id);
      revealing = id;
      ask();
    },
    close: () => {
      subscription?.close();
      subscription = undefined;
      lastKey = '';
    },
  };
}

function indexIn(slice: Slice, id: FlowRow['id']): number | undefined {
  const at = slice.rows.findIndex((row) => row.id === id);
  return at === -1 ? undefined : slice.from + at;
}

function clamp(value: number, furthest: number): number {
  return Math.min(Math.max(0, value), furthest);
}

/** Two queries with one key have the same answer, read the same way round. */
function keyOf(query: RowsQuery, turned: boolean): string {
  return JSON.stringify([query, turned], (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
}
