// The answers that no first row needs: what is counted, drawn and listed beside the rows. Fetched when one is asked for.

import { answerCalls, callNeeds } from '../answers/l7/calls.ts';
import { answerExchanges } from '../answers/l7/exchanges.ts';
import { answerEdges, edgeNeeds } from '../answers/edges.ts';
import { answerFacets, facetNeeds } from '../answers/facets.ts';
import { answerHistogram, histogramNeeds } from '../answers/histogram.ts';
import { answerQuantiles, answerTop, topNeeds } from '../answers/top.ts';
import { answerValues, valueNeeds } from '../answers/values.ts';
import type { PaneAnswer } from '../protocol.ts';
import type { LateAnswers, LateQuery } from './answer.ts';
import { type Need, rowsOf } from './need.ts';
import type { World } from './world.ts';

function needsOf(world: World, query: LateQuery): readonly Need[] {
  switch (query.kind) {
    case 'exchanges':
      return [rowsOf(query.filter)];
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

function answer(world: World, query: LateQuery): PaneAnswer {
  switch (query.kind) {
    case 'values':
      return answerValues(world, query);
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

export const lateAnswers: LateAnswers = { needsOf, answer };
