// What the session knows at a moment: what every answer is made from.

import type { FlowStore } from '@finderscope/flow-store';
import type { CountFields } from '../answers/count-fields.ts';
import type { EdgeEnds } from '../answers/edge-ends.ts';
import type { Connection, Coverage, EdgeScope, FilesReport, Gap, StatusAnswer } from '../protocol.ts';
import type { AgentLog } from './agent-log.ts';
import type { Books } from './books.ts';
import type { LostLog } from './lost-log.ts';
import type { MatchLists } from './match-lists.ts';
import type { Rates } from './rates.ts';

export type World = {
  readonly store: FlowStore;
  readonly lists: MatchLists;
  readonly books: Books;
  readonly rates: Rates;
  readonly fields: CountFields;
  /** What ends are called at a scope. */
  readonly ends: (scope: EdgeScope) => EdgeEnds;
  readonly lost: LostLog;
  readonly agents: AgentLog;
  readonly gaps: readonly Gap[];
  readonly nodeEvents: StatusAnswer['nodeEvents'];
  readonly connection: Connection;
  /** What is here of the flows that match a filter; undefined before there is a source. */
  readonly coverage: (filter: string) => Coverage | undefined;
  /** undefined unless the source is files. */
  readonly files: FilesReport | undefined;
  readonly nowMs: number;
};
