// What the page asks about many flows at once: counts over all rows that a filter matches, kept up to date by the worker
// as flows come and go. Part of protocol.ts, which hands everything here on.

import type { Brand } from '@finderscope/base';

/** Arrival number of a flow in this tab: grows by one per flow kept, never reused. */
export type RowId = Brand<number, 'RowId'>;

/** Nanoseconds since the Unix epoch. */
export type Nanos = bigint;

/** A span with nothing received because there was no connection; open while there still is none. */
export type Gap = {
  readonly fromNs: Nanos;
  readonly toNs: Nanos | undefined;
  /** Flows of the span came after all when the stream was resumed: the server still had them. */
  readonly refilled?: boolean;
};

/** Part of the flows held; what is left out leaves that end open. */
export type Window = {
  readonly sinceNs?: Nanos | undefined;
  readonly untilNs?: Nanos | undefined;
  /** The page is paused, see `RowsQuery`. */
  readonly upTo?: RowId | undefined;
};

/** How many of the flows held each of several filters matches: hidden badge, empty state. */
export type CountQuery = {
  readonly kind: 'count';
  readonly filters: readonly string[];
  readonly window?: Window;
};
export type CountAnswer = { readonly kind: 'count'; readonly counts: readonly number[] };

/**
 * Counts of the values of several fields. A field's own tokens in the filter do not hide its other values: each field
 * is counted over what the filter without them matches.
 */
export type FacetsQuery = {
  readonly kind: 'facets';
  readonly filter: string;
  /**
   * Keys of the filter language ('verdict', 'namespace', 'from-pod', ...); 'http-class' gives '2+', '4+', '5+', which
   * are values of http-status, and 'dns-rcode' ('NXDOMAIN'), 'flow-type', 'l7-type' and 'policy' are no keys but can be counted.
   */
  readonly fields: readonly string[];
  /** Values per field; those that the filter names come on top of them. */
  readonly limit: number;
  readonly window?: Window;
};
export type Facet = {
  readonly field: string;
  /** Most frequent first. */
  readonly values: readonly {
    readonly value: string;
    readonly count: number;
    /** What the filter says of the value, outside of groups. */
    readonly state: 'included' | 'excluded' | 'none';
  }[];
  /** Distinct values, of which `values` is the head. */
  readonly distinct: number;
};
export type FacetsAnswer = { readonly kind: 'facets'; readonly facets: readonly Facet[] };

/** Counts per bucket of time and value of a field, with what is missing. */
export type HistogramQuery = {
  readonly kind: 'histogram';
  readonly filter: string;
  /**
   * A field of FacetsQuery, but not 'port', which is two: 'to-port' or 'served-port'. A flow has one value of 'type'
   * (without trace point) and of 'protocol' (L7 where there is one) here.
   */
  readonly field: string;
  /** Rounded up to whole milliseconds. */
  readonly bucketNs: Nanos;
  /**
   * Where nothing is said, from the oldest row that matches to the newest. At most 4,096 buckets are answered; older
   * ones are left out.
   */
  readonly sinceNs: Nanos | undefined;
  readonly untilNs: Nanos | undefined;
  /** Whether to tell as well what agents have said of themselves in that time, whatever the filter. */
  readonly agents?: boolean;
};
export type HistogramAnswer = {
  readonly kind: 'histogram';
  /** Beginning of the first bucket, a whole multiple of `bucketNs`. */
  readonly fromNs: Nanos;
  readonly bucketNs: Nanos;
  readonly buckets: number;
  /**
   * Most frequent first. The value is '' for flows without one and undefined for all beyond the first 63; a flow with
   * several values counts in each.
   */
  readonly series: readonly { readonly value: string | undefined; readonly counts: Uint32Array }[];
  /** Flows that the server says it lost, per bucket. */
  readonly lost: Float64Array;
  /** Disconnections, as in StatusAnswer. */
  readonly gaps: readonly Gap[];
  /** Where they were asked for. Only files and agents tell them; Relay does not pass them on. */
  readonly agents?: AgentEvents;
};

/** What agents have said of themselves: policies, endpoints and addresses that came, changed and went. */
export type AgentEvents = {
  /** In order of time, one for each bucket with events in it; also beyond the last bucket of the counts. */
  readonly marks: readonly AgentMark[];
  /** Events that no mark shows, of all times: they tell no time, were the oldest of too many, or could not be read. */
  readonly withoutTime: number;
  readonly forgotten: number;
  readonly unread: number;
};
export type AgentMark = {
  /** Beginning of the bucket, and the time of the first event in it. */
  readonly fromNs: Nanos;
  readonly atNs: Nanos;
  readonly count: number;
  /** Different things said, what matters most first. */
  readonly said: readonly {
    /** Number and name of AgentEventType. */
    readonly type: number;
    readonly name: string;
    /** As the CLI writes it: 'POLICY_UPDATED (labels: [...], revision: 7, count: 2)'. */
    readonly text: string;
    /** What it is about, in short: 'rule1', 'shop/cart-0'. */
    readonly subjects: readonly string[];
    readonly count: number;
    readonly nodes: readonly string[];
  }[];
  /** Events of the bucket that `said` leaves out. */
  readonly more: number;
};

export type EdgeScope = 'cluster' | 'namespace' | 'workload' | 'pod' | 'identity' | 'node';

/** Who talks to whom: connections from the side that opened them to the side that serves. */
export type EdgesQuery = {
  readonly kind: 'edges';
  readonly filter: string;
  readonly scope: EdgeScope;
  /** Edges in order; what is beyond is counted in `folded`. */
  readonly limit: number;
  /** Most flows first, or most flows with the verdict DROPPED, replies not among them; 'flows' when left out. */
  readonly order?: 'flows' | 'drops';
  readonly window?: Window;
};
/**
 * Values of the filter `pod` that mean all pods held of one node of the map. Hubble names the workload of a pod only on
 * the pod's own node, its name everywhere, and finds pods by the beginning of their name. The cluster has to be asked
 * for beside them where there are several.
 */
export type PodFilter = {
  /** `shop/cart-`, or several where one would also find what is not meant. */
  readonly values: readonly string[];
  /** Pods held of the same cluster that these find although they are not meant. */
  readonly others: number;
};
export type EdgeNode = {
  /** Stays the same as long as the node means the same, e.g. 'workload:default/shop/Deployment/cart'. */
  readonly id: string;
  /**
   * How it is known: as what the scope asks for; or, outside of all pods, by a DNS name that flows told, by CIDR or
   * address, by its reserved identity (host, remote-node, world, ...), or not at all.
   */
  readonly kind: 'inside' | 'dns' | 'address' | 'reserved' | 'unknown';
  readonly name: string;
  /** '' where the scope is wider, or the flow did not say. */
  readonly namespace: string;
  readonly cluster: string;
  /** 'Deployment', ...; '' when not known or not asked for. */
  readonly workloadKind: string;
  /** Distinct pods seen. */
  readonly pods: number;
  /** What its pods are asked for by, at the scopes 'workload' and 'pod'; undefined where there are no pods to ask for. */
  readonly podNames: PodFilter | undefined;
  /** Lowest first, at most 8. */
  readonly identities: readonly number[];
  /** Flows of its edges. */
  readonly flows: number;
};
export type Edge = {
  /** Places in `nodes`. */
  readonly from: number;
  readonly to: number;
  /** All flows seen, replies among them. */
  readonly flows: number;
  readonly replies: number;
  /** Flows by number of the verdict, replies not among them. */
  readonly verdicts: readonly (readonly [verdict: number, flows: number])[];
  /**
   * Packets and requests by number of the verdict, each counted once, by where it ended, although it is seen at
   * several points on its way and a drop is told twice.
   */
  readonly ended: readonly (readonly [verdict: number, count: number])[];
  /** Of the drops in `ended`, those on the side that sends. */
  readonly droppedAtSource: number;
  /** Number of the most frequent drop reason, 0 without one. */
  readonly dropReason: number;
  /** Most flows first, at most 16. */
  readonly ports: readonly {
    /** undefined stands for ephemeral ports and protocols without. */
    readonly port: number | undefined;
    /** 'TCP', 'UDP', 'ICMPv4', ...; '' when the flow did not say. */
    readonly protocol: string;
    /** 'http', 'dns', 'kafka' when a proxy looked inside; else ''. */
    readonly l7: string;
    readonly flows: number;
  }[];
  readonly portsInAll: number;
  readonly l7: {
    readonly requests: number;
    readonly responses: number;
    readonly denied: number;
    readonly http4xx: number;
    readonly http5xx: number;
    readonly dnsErrors: number;
    /** Responses that tell no status: nobody knows how they went. */
    readonly untold: number;
  };
  /** Of the latencies that responses carry. */
  readonly p95Ns: number | undefined;
  /** Time of the flow that arrived last. */
  readonly lastNs: Nanos;
};
export type EdgesAnswer = {
  readonly kind: 'edges';
  readonly nodes: readonly EdgeNode[];
  readonly edges: readonly Edge[];
  /** Edges beyond the limit, and nodes that only they have. */
  readonly folded: { readonly edges: number; readonly nodes: number; readonly flows: number };
  /** Flows of the socket load balancer: an address was put in place of another, no packet went anywhere. On no edge. */
  readonly sockets: number;
  /** Times of the first and the last flow counted; undefined without any. */
  readonly spanNs: readonly [Nanos, Nanos] | undefined;
};

/** Most frequent combinations of values: talkers by ['from-workload', 'to-workload'], denied pairs with a filter. */
export type TopQuery = {
  readonly kind: 'top';
  readonly filter: string;
  /** Fields of FacetsQuery but 'port'; 'served-port' is the port of the side that serves. */
  readonly by: readonly string[];
  /** Counts only flows of which all of these hold, whatever the filter says of the same keys. */
  readonly where?: readonly Condition[];
  readonly limit: number;
  readonly window?: Window;
};
/**
 * 'one-of': a value of the field is among these. 'other-than': it has a value that is none of these. The field is one
 * of TopQuery's; one that does not exist never has a value.
 */
export type Condition = {
  readonly field: string;
  readonly is: 'one-of' | 'other-than';
  readonly values: readonly string[];
};
export type TopAnswer = {
  readonly kind: 'top';
  /** `values` in the order of `by`, '' where a flow has none; flows that have none of all do not count. */
  readonly groups: readonly { readonly values: readonly string[]; readonly count: number }[];
  readonly distinct: number;
  /** Flows in all groups. */
  readonly total: number;
};

/** How long L7 responses took, by the same groups. Values are within 0.8 % of a latency that occurred. */
export type QuantilesQuery = Omit<TopQuery, 'kind'> & { readonly kind: 'quantiles' };
export type QuantilesAnswer = {
  readonly kind: 'quantiles';
  readonly groups: readonly {
    readonly values: readonly string[];
    /** Flows with a latency. */
    readonly count: number;
    readonly p50Ns: number;
    readonly p95Ns: number;
    readonly p99Ns: number;
  }[];
  readonly distinct: number;
};
