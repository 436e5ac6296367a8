import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VIEW_FIELDS, VIEW_KEYS } from './fields.ts';
import { DEFAULT_VIEW, formatView, readView } from './query-string.ts';
import type { ViewParams } from './upgrade.ts';
import { COLUMN_IDS, MAP_SCOPE_IDS, PANE_IDS, SORT_KEYS, SPLIT_IDS, type ViewState } from './view-state.ts';

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('a b+c', 'x&y=z#?', '"', '%41', '(a or b)'),
);
const SECOND = 1_000_000_000n;
const ids = fc.uniqueArray(
  fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('a,b', '%2C', '%', 'workload:c/ns/cart > dns:a.b')),
  { maxLength: 4 },
);

const anyView: fc.Arbitrary<ViewState> = fc.record({
  filter: text,
  pausedAtNs: fc.option(fc.bigInt({ min: 0n, max: 253_402_300_799n * SECOND }), { nil: undefined }),
  window: fc.option(
    fc.oneof(
      fc.record({
        kind: fc.constant('last' as const),
        spanMs: fc.integer({ min: 1, max: 86_400 }).map((s) => s * 1000),
      }),
      fc.record({
        kind: fc.constant('between' as const),
        sinceNs: fc.option(fc.bigInt({ min: 0n, max: 1_000n * SECOND }), { nil: undefined }),
        untilNs: fc.bigInt({ min: 1_001n * SECOND, max: 2_000n * SECOND }),
      }),
    ),
    { nil: undefined },
  ),
  split: fc.constantFrom(...SPLIT_IDS),
  panes: fc.subarray([...PANE_IDS], { minLength: 1 }),
  beside: fc.boolean(),
  sizes: fc.dictionary(fc.constantFrom(...PANE_IDS), fc.integer({ min: 1, max: 99 }), {
    noNullPrototype: true,
  }),
  full: fc.option(fc.constantFrom(...PANE_IDS), { nil: undefined }),
  columns: fc.shuffledSubarray([...COLUMN_IDS], { minLength: 1 }),
  sort: fc.record({ key: fc.constantFrom(...SORT_KEYS), descending: fc.boolean() }),
  group: fc.boolean(),
  lines: fc.boolean(),
  find: text,
  flow: fc.option(fc.uuid(), { nil: undefined }),
  time: fc.constantFrom('absolute' as const, 'relative' as const),
  zone: fc.constantFrom('utc' as const, 'local' as const),
  detail: fc.boolean(),
  mapScope: fc.constantFrom(...MAP_SCOPE_IDS),
  mapPick: ids,
  mapFolds: ids,
  mapFocus: ids,
  file: fc.uniqueArray(fc.constantFrom('a.log', 'logs/b,c.gz', '/x 100%.log'), { maxLength: 3 }),
  local: fc.uniqueArray(fc.string({ minLength: 1, maxLength: 9, unit: 'grapheme-ascii' }), { maxLength: 3 }),
  mapHops: fc.integer({ min: 1, max: 6 }),
  mapTable: fc.boolean(),
  callsBy: fc.constantFrom('call', 'client', 'server'),
  callsOnly: fc.constantFrom('all', 'errors', 'slow'),
  callsOpen: ids,
});

describe('the query string', () => {
  it('gives every view back as it was', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        expect(readView(formatView(view))).toEqual({ view, notices: [] });
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  it('never throws and always gives a whole view', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (search) => {
        expect(Object.keys(readView(search).view).toSorted()).toEqual([...VIEW_KEYS].toSorted());
      }),
      { seed: 12, numRuns: 300 },
    );
  });

  it('has a row and a place in the order for each field, under names of their own', () => {
    expect([...VIEW_KEYS].toSorted()).toEqual(Object.keys(DEFAULT_VIEW).toSorted());
    const params = VIEW_KEYS.map((key) => VIEW_FIELDS[key].param);
    expect(new Set(params).size).toBe(params.length);
    expect(params).not.toContain('v');
  });

  it('leaves defaults out and keeps filters readable', () => {
    expect(formatView(DEFAULT_VIEW)).toBe('?v=2');
    const view: ViewState = {
      ...DEFAULT_VIEW,
      filter: 'from-pod:default/xwing not port:80',
      pausedAtNs: 1_795_262_801_123_000_000n,
      sort: { key: 'time', descending: true },
    };
    expect(formatView(view)).toBe(
      '?v=2&q=from-pod:default/xwing+not+port:80&at=2026-11-21T12:06:41.123Z&sort=-time',
    );
  });

  it('lets a broken field fall back alone and names it', () => {
    const { view, notices } = readView(
      '?v=2&q=verdict:DROPPED&sort=colour&columns=time,nothing&at=yesterday',
    );
    expect(view).toEqual({ ...DEFAULT_VIEW, filter: 'verdict:DROPPED' });
    expect(notices.map((notice) => notice.param)).toEqual(['at', 'columns', 'sort']);
    expect(notices[2]?.message).toBe(
      'sort=colour in the address is no use for the sort order: rows can be sorted by time, verdict, source, ' +
        'destination, type, summary or node. Using time.',
    );
    expect(notices[1]?.message).toContain('there is no column "nothing"');
  });

  it.each([
    ['window=soon', 'the time window: it is a span as in 5m'],
    ['sizes=flows', 'the sizes of the panes: it is a list'],
    ['sizes=flows:0', 'the sizes of the panes: it is a list'],
    ['sizes=nothing:50', 'there is no pane "nothing"'],
    ['by=colour', 'the split of the timeline: bars can be split by'],
    ['full=nothing', 'the pane that fills all: there is no pane "nothing"'],
  ])('refuses %s alone', (text, why) => {
    const { view, notices } = readView(`?v=2&q=port:80&${text}`);
    expect(view).toEqual({ ...DEFAULT_VIEW, filter: 'port:80' });
    expect(notices.map(({ message }) => message).join(' ')).toContain(why);
  });

  it('names fields it does not know and fields that stand twice', () => {
    const { view, notices } = readView('?v=2&colour=red&tz=local&tz=utc');
    expect(view).toEqual({ ...DEFAULT_VIEW, zone: 'local' });
    expect(notices.map((notice) => notice.message)).toEqual([
      'The address holds tz= more than once. The first one is used.',
      'The address holds colour=, which this version does not know. It was left out.',
    ]);
  });

  it('reads what it can of a newer version and says so', () => {
    const { view, notices } = readView('?v=7&q=port:80');
    expect(view.filter).toBe('port:80');
    expect(notices[0]?.message).toContain('newer Finderscope (v=7');
    expect(readView('?v=one&q=port:80').notices[0]?.message).toContain('v=one');
  });

  it('lifts older versions step by step', () => {
    const rename =
      (from: string, to: string) =>
      (params: ViewParams): ViewParams =>
        new Map([...params].map(([param, value]) => [param === from ? to : param, value]));
    const steps = [rename('filter', 'query'), rename('query', 'q')];
    expect(readView('?v=1&filter=port:80', steps, 3)).toEqual({
      view: { ...DEFAULT_VIEW, filter: 'port:80' },
      notices: [],
    });
    expect(readView('?v=2&query=port:80', steps, 3).view.filter).toBe('port:80');
    expect(readView('?v=3&q=port:80', steps, 3).view.filter).toBe('port:80');
  });

  it('shows the flows alone where a link from before the map names no panes', () => {
    expect(readView('?v=1&q=port:80').view.panes).toEqual(['flows']);
    expect(readView('?v=1&panes=map').view.panes).toEqual(['map']);
    expect(readView('?q=port:80').view.panes).toEqual(['map', 'flows']);
  });
});
