import { beforeEach, describe, expect, it } from 'vitest';
import type { Engine, RowId, RowsAnswer, RowsQuery } from '../../engine/protocol.ts';
import { createRowFeed, type FeedInput, type RowFeed } from './row-feed.ts';
import { makeRow } from '../testing/row-fixture.ts';

const LIVE: FeedInput = {
  filter: '',
  sinceNs: undefined,
  untilNs: undefined,
  upTo: undefined,
  sort: { key: 'time', descending: false },
  group: false,
};

/** An engine over the row ids first..last, that answers when told to, only to the newest query. */
function fakeEngine() {
  const state = { first: 0, last: -1 };
  let open: { query: RowsQuery; listener: (answer: RowsAnswer) => void } | undefined;
  let asked = 0;
  function answer(query: RowsQuery): RowsAnswer {
    const upTo = Math.min(state.last, query.upTo ?? state.last);
    const ids = Array.from({ length: Math.max(0, upTo - state.first + 1) }, (_, at) => state.first + at);
    if (query.sort.descending) ids.reverse();
    let from = 0;
    let count = 0;
    if ('around' in query.at) {
      const at = ids.indexOf(query.at.around);
      from = Math.max(0, at - query.at.before);
      count = at === -1 ? 10 : at - from + query.at.after + 1;
    } else {
      from = Math.min(query.at.from, ids.length);
      count = query.at.count;
    }
    return {
      kind: 'rows',
      total: ids.length,
      from,
      rows: ids.slice(from, from + count).map((id) => makeRow(id)),
      newer: state.last - upTo,
      drops: new Uint32Array(256),
      newest: state.last as RowId,
    };
  }
  const engine: Pick<Engine, 'subscribe'> = {
    subscribe: (query, listener) => {
      open = { query: query as RowsQuery, listener: listener as (answer: RowsAnswer) => void };
      asked += 1;
      return {
        update: (next) => {
          asked += 1;
          if (open !== undefined) open.query = next as RowsQuery;
        },
        close: () => {
          open = undefined;
        },
      };
    },
  };
  return {
    engine,
    state,
    asked: () => asked,
    query: () => open?.query,
    /** Answers the newest query until no new one is asked. */
    settle: () => {
      for (let round = 0; round < 10; round++) {
        const before = asked;
        if (open !== undefined) open.listener(answer(open.query));
        if (asked === before) return;
      }
      throw new Error('the feed never stops asking');
    },
  };
}

function seen(feed: RowFeed, viewPx = 280): number[] {
  const { drawn } = feed.snapshot();
  if (drawn === undefined) return [];
  const first = Math.ceil(drawn.topPx / 28);
  const last = Math.floor((drawn.topPx + viewPx) / 28) - 1;
  return drawn.slice.rows
    .filter((_, at) => at + drawn.slice.from >= first && at + drawn.slice.from <= last)
    .map((row) => row.id);
}

describe('createRowFeed', () => {
  let engine = fakeEngine();
  let feed: RowFeed;

  beforeEach(() => {
    engine = fakeEngine();
    engine.state.last = 999;
    feed = createRowFeed(engine.engine);
    feed.resize({ rowPx: 28, viewPx: 280 });
    feed.configure(LIVE);
    engine.settle();
  });

  it('asks nothing before it knows its size', () => {
    const other = fakeEngine();
    createRowFeed(other.engine).configure(LIVE);
    expect(other.asked()).toBe(0);
  });

  it('shows the end of the list and follows it', () => {
    expect(seen(feed)).toEqual([990, 991, 992, 993, 994, 995, 996, 997, 998, 999]);
    engine.state.last = 1005;
    engine.settle();
    expect(seen(feed).at(-1)).toBe(1005);
    expect(feed.snapshot().following).toBe(true);
  });

  it('does not move under a reader and counts what came', () => {
    feed.scrollTo(500 * 28);
    engine.settle();
    const before = seen(feed);
    expect(before[0]).toBe(500);
    engine.state.last = 1052;
    engine.settle();
    expect(seen(feed)).toEqual(before);
    expect(feed.snapshot()).toMatchObject({ newer: 53, following: false, total: 1000 });
  });

  it('keeps the row at its pixel while rows leave at the top, again and again', () => {
    feed.scrollTo(500 * 28 + 7);
    engine.settle();
    const before = seen(feed);
    for (let round = 1; round <= 5; round++) {
      engine.state.first += 37;
      engine.settle();
      expect(seen(feed)).toEqual(before);
      expect(feed.snapshot().topPx % 28).toBe((500 * 28 + 7) % 28);
    }
  });

  it('goes on from the nearest rows when the one being read has left', () => {
    feed.scrollTo(100 * 28);
    engine.settle();
    engine.state.first = 600;
    engine.settle();
    expect(seen(feed).length).toBeGreaterThan(8);
  });

  it('takes in newer rows on demand and shows the first of them', () => {
    feed.scrollTo(100 * 28);
    engine.settle();
    engine.state.last = 1200;
    engine.settle();
    feed.showNewer();
    engine.settle();
    expect(seen(feed)[0]).toBe(1000);
    expect(feed.snapshot()).toMatchObject({ newer: 0, following: false, total: 1201 });
  });

  it('follows again when told', () => {
    feed.scrollTo(0);
    engine.settle();
    engine.state.last = 1300;
    feed.setFollowing(true);
    engine.settle();
    expect(seen(feed).at(-1)).toBe(1300);
  });

  it('follows rather than showing a row that was asked for before', () => {
    feed.reveal(300 as RowId);
    feed.setFollowing(true);
    engine.settle();
    expect(feed.snapshot().following).toBe(true);
    expect(seen(feed).at(-1)).toBe(999);
  });

  it('does not follow a list that is sorted otherwise', () => {
    feed.configure({ ...LIVE, upTo: 999 as RowId, sort: { key: 'source', descending: false } });
    engine.settle();
    feed.setFollowing(true);
    engine.settle();
    expect(feed.snapshot()).toMatchObject({ following: false, topPx: 0 });
  });

  it('follows again when a list that was empty for its reader gets rows', () => {
    feed.scrollTo(100 * 28);
    // Another window, of which nothing has come yet.
    engine.state.first = 1000;
    feed.configure({ ...LIVE, sinceNs: 1000n });
    engine.settle();
    expect(feed.snapshot()).toMatchObject({ total: 0, newer: 0, following: false });
    engine.state.last = 1004;
    engine.settle();
    expect(feed.snapshot()).toMatchObject({ total: 5, newer: 0, following: true });
  });

  it('fills the screen of a reader whose list ends on it, and then counts', () => {
    engine.state.last = 2;
    engine.state.first = 0;
    engine.settle();
    feed.setFollowing(false);
    engine.state.last = 5;
    engine.settle();
    expect(seen(feed)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(feed.snapshot()).toMatchObject({ following: false, newer: 0, topPx: 0 });
    engine.state.last = 30;
    engine.settle();
    const { total, newer } = feed.snapshot();
    expect(total + newer).toBe(31);
    expect(seen(feed).slice(0, 6)).toEqual([0, 1, 2, 3, 4, 5]);
    engine.state.last = 40;
    engine.settle();
    expect(feed.snapshot()).toMatchObject({ total, newer: newer + 10 });
  });

  it('keeps a short list as it is where new rows would move others', () => {
    engine.state.last = 2;
    for (const input of [
      { ...LIVE, sort: { key: 'time', descending: true } },
      { ...LIVE, group: true },
    ] as const) {
      feed.configure(input);
      engine.settle();
      feed.setFollowing(false);
      engine.state.last += 3;
      engine.settle();
      expect(feed.snapshot().newer).toBe(3);
      feed.setFollowing(true);
      engine.settle();
    }
  });

  it('leaves a list empty that a person has paused', () => {
    feed.configure({ ...LIVE, upTo: 999 as RowId, sinceNs: 1000n });
    feed.setFollowing(false);
    engine.state.first = 1000;
    engine.state.last = 1004;
    engine.settle();
    expect(feed.snapshot()).toMatchObject({ total: 0, following: false });
  });

  it('brings a row to the middle and then stays', () => {
    feed.reveal(300 as RowId);
    engine.settle();
    expect(seen(feed)).toContain(300);
    const before = seen(feed);
    engine.state.first += 10;
    engine.settle();
    expect(seen(feed)).toEqual(before);
  });

  it('brings a row that came since the last answer', () => {
    engine.state.last = 1005;
    feed.reveal(1003 as RowId);
    engine.settle();
    expect(seen(feed)).toContain(1003);
  });

  it('goes live again with all that could be read while paused', () => {
    feed.scrollTo(0);
    engine.settle();
    engine.state.last = 1200;
    feed.configure({ ...LIVE, upTo: 1100 as RowId });
    engine.settle();
    expect(feed.snapshot().total).toBe(1101);
    feed.configure(LIVE);
    engine.settle();
    expect(feed.snapshot()).toMatchObject({ total: 1101, newer: 100, following: false });
  });

  it('keeps the old rows drawn until the new ones are there', () => {
    const before = seen(feed);
    feed.scrollTo(10 * 28);
    expect(seen(feed)).toEqual(before);
    expect(feed.snapshot().topPx).toBe(280);
    engine.settle();
    expect(seen(feed)[0]).toBe(10);
  });

  it('scrolls inside what it has without waiting', () => {
    feed.scrollTo(500 * 28);
    engine.settle();
    feed.scrollTo(505 * 28);
    expect(seen(feed)[0]).toBe(505);
  });

  it('follows at the top when the newest come first', () => {
    feed.configure({ ...LIVE, sort: { key: 'time', descending: true } });
    engine.settle();
    expect(seen(feed)[0]).toBe(999);
    engine.state.last = 1010;
    engine.settle();
    expect(seen(feed)[0]).toBe(1010);
  });

  it('stops following when sorted by something else', () => {
    feed.configure({ ...LIVE, upTo: 999 as RowId, sort: { key: 'verdict', descending: false } });
    engine.settle();
    expect(feed.snapshot()).toMatchObject({ following: false, topPx: 0 });
  });

  it('keeps the row on screen when the density changes', () => {
    feed.scrollTo(500 * 28);
    engine.settle();
    feed.resize({ rowPx: 24, viewPx: 240 });
    engine.settle();
    expect(feed.snapshot().topPx).toBe(500 * 24);
  });

  it('survives an empty list', () => {
    engine.state.last = -1;
    feed.configure({ ...LIVE, filter: 'verdict:ERROR' });
    engine.settle();
    expect(feed.snapshot()).toMatchObject({ total: 0, topPx: 0 });
    expect(seen(feed)).toEqual([]);
  });
});
