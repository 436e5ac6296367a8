// An engine without worker and network, for working on the shell and for its tests. It understands no filters: every
// flow matches. What it answers is otherwise shaped like the real thing, and its books add up.

import { Verdict } from '@finderscope/hubble-api';
import type {
  AnswerTo,
  Connection,
  Engine,
  FlowRow,
  PaneAnswer,
  PaneQuery,
  RowId,
  RowsAnswer,
  RowsQuery,
  SeekAnswer,
  SeekQuery,
  Stats,
  StatusAnswer,
} from '../../engine/protocol.ts';
import { fakeFlow } from './fake-flows.ts';

export type FakeEngine = Engine & {
  /** Adds flows and answers every subscription. */
  readonly receive: (flows: number) => void;
  readonly setConnection: (connection: Connection) => void;
  /** Changes counters other than received, held and filtered. */
  readonly setStats: (patch: Partial<Stats>) => void;
  /** What was called, as in `open http://localhost verdict:DROPPED`. */
  readonly calls: readonly string[];
};

type Open = { query: PaneQuery; readonly deliver: (answer: PaneAnswer) => void };

export function createFakeEngine(startNs: bigint): FakeEngine {
  const rows: FlowRow[] = [];
  const open = new Set<Open>();
  const calls: string[] = [];
  let connection: Connection = { state: 'connecting', sinceMs: Number(startNs / 1_000_000n) };
  let extra: Partial<Stats> = {};

  function stats(): Stats {
    const none = { total: 0, perfRing: 0, observerQueue: 0, hubbleRing: 0, unknown: 0 };
    const lost = extra.lost ?? none;
    const skipped = extra.skipped ?? { total: 0, malformed: 0, oversized: 0, duplicate: 0 };
    const evicted = extra.evicted ?? 0;
    return {
      filtered: 0,
      sampled: 0,
      bytesReceived: rows.length * 730,
      reconnects: 0,
      ...extra,
      lost,
      skipped,
      evicted,
      held: rows.length,
      received: rows.length + evicted + lost.total + skipped.total,
    };
  }
  function answer(query: PaneQuery): PaneAnswer {
    switch (query.kind) {
      case 'rows':
        return answerRows(query, rows);
      case 'seek':
        return answerSeek(query, rows);
      case 'values':
        return { kind: 'values', values: [{ value: 'default/xwing', count: rows.length }], distinct: 1 };
      case 'count':
        return { kind: 'count', counts: query.filters.map(() => rows.length) };
      case 'status':
        return answerStatus(rows, stats(), connection);
      case 'facets':
        return {
          kind: 'facets',
          facets: query.fields.map((field) => ({
            field,
            values: [{ value: 'default/xwing', count: rows.length, state: 'none' as const }],
            distinct: 1,
          })),
        };
      case 'histogram': {
        const { bucketNs } = query;
        const lost = new Float64Array(0);
        return { kind: 'histogram', fromNs: startNs, bucketNs, buckets: 0, series: [], lost, gaps: [] };
      }
      case 'edges': {
        const folded = { edges: 0, nodes: 0, flows: 0 };
        return { kind: 'edges', nodes: [], edges: [], folded, sockets: 0, spanNs: undefined };
      }
      case 'top':
        return { kind: 'top', groups: [], distinct: 0, total: 0 };
      case 'quantiles':
        return { kind: 'quantiles', groups: [], distinct: 0 };
      case 'calls': {
        const latency = undefined;
        const total = { requests: 0, responses: 0, denied: 0, errors: 0, results: [], slow: 0, latency };
        return { kind: 'calls', groups: [], distinct: 0, total, spanNs: undefined, times: undefined };
      }
      case 'exchanges':
        return { kind: 'exchanges', exchanges: [], unreadable: 0, complete: true };
    }
  }
  function publish(): void {
    for (const { query, deliver } of open) deliver(answer(query));
  }

  return {
    calls,
    receive: (flows) => {
      for (let i = 0; i < flows; i++) rows.push(fakeFlow(rowId(rows.length), rows.length, startNs));
      publish();
    },
    setConnection: (next) => {
      connection = next;
      publish();
    },
    setStats: (patch) => {
      extra = { ...extra, ...patch };
      publish();
    },
    open: (source, filter) => {
      const from = source.kind === 'live' ? source.baseUrl : source.id;
      calls.push(`open ${from} ${filter}`.trim());
    },
    expect: (filter) => {
      calls.push(`expect ${filter}`.trim());
    },
    retry: () => {
      calls.push('retry');
    },
    stopReading: () => {
      calls.push('stop reading');
    },
    export: () => Promise.resolve(),
    subscribe: <Q extends PaneQuery>(query: Q, listener: (answer: AnswerTo<Q>) => void) => {
      const entry: Open = { query, deliver: (given) => listener(given as AnswerTo<Q>) };
      open.add(entry);
      queueMicrotask(() => {
        if (open.has(entry)) entry.deliver(answer(entry.query));
      });
      return {
        update: (next: Q) => {
          entry.query = next;
          queueMicrotask(() => {
            if (open.has(entry)) entry.deliver(answer(entry.query));
          });
        },
        close: () => {
          open.delete(entry);
        },
      };
    },
    ask: <Q extends PaneQuery>(query: Q) => Promise.resolve(answer(query) as AnswerTo<Q>),
    read: () => Promise.resolve([]),
    flow: (id) => {
      const row = rows[id];
      return Promise.resolve(row && { row, response: new Uint8Array(), related: [], dnsAnswer: undefined });
    },
    stats: () => Promise.resolve(stats()),
    idle: () => Promise.resolve(),
    close: () => {
      open.clear();
    },
  };
}

function rowId(index: number): RowId {
  return index as RowId;
}

function answerRows(query: RowsQuery, rows: readonly FlowRow[]): RowsAnswer {
  const upTo = query.upTo;
  const shown = upTo === undefined ? rows : rows.slice(0, upTo + 1);
  const sorted = query.sort.descending ? shown.toReversed() : shown;
  const from =
    'from' in query.at
      ? query.at.from
      : Math.max(
          0,
          (query.sort.descending ? shown.length - 1 - query.at.around : query.at.around) - query.at.before,
        );
  const count = 'from' in query.at ? query.at.count : query.at.before + query.at.after + 1;
  const drops = new Uint32Array(256);
  for (const [index, row] of sorted.entries()) {
    if (row.verdict === Verdict.DROPPED) drops[Math.floor((index / sorted.length) * 256)]! += 1;
  }
  return {
    kind: 'rows',
    total: shown.length,
    from,
    rows: sorted.slice(from, from + count),
    newer: rows.length - shown.length,
    drops,
    newest: rows.at(-1)?.id,
  };
}

function answerSeek(query: SeekQuery, rows: readonly FlowRow[]): SeekAnswer {
  const { want } = query;
  const found = rows.filter((row) =>
    'drop' in want
      ? row.verdict === Verdict.DROPPED
      : 'uuid' in want
        ? row.uuid === want.uuid
        : row.summary.toLowerCase().includes(want.text.toLowerCase()),
  );
  const from = query.from;
  const row = query.backwards
    ? found.findLast((candidate) => from === undefined || candidate.id < from)
    : found.find((candidate) => from === undefined || candidate.id > from);
  return {
    kind: 'seek',
    row: row?.id,
    index: row === undefined ? 0 : found.indexOf(row) + 1,
    count: found.length,
  };
}

function answerStatus(rows: readonly FlowRow[], stats: Stats, connection: Connection): StatusAnswer {
  return {
    kind: 'status',
    stats,
    connection,
    inPerS: rows.length === 0 ? 0 : 44.9,
    matchingPerS: rows.length === 0 ? 0 : 44.9,
    matching: rows.length,
    oldestNs: rows[0]?.timeNs,
    newestNs: rows.at(-1)?.timeNs,
    clockSkewMs: rows.length === 0 ? undefined : 3,
    gaps: [],
    nodeEvents: [],
    agentsNs: undefined,
  };
}
