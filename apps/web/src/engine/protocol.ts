// What the page asks the worker and what it answers. Everything here survives structured cloning.
//
//   main: subscribe(query) --> worker: answers at once and then, while data changes, at most once per frame
//   main: update(query)    --> the latest query wins; answers to an older one are never delivered
//
// Panes hold answers, never flows. A row's id is the only handle on a flow.

import type { CallsAnswer, CallsQuery, ExchangesAnswer, ExchangesQuery } from './calls.ts';
import type {
  CountAnswer,
  CountQuery,
  EdgesAnswer,
  EdgesQuery,
  FacetsAnswer,
  FacetsQuery,
  Gap,
  HistogramAnswer,
  HistogramQuery,
  Nanos,
  QuantilesAnswer,
  QuantilesQuery,
  RowId,
  TopAnswer,
  TopQuery,
  Window,
} from './counts.ts';
import type { Coverage } from './coverage.ts';

export type * from './calls.ts';
export type * from './counts.ts';
export type * from './coverage.ts';

/** Where flows come from. */
export type SourceSpec = LiveSpec | FilesSpec;

export type LiveSpec = {
  readonly kind: 'live';
  /** Absolute URL that the gRPC-web method paths are appended to, without trailing slash. */
  readonly baseUrl: string;
  /** Flows asked of each node when the stream opens, before it follows. */
  readonly last: number;
  /** The browser's tabs share few connections to the server (HTTP/1.1): the stream takes one only when one is free. */
  readonly fewConnections?: boolean;
  /** Flows held before the oldest leave; the store's own limit when left out. */
  readonly rowsKept?: number;
  /**
   * Whether the filter is applied by the server to the stream, so that other flows never arrive: 'auto', which is also
   * what is meant when left out, does so only when more comes than a tab takes easily.
   */
  readonly pushDown?: 'auto' | 'always' | 'never';
};

/** Files of JSON lines, as `hubble observe -o jsonpb` and Hubble's exporter write them. */
export type FilesSpec = {
  readonly kind: 'files';
  /** Equal for the same files opened once: what is held then stays. */
  readonly id: string;
  readonly files: readonly SourceFile[];
  readonly rowsKept?: number;
};

/** `from` is the file's content or, for one of the page's own origin, its absolute URL. */
export type SourceFile = { readonly name: string; readonly from: Blob | string };

/** What files have turned out to hold. lines = flows + lostEvents + ... + empty + broken, at every moment. */
export type FilesReport = {
  readonly state: 'reading' | 'done' | 'stopped';
  readonly files: readonly FileReport[];
  readonly lines: number;
  readonly flows: number;
  /** Records of lost events, node states, agent events, debug events, and envelopes without any of them. */
  readonly lostEvents: number;
  readonly nodeStates: number;
  readonly agentEvents: number;
  readonly debugEvents: number;
  readonly withoutEvent: number;
  readonly empty: number;
  readonly broken: number;
  /** The first of the broken lines. */
  readonly brokenLines: readonly BrokenLine[];
  /** Fields and enum names that this build does not know and left out, with the lines they were in; the first of them. */
  readonly unknownFields: readonly { readonly path: string; readonly lines: number }[];
};

export type FileReport = {
  readonly name: string;
  /** Of the file as it is stored, packed or not; `bytes` is undefined when its size is not told. */
  readonly bytesRead: number;
  readonly bytes: number | undefined;
  readonly lines: number;
  readonly broken: number;
  /** Why the file was not read to its end. */
  readonly problem: string | undefined;
};

/** `line` counts from 1. */
export type BrokenLine = { readonly file: string; readonly line: number; readonly reason: string };

export type SortKey = 'time' | 'verdict' | 'source' | 'destination' | 'type' | 'summary' | 'node';

/** One end of a flow, ready to be written into a cell. Empty strings stand for what the flow does not hold. */
export type RowEnd = {
  readonly namespace: string;
  /** Pod name, else service name, else DNS names joined by comma, else IP or MAC: the CLI's choice. */
  readonly name: string;
  readonly workload: string;
  readonly ip: string;
  /** undefined when the protocol has none. */
  readonly port: number | undefined;
  readonly identity: number;
  readonly cluster: string;
};

export type FlowRow = {
  readonly id: RowId;
  /** undefined when the flow holds no time. */
  readonly timeNs: Nanos | undefined;
  /** Numbers as on the wire: a newer Hubble may send values this build has no name for. */
  readonly verdict: number;
  readonly dropReason: number;
  readonly trafficDirection: number;
  readonly isReply: boolean | undefined;
  readonly source: RowEnd;
  readonly destination: RowEnd;
  /** The CLI's TYPE text, e.g. "policy-verdict:none INGRESS". */
  readonly type: string;
  /** The CLI's SUMMARY text without its parentheses. */
  readonly summary: string;
  readonly l4: string;
  readonly l7: string;
  readonly httpCode: number;
  readonly nodeName: string;
  readonly uuid: string;
  /** Names of the policies that allowed or denied it, in the order of the flow. */
  readonly policies: readonly string[];
  /** How many flows the row stands for; above 1 only when grouped. */
  readonly count: number;
};

export type RowsQuery = {
  readonly kind: 'rows';
  /** Filter text in the language of flow-query, already checked. */
  readonly filter: string;
  /** Window in flow time; undefined leaves that end open. */
  readonly sinceNs: Nanos | undefined;
  readonly untilNs: Nanos | undefined;
  /**
   * The page is paused: rows that the stream has brought after this one are counted as `newer` and not shown. Older
   * flows that were asked for since are shown in their place.
   */
  readonly upTo: RowId | undefined;
  readonly sort: { readonly key: SortKey; readonly descending: boolean };
  /** Identical flows (ends without ephemeral ports, type, verdict, summary) become one row with a count. */
  readonly group: boolean;
  /** Slice: either counted from the top of the sorted list, or around a row. */
  readonly at:
    | { readonly from: number; readonly count: number }
    | { readonly around: RowId; readonly before: number; readonly after: number };
};

export type RowsAnswer = {
  readonly kind: 'rows';
  /** Rows that match, of which the slice is a part. */
  readonly total: number;
  readonly from: number;
  readonly rows: readonly FlowRow[];
  /** Matching rows held that `upTo` keeps out. */
  readonly newer: number;
  /** Number of drops in each of 256 equal parts of the sorted list, for the ruler. */
  readonly drops: Uint32Array;
  readonly newest: RowId | undefined;
};

/** Next or previous row of a kind, seen from a row in time order: n and p. */
export type SeekQuery = {
  readonly kind: 'seek';
  readonly filter: string;
  readonly from: RowId | undefined;
  readonly backwards: boolean;
  /** What to look for; drops also cover L7 denials. Text is searched in what the row shows, without case. */
  readonly want: { readonly drop: true } | { readonly text: string } | { readonly uuid: string };
  /** Rows outside of it are not looked at. */
  readonly window?: Window;
};
export type SeekAnswer = {
  readonly kind: 'seek';
  readonly row: RowId | undefined;
  /** Which of how many, counted from 1. */
  readonly index: number;
  readonly count: number;
};

/** Values of one filter field seen in the flows held, most frequent first. */
export type ValuesQuery = {
  readonly kind: 'values';
  /** Name in the filter language: 'pod', 'from-pod', 'verdict', ... */
  readonly field: string;
  /** Case-insensitive part of the value. */
  readonly contains: string;
  /** Only flows this filter matches are counted. */
  readonly filter: string;
  readonly limit: number;
};
export type ValuesAnswer = {
  readonly kind: 'values';
  readonly values: readonly { readonly value: string; readonly count: number }[];
  /** Distinct values, of which `values` is the head. */
  readonly distinct: number;
};

export type StatusQuery = { readonly kind: 'status'; readonly filter: string };
export type StatusAnswer = {
  readonly kind: 'status';
  readonly stats: Stats;
  readonly connection: Connection;
  /** Flows per second over the last ten seconds: arriving, and matching the filter. */
  readonly inPerS: number;
  readonly matchingPerS: number;
  readonly matching: number;
  readonly oldestNs: Nanos | undefined;
  readonly newestNs: Nanos | undefined;
  /** Newest flow time minus this machine's clock at arrival, median, ms; undefined before the first flow. */
  readonly clockSkewMs: number | undefined;
  /** Spans with nothing received because there was no connection. */
  readonly gaps: readonly Gap[];
  /** Node states as told by the stream, newest first, at most 50. */
  readonly nodeEvents: readonly {
    readonly timeNs: Nanos | undefined;
    readonly state: number;
    readonly nodes: readonly string[];
    readonly message: string;
  }[];
  /** What of the flows that match the filter is here; the engine says it of every live source. */
  readonly coverage?: Coverage;
  /** Times of the first and the last event that agents told of themselves; undefined without any. */
  readonly agentsNs: readonly [Nanos, Nanos] | undefined;
  /** Set while the source is files. */
  readonly files?: FilesReport;
};

export type Connection =
  | { readonly state: 'connecting'; readonly sinceMs: number }
  | { readonly state: 'connected'; readonly sinceMs: number; readonly serverVersion: string }
  | {
      readonly state: 'disconnected';
      readonly sinceMs: number;
      /** Name of the gRPC code, or 'HTTP_503', 'NETWORK', 'NOT_GRPC_WEB', 'TRUNCATED'. */
      readonly code: string;
      readonly reason: string;
      /** undefined when no further try is planned. */
      readonly nextTryMs: number | undefined;
      readonly resumeFromNs: Nanos | undefined;
    };

/**
 * The books. received = held + evicted + lost + skipped, exactly, at every moment: `received` counts every flow the
 * server sent or said it lost.
 */
export type Stats = {
  readonly received: number;
  readonly held: number;
  /** Held flows that the filter in force hides. */
  readonly filtered: number;
  readonly evicted: number;
  readonly lost: {
    readonly total: number;
    readonly perfRing: number;
    readonly observerQueue: number;
    readonly hubbleRing: number;
    readonly unknown: number;
  };
  readonly sampled: number;
  /** Arrived but not kept. */
  readonly skipped: {
    readonly total: number;
    readonly malformed: number;
    readonly oversized: number;
    /** Seen before (same uuid) when the stream was resumed. */
    readonly duplicate: number;
  };
  readonly bytesReceived: number;
  readonly reconnects: number;
};

export type PaneQuery =
  | RowsQuery
  | SeekQuery
  | ValuesQuery
  | CountQuery
  | FacetsQuery
  | HistogramQuery
  | EdgesQuery
  | TopQuery
  | QuantilesQuery
  | CallsQuery
  | ExchangesQuery
  | StatusQuery;
export type PaneAnswer =
  | RowsAnswer
  | SeekAnswer
  | ValuesAnswer
  | CountAnswer
  | FacetsAnswer
  | HistogramAnswer
  | EdgesAnswer
  | TopAnswer
  | QuantilesAnswer
  | CallsAnswer
  | ExchangesAnswer
  | StatusAnswer;
export type AnswerTo<Q extends PaneQuery> = Extract<PaneAnswer, { readonly kind: Q['kind'] }>;

/** Which rows are exported, in which order; `group` counts for rows only. */
export type ExportQuery = Pick<RowsQuery, 'filter' | 'sinceNs' | 'untilNs' | 'upTo' | 'sort' | 'group'> & {
  /** 'lines': JSON as the CLI writes it. 'rows': what a table shows. */
  readonly what: 'lines' | 'rows';
};

/** A piece of an export, and where the whole of it stands. */
export type ExportPiece = {
  /** JSON lines, each with its line feed; '' when rows were asked for. */
  readonly lines: string;
  readonly rows: readonly FlowRow[];
  /** Rows to be exported, those looked at, and those left out since they or their bytes are no longer held. */
  readonly total: number;
  readonly done: number;
  readonly gone: number;
  /** Lines longer than what `hubble observe --input-file` reads. */
  readonly long: number;
  /** Lines without the extensions of their flow, which other programs could not read. */
  readonly trimmed: number;
  /** Lines without fields that this build has no name for. */
  readonly unknown: number;
};

/** Everything one flow holds: the message as it came, for the detail panel, copies and links. */
export type FlowDetail = {
  readonly row: FlowRow;
  /** observer.GetFlowsResponse, byte for byte as received. */
  readonly response: Uint8Array;
  /** The rest of its connection, in order of time. */
  readonly related: readonly FlowRow[];
  /** undefined when none is held that lies near enough to be found, and for flows that did not come from the source. */
  readonly dnsAnswer: DnsAnswer | undefined;
};

/** The newest DNS answer before a flow that told its client the address which the client then went to. */
export type DnsAnswer = {
  /** The answer itself. */
  readonly row: FlowRow;
  /** The name asked for, as in the message: with its dot at the end. */
  readonly name: string;
  readonly address: string;
};

export interface Subscription<Q extends PaneQuery> {
  update(query: Q): void;
  close(): void;
}

/** The page's handle on the worker. One per page. */
export interface Engine {
  /** Starts or replaces the source; `filter` is pushed down to the server when the stream (re)opens. */
  open(source: SourceSpec, filter: string): void;
  /** Rows of this filter are about to be asked for: they are looked for at once. The latest one counts. */
  expect(filter: string): void;
  /** Tries to connect now instead of at the planned time. */
  retry(): void;
  subscribe<Q extends PaneQuery>(query: Q, listener: (answer: AnswerTo<Q>) => void): Subscription<Q>;
  /** One answer; rejects when the engine is closed. */
  ask<Q extends PaneQuery>(query: Q): Promise<AnswerTo<Q>>;
  /** undefined when the row or its bytes are no longer held. */
  flow(id: RowId): Promise<FlowDetail | undefined>;
  /**
   * Flows that did not come from the source, each related to the others: GetFlowsResponse messages, of which nothing is
   * held. What is no flow, or cannot be read, is left out.
   */
  read(messages: readonly Uint8Array[]): Promise<readonly FlowDetail[]>;
  /** Reads no more of the files; what was read stays. */
  stopReading(): void;
  /**
   * Takes rows as they are at this moment, piece by piece; the next piece is made when `take` has answered true for the one
   * before. Resolves after the last piece, or when `take` has answered false.
   */
  export(query: ExportQuery, take: (piece: ExportPiece) => boolean): Promise<void>;
  stats(): Promise<Stats>;
  /** Resolves when all bytes received so far are in the store and every open query has been answered since. */
  idle(): Promise<void>;
  close(): void;
}
