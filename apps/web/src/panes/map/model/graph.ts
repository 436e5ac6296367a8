// What the map draws: nodes of one scope and the links between them, counted over one span of time. Ids are stable
// for as long as the thing exists, so that places, pins and selections can refer to them.

import type { PodFilter } from '../../../engine/protocol.ts';
import type { VerdictKind } from '../../../widgets/index.ts';

export const MAP_SCOPES = ['cluster', 'namespace', 'workload', 'pod', 'identity', 'node'] as const;
export type MapScope = (typeof MAP_SCOPES)[number];

/** Flows by verdict; each packet, connection attempt or request counted once, by where it ended. */
export type Mix = Readonly<Record<VerdictKind, number>>;

/** How a peer outside of all pods is known: by DNS name, by address, or by its reserved identity alone. */
export type OutsideKind = 'dns' | 'address' | 'reserved';

export type MapNode = {
  readonly id: string;
  readonly name: string;
  /** '' where the scope is wider than a cluster, or the flow did not say. */
  readonly cluster: string;
  /** '' where the scope is wider than a namespace. */
  readonly namespace: string;
  /** Set for peers outside of all pods. */
  readonly outside: OutsideKind | undefined;
  /** 'Deployment', 'Pod'; '' when not known. */
  readonly kind: string;
  readonly pods: number;
  /** By what its pods are asked for; undefined where it is none of pods. */
  readonly podNames: PodFilter | undefined;
  /** Identities seen, lowest first; at most a few. */
  readonly identities: readonly number[];
};

export type PortUse = {
  /** undefined for protocols without ports. */
  readonly port: number | undefined;
  readonly protocol: string;
  /** 'HTTP', 'DNS', 'Kafka'; '' when the proxy did not look inside. */
  readonly l7: string;
  readonly count: number;
};

/** Where dropped packets of a link stopped: mostly at the target (ingress) or already at the source (egress). */
export type StopSide = 'source' | 'target';

export type MapLink = {
  readonly source: string;
  readonly target: string;
  readonly mix: Mix;
  /** All verdicts together. */
  readonly count: number;
  readonly stop: StopSide;
  /** Text of the most frequent drop reason; '' without drops, or when none was given. */
  readonly dropReason: string;
  /** Most used first, ephemeral ports folded away. */
  readonly ports: readonly PortUse[];
  readonly requests: number;
  /** Of which it is known how they ended: responses that tell a status, and denied requests whose response was not seen. */
  readonly answered: number;
  /** Responses that tell none, as with a field mask. */
  readonly untold: number;
  /** Responses of 4xx, 5xx, DNS errors, and denied requests whose response was not seen. */
  readonly failures: number;
  /** Milliseconds; undefined when no response carried a latency. */
  readonly p95Ms: number | undefined;
  readonly lastSeenNs: bigint | undefined;
};

export type MapGraph = {
  readonly nodes: readonly MapNode[];
  readonly links: readonly MapLink[];
  /** Seconds that counts cover, for rates. */
  readonly spanS: number;
  /** The moment that ages are measured at; undefined before the first flow. */
  readonly nowNs: bigint | undefined;
};

export const EMPTY_GRAPH: MapGraph = { nodes: [], links: [], spanS: 60, nowNs: undefined };
