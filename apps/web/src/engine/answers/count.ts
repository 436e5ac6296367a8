// Answers count queries: how many rows held, or of them those of a window, each filter matches.

import type { CountAnswer, CountQuery } from '../protocol.ts';
import type { World } from '../session/world.ts';
import { isWhole, rowsWithin } from './counting.ts';

export function answerCount(world: World, { filters, window }: CountQuery): CountAnswer {
  return {
    kind: 'count',
    counts: filters.map((filter) => {
      const list = world.lists.get(filter);
      return isWhole(window) ? list.count : rowsWithin(world, list, window).length;
    }),
  };
}
