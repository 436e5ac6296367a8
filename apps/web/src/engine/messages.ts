// What crosses the border between page and worker. `id` names a subscription or a question of the page; `seq` grows
// with every update of a subscription, so that answers to an older query can be told apart and dropped.

import type { PackedAnswer } from './packed.ts';
import type {
  ExportPiece,
  ExportQuery,
  FlowDetail,
  PaneAnswer,
  PaneQuery,
  RowId,
  SourceSpec,
  Stats,
} from './protocol.ts';

export type ToWorker =
  | { readonly type: 'open'; readonly source: SourceSpec; readonly filter: string }
  | { readonly type: 'expect'; readonly filter: string }
  | { readonly type: 'retry' }
  | { readonly type: 'subscribe'; readonly id: number; readonly seq: number; readonly query: PaneQuery }
  | { readonly type: 'unsubscribe'; readonly id: number }
  | { readonly type: 'ask'; readonly id: number; readonly query: PaneQuery }
  | { readonly type: 'flow'; readonly id: number; readonly row: RowId }
  | { readonly type: 'read'; readonly id: number; readonly messages: readonly Uint8Array[] }
  | { readonly type: 'stop-reading' }
  | { readonly type: 'export'; readonly id: number; readonly query: ExportQuery }
  /** The piece before has been taken; the next one, or no more. */
  | { readonly type: 'export-next'; readonly id: number }
  | { readonly type: 'export-end'; readonly id: number }
  | { readonly type: 'stats'; readonly id: number }
  | { readonly type: 'idle'; readonly id: number }
  /** The page has handed the last answers to its listeners and is ready for more. */
  | { readonly type: 'ack' };

export type SubscriptionAnswer = {
  readonly id: number;
  readonly seq: number;
  readonly answer: PackedAnswer;
};

export type FromWorker =
  | { readonly type: 'answers'; readonly answers: readonly SubscriptionAnswer[] }
  | { readonly type: 'asked'; readonly id: number; readonly answer: PaneAnswer }
  | { readonly type: 'flow'; readonly id: number; readonly detail: FlowDetail | undefined }
  | { readonly type: 'read'; readonly id: number; readonly details: readonly FlowDetail[] }
  | { readonly type: 'exported'; readonly id: number; readonly piece: ExportPiece }
  | { readonly type: 'stats'; readonly id: number; readonly stats: Stats }
  | { readonly type: 'idle'; readonly id: number }
  /** A bug in the worker: what it was asked for will not be answered. */
  | { readonly type: 'failed'; readonly message: string };
