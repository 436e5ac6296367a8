// What the page asks the worker about L7: calls, which are a request and its response, by what was asked for and by who
// asked. Part of protocol.ts, which hands everything here on.

import type { Nanos, RowId, Window } from './counts.ts';

export type L7Kind = 'http' | 'dns' | 'kafka';

/** How paths are folded into templates, see answers/l7/path-rules.ts. */
export type PathRules = {
  /** Ids of the rules that are switched off. */
  readonly off: readonly string[];
  /** Templates such as `/users/{name}/posts`, tried before all rules: each pair of braces is one segment. */
  readonly routes: readonly string[];
};

/**
 * Calls of one protocol in groups. 'call' groups by what was asked for: method and path template of HTTP, name and type
 * of DNS, API key and topic of Kafka. 'client' and 'server' group by workload, outside of all pods by name.
 */
export type CallsQuery = {
  readonly kind: 'calls';
  readonly filter: string;
  readonly protocol: L7Kind;
  readonly by: 'call' | 'client' | 'server';
  readonly rules: PathRules;
  /** 'errors' leaves out groups without a failure or a denied request, 'slow' those without a slow response. */
  readonly only: 'all' | 'errors' | 'slow';
  /** Groups, most calls first. */
  readonly limit: number;
  readonly window?: Window;
};

/** Counts of calls. A proxy tells of a request and of its response in a flow each; either may be missing. */
export type CallCounts = {
  readonly requests: number;
  readonly responses: number;
  /** Requests with the verdict DROPPED. */
  readonly denied: number;
  /** Responses that failed: HTTP 4xx and 5xx, any rcode but NOERROR, any Kafka error but 0. */
  readonly errors: number;
  /** Responses by result, most frequent first: '404', 'NXDOMAIN', Kafka's error code. */
  readonly results: readonly { readonly result: string; readonly count: number }[];
  /** Responses that took longer than 100 ms. */
  readonly slow: number;
  /** Of the latencies that responses carry; undefined without any. Within 0.8 % of a latency that occurred. */
  readonly latency: { readonly p50Ns: number; readonly p95Ns: number; readonly p99Ns: number } | undefined;
};

export type CallGroup = CallCounts & {
  /** The same as long as it means the same. */
  readonly id: string;
  /** Two texts: method and template, name and types, API key and topic, or namespace and name of a workload. */
  readonly key: readonly [string, string];
  /** Calls in each bucket of `CallsAnswer.times`, empty without those. */
  readonly trend: Uint32Array;
  /** Distinct paths or names that the group folds; 1 where nothing is folded. */
  readonly folded: number;
  /** Of the newest answer to a DNS query, where its bytes are still held. */
  readonly answer:
    | { readonly ips: readonly string[]; readonly cnames: readonly string[]; readonly ttlS: number }
    | undefined;
};

/** Stretches of time that calls are counted in. */
export type TrendTimes = {
  readonly fromNs: Nanos;
  readonly bucketNs: Nanos;
  /** 2 to 64, each of them whole. */
  readonly buckets: number;
  /** Numbers of those in which the page was not connected for a while: what was called then is not known. */
  readonly unseen: readonly number[];
};

export type CallsAnswer = {
  readonly kind: 'calls';
  readonly groups: readonly CallGroup[];
  /** Groups that there are of the kind asked for, whatever the limit. */
  readonly distinct: number;
  /** Of all groups, also those that were not asked for. */
  readonly total: CallCounts;
  /** Times of the first and the last flow that matches, of any kind: what rates are told by. */
  readonly spanNs: readonly [Nanos, Nanos] | undefined;
  /** undefined while the span is too short to tell of any trend. */
  readonly times: TrendTimes | undefined;
};

/** The newest calls of one protocol, each a request paired with its response. */
export type ExchangesQuery = {
  readonly kind: 'exchanges';
  readonly filter: string;
  readonly protocol: L7Kind;
  readonly by: CallsQuery['by'];
  /** Key of the group whose calls are wanted; undefined for all. */
  readonly group: CallGroup['key'] | undefined;
  readonly rules: PathRules;
  readonly limit: number;
  readonly window?: Window;
};

export type ExchangeEnd = { readonly namespace: string; readonly name: string };

export type Exchange = {
  /** The row to open: of the response, else of the request. */
  readonly row: RowId;
  readonly uuid: string;
  /** Of the request, else of the response; undefined when the flow holds no time. */
  readonly timeNs: Nanos | undefined;
  readonly client: ExchangeEnd;
  readonly server: ExchangeEnd;
  /** `GET /v1/items?page=2`, `backend.shop. A`, `produce orders`. */
  readonly what: string;
  /** '' while there is no response. */
  readonly result: string;
  readonly failed: boolean;
  /** The request was dropped by the proxy. */
  readonly denied: boolean;
  /** undefined when no response carries it. */
  readonly latencyNs: number | undefined;
  /** Addresses and names of a DNS answer, '' else. */
  readonly note: string;
  readonly traceId: string;
};

export type ExchangesAnswer = {
  readonly kind: 'exchanges';
  /** Newest first. */
  readonly exchanges: readonly Exchange[];
  /** Flows of the group whose bytes are no longer held, so that nothing can be said of them. */
  readonly unreadable: number;
  /** False when there may be more than were looked at. */
  readonly complete: boolean;
};
