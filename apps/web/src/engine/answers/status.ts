// Answers status queries: the books, the connection, rates and the span of time held.

import type { MatchList } from '@finderscope/flow-store';
import type { StatusAnswer, StatusQuery } from '../protocol.ts';
import { WINDOW_MS } from '../session/rates.ts';
import type { World } from '../session/world.ts';

const WINDOW_NS = BigInt(WINDOW_MS) * 1_000_000n;

export function answerStatus(world: World, query: StatusQuery): StatusAnswer {
  const { store, lists, books, rates } = world;
  const list = lists.get(query.filter);
  const matching = list.count;
  const stats = books.stats(store.counts, store.table.held - matching);
  const window = rates.window(world.nowMs);
  const coverage = world.coverage(query.filter);
  const agents = world.agents.span();
  return {
    kind: 'status',
    stats,
    connection: world.connection,
    inPerS: inPerS(world),
    matchingPerS: perS(world, list.countAfter(window?.mark.newestId ?? -1), list),
    matching,
    ...spanOf(world),
    clockSkewMs: rates.skewMs,
    gaps: world.gaps,
    nodeEvents: world.nodeEvents,
    agentsNs: agents && [agents.oldestNs, agents.newestNs],
    ...(coverage === undefined ? {} : { coverage }),
    ...(world.files === undefined ? {} : { files: world.files }),
  };
}

/** Flows that come per second, matching or not, over the last ten. */
export function inPerS(world: World): number {
  const { store, lists, books, rates } = world;
  const before = rates.window(world.nowMs)?.mark.received ?? 0;
  return perS(world, books.stats(store.counts, 0).received - before, lists.all);
}

/** Flows stored per second by the clock, whatever their times: what there is to be done. */
export function storedPerS({ store, rates, nowMs }: World): number {
  const window = rates.window(nowMs);
  return window === undefined ? 0 : (store.table.next - 1 - window.mark.newestId) / window.seconds;
}

function perS(world: World, arrived: number, of: MatchList): number {
  const { rates, nowMs } = world;
  const window = rates.window(nowMs);
  if (window === undefined) return 0;
  const arriving = arrived / window.seconds;
  // What the server held arrives at once when the stream opens: the times of the flows tell when it was.
  return rates.isOpening(nowMs) ? Math.min(arriving, perSecondOfTheirTime(of, spanOf(world))) : arriving;
}

function spanOf({ store, lists }: World): Pick<StatusAnswer, 'oldestNs' | 'newestNs'> {
  const all = lists.all.rows();
  const timeAt = (id32: number | undefined): bigint | undefined =>
    id32 === undefined ? undefined : store.timeNs(id32 & store.table.mask);
  return { oldestNs: timeAt(all[0]), newestNs: timeAt(all.at(-1)) };
}

/** Flows of a list per second of the last ten seconds held, by the times the flows carry. */
function perSecondOfTheirTime(
  list: MatchList,
  { oldestNs, newestNs }: Pick<StatusAnswer, 'oldestNs' | 'newestNs'>,
): number {
  if (oldestNs === undefined || newestNs === undefined) return 0;
  const windowNs = newestNs - WINDOW_NS;
  const sinceNs = oldestNs > windowNs ? oldestNs : windowNs;
  const seconds = Math.max(1, Number(newestNs - sinceNs) / 1e9);
  return (list.count - list.lowerBound(sinceNs)) / seconds;
}
