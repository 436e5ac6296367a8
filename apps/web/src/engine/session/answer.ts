// From a query to its answer: the one place that knows all kinds.

import { answerCalls, callNeeds } from '../answers/l7/calls.ts';
import { answerExchanges } from '../answers/l7/exchanges.ts';
import { answerCount } from '../answers/count.ts';
import type { ArrangementCache } from '../answers/arrange.ts';
import { answerEdges, edgeNeeds } from '../answers/edges.ts';
import { answerFacets, facetNeeds } from '../answers/facets.ts';
import { answerHistogram, histogramNeeds } from '../answers/histogram.ts';
import { answerRows } from '../answers/rows.ts';
import { answerSeek } from '../answers/seek.ts';
import { answerStatus } from '../answers/status.ts';
import { answerQuantiles, answerTop, topNeeds } from '../answers/top.ts';
import { answerValues, valueNeeds } from '../answers/values.ts';
import type { PaneAnswer, PaneQuery } from '../protocol.ts';
import type { Need } from './need.ts';
import type { World } from './world.ts';

const justRows = (): void => {};

/** What must be up to date before the query can be answered. */
export function needsOf(world: World, query: PaneQuery): readonly Need[] {
  switch (query.kind) {
    case 'rows':
    case 'seek':
    case 'exchanges':
      return [rowsOf(query.filter)];
    case 'count':
      world.lists.makeRoom(query.filters.length);
      return query.filters.map(rowsOf);
    case 'status':
      return [rowsOf(query.filter), rowsOf('')];
    case 'values':
      return valueNeeds(world, query);
    case 'facets':
      return facetNeeds(world, query);
    case 'histogram':
      return histogramNeeds(world, query);
    case 'edges':
      return edgeNeeds(world, query);
    case 'top':
    case 'quantiles':
      return topNeeds(world, query);
    case 'calls':
      return callNeeds(world, query);
  }
}

/** The need for nothing but the rows that a filter matches. */
export function rowsOf(filter: string): Need {
  return { filter, prepare: justRows };
}

/**
 * Rows change at most five times a second, which is more than anybody can read; numbers settle half as often. One is a
 * multiple of the other, so that the page draws both in one frame. Bench: page.busy_5k, page.row_age_5k.
 */
export function intervalMsOf(query: PaneQuery): number {
  return query.kind === 'rows' ? 200 : 400;
}

/** `fresh` asks for what is held now, whatever it costs. */
export function answer(world: World, query: PaneQuery, cache: ArrangementCache, fresh: boolean): PaneAnswer {
  switch (query.kind) {
    case 'rows':
      return answerRows(world, query, cache, fresh);
    case 'seek':
      return answerSeek(world, query);
    case 'values':
      return answerValues(world, query);
    case 'count':
      return answerCount(world, query);
    case 'status':
      return answerStatus(world, query);
    case 'facets':
      return answerFacets(world, query);
    case 'histogram':
      return answerHistogram(world, query);
    case 'edges':
      return answerEdges(world, query);
    case 'top':
      return answerTop(world, query);
    case 'quantiles':
      return answerQuantiles(world, query);
    case 'calls':
      return answerCalls(world, query);
    case 'exchanges':
      return answerExchanges(world, query);
  }
}
