// A source of flows: anything that can hand over observer.GetFlowsResponse messages as bytes.

import type { FilterLists } from '@finderscope/flow-query';
import type { Connection, FilesReport } from '../protocol.ts';

/** What a source tells while it runs. All calls are synchronous; bytes may be reused after the call. */
export type SourceSink = {
  /** `count` complete messages; `spans` holds their starts and ends in `bytes`, ascending. */
  readonly messages: (bytes: Uint8Array, spans: Uint32Array, count: number) => void;
  /** Messages that were announced larger than the limit and skipped. */
  readonly oversized: (count: number) => void;
  readonly bytesReceived: (count: number) => void;
  /** `report` answers something else than before. */
  readonly reported: () => void;
  readonly connection: (connection: Connection) => void;
  /** Asked before a stream is opened again; undefined when nothing was received yet. */
  readonly resumeFrom: () => bigint | undefined;
  /** A stream is about to be opened from that time on: what comes again is to be told apart. */
  readonly resuming: (sinceNs: bigint) => void;
  readonly agents: AgentSink;
};

/** One of them, see AgentMark in counts.ts. */
export type AgentTold = {
  readonly timeNs: bigint | undefined;
  readonly node: string;
  readonly type: number;
  readonly name: string;
  readonly text: string;
  readonly subjects: readonly string[];
};

/** What agents tell of themselves, which is no part of the flows. */
export type AgentSink = {
  readonly told: (events: readonly AgentTold[]) => void;
  /** Messages that were larger than the limit, or could not be read. */
  readonly unread: (count: number) => void;
  /** Asked before each call for events: where the ones before have ended; undefined before the first. */
  readonly resumeFrom: () => bigint | undefined;
};

export interface Source {
  start(): void;
  /** Tries to connect now instead of at the planned time. */
  retry(): void;
  /** From now on the server is to send only what the filter lets through; a stream that is open is opened again. */
  push(filter: FilterLists): void;
  /** Reads no more of what ends by itself; a stream goes on. */
  stop(): void;
  /** What files hold; undefined for a stream. */
  report(): FilesReport | undefined;
  /** Nothing is told any more afterwards. */
  close(): void;
}
