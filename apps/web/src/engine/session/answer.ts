// From a query to its answer: the one place that knows all kinds. What the first rows need is here from the start, all
// else in late-answers.ts, which is fetched when a query first asks for it.

import { assert } from '@finderscope/base';
import { answerCount } from '../answers/count.ts';
import type { ArrangementCache } from '../answers/arrange.ts';
import { answerRows } from '../answers/rows.ts';
import { answerSeek } from '../answers/seek.ts';
import { answerStatus } from '../answers/status.ts';
import type { LateCode } from '../../loading/late-code.ts';
import type { PaneAnswer, PaneQuery } from '../protocol.ts';
import { type Need, rowsOf } from './need.ts';
import type { World } from './world.ts';

type FirstKind = 'rows' | 'seek' | 'count' | 'status';
type FirstQuery = Extract<PaneQuery, { readonly kind: FirstKind }>;
export type LateQuery = Exclude<PaneQuery, FirstQuery>;

export type LateAnswers = {
  readonly needsOf: (world: World, query: LateQuery) => readonly Need[];
  readonly answer: (world: World, query: LateQuery) => PaneAnswer;
};

function isFirst(query: PaneQuery): query is FirstQuery {
  return query.kind === 'rows' || query.kind === 'seek' || query.kind === 'count' || query.kind === 'status';
}

/**
 * What must be up to date before the query can be answered. Undefined while the code of the answer is not here: it is
 * then on its way, or has failed to come.
 */
export function needsOf(
  world: World,
  query: PaneQuery,
  late: LateCode<LateAnswers>,
): readonly Need[] | undefined {
  if (!isFirst(query)) {
    const state = late.state();
    if (state.kind === 'here') return state.code.needsOf(world, query);
    if (state.kind === 'absent') late.fetch();
    return undefined;
  }
  switch (query.kind) {
    case 'rows':
    case 'seek':
      return [rowsOf(query.filter)];
    case 'count':
      world.lists.makeRoom(query.filters.length);
      return query.filters.map(rowsOf);
    case 'status':
      return [rowsOf(query.filter), rowsOf('')];
  }
}

const ROWS_MS = 200;
const NUMBERS_MS = 400;
/** After an answer, this many times its cost goes by before the next one: the stream must be read meanwhile. */
const IDLE_SHARE = 10;
/** With more flows per second than this, reading them comes first. */
const FLOOD_PER_S = 40_000;
/** Then numbers come so many times less often. */
const FLOOD_SHARE = 2.5;

/** What lies between two answers to a query: a beat that subscriptions share, and a rest that hangs on the cost. */
export type Pace = { readonly intervalMs: number; readonly restMs: number };

/**
 * Rows change at most five times a second, which is more than anybody can read; numbers settle half as often, or once a
 * second in a flood of flows; what costs much comes more seldom than that. One is a multiple of the other, so that the
 * page draws both in one frame. Bench: page.busy_5k, page.row_age_5k, ingest.live.
 */
export function paceOf(query: PaneQuery, costMs: number, flowsPerS: number): Pace {
  const restMs = costMs * IDLE_SHARE;
  if (query.kind === 'rows') return { intervalMs: ROWS_MS, restMs };
  const share = flowsPerS > FLOOD_PER_S ? FLOOD_SHARE : 1;
  return { intervalMs: NUMBERS_MS * share, restMs };
}

/** To a query whose needs are met. `fresh` asks for what is held now, whatever it costs. */
export function answer(
  world: World,
  query: PaneQuery,
  late: LateCode<LateAnswers>,
  cache: ArrangementCache,
  fresh: boolean,
): PaneAnswer {
  if (!isFirst(query)) {
    const state = late.state();
    assert(state.kind === 'here', 'the code of an answer whose needs are met');
    return state.code.answer(world, query);
  }
  switch (query.kind) {
    case 'rows':
      return answerRows(world, query, cache, fresh);
    case 'seek':
      return answerSeek(world, query);
    case 'count':
      return answerCount(world, query);
    case 'status':
      return answerStatus(world, query);
  }
}
