// Answers count queries: how many rows held each filter matches.

import type { CountAnswer, CountQuery } from '../protocol.ts';
import type { World } from '../session/world.ts';

export function answerCount({ lists }: World, query: CountQuery): CountAnswer {
  return { kind: 'count', counts: query.filters.map((filter) => lists.get(filter).count) };
}
