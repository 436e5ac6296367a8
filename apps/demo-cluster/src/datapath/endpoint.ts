// Who takes part in traffic: pods, and what has no pod (hosts, the world).

import { create } from '@bufbuild/protobuf';
import { type Endpoint, EndpointSchema } from '@finderscope/hubble-api';
import type { NamedPort } from '@finderscope/policy';

export type Pod = {
  readonly kind: 'pod';
  readonly cluster: string;
  readonly id: number;
  readonly identity: number;
  readonly namespace: string;
  readonly name: string;
  /** `k8s:key=value`, sorted. */
  readonly labels: readonly string[];
  readonly workload: { readonly name: string; readonly kind: string };
  readonly ip: string;
  readonly mac: string;
  /** Index of the node it runs on. */
  readonly node: number;
  /** Ports that its containers give names. */
  readonly portNames: readonly NamedPort[];
  readonly interface: { readonly index: number; readonly name: string };
};

/** How an agent knows an endpoint. */
type Known = { readonly identity: number; readonly labels: readonly string[] };

/** A reserved entity, or a place outside the cluster. Only on its own node has a host an endpoint ID. */
export type ReservedEntity = {
  readonly kind: 'entity';
  readonly id: number;
  readonly identity: number;
  readonly labels: readonly string[];
  readonly ip: string;
  readonly mac: string;
  /** -1 when it is on no node of the cluster. */
  readonly node: number;
  /** How the agents of other nodes know it, where that differs: a host is a remote node there. */
  readonly elsewhere: Known | undefined;
  /** Names that DNS gave for it. */
  readonly names: readonly string[];
};

export type TrafficEndpoint = Pod | ReservedEntity;

export type ServiceAddress = {
  readonly namespace: string;
  readonly name: string;
  readonly ip: string;
  readonly port: number;
};

export type PodSpec = {
  /** CLUSTER_NAME unless said otherwise. */
  readonly cluster?: string;
  readonly id: number;
  readonly identity: number;
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly serviceAccount?: string;
  readonly workload: { readonly name: string; readonly kind: string };
  readonly ip: string;
  readonly node: number;
  readonly portNames?: readonly NamedPort[];
};

export const CLUSTER_NAME = 'default';

/** A pod with the labels that Cilium adds to those of its manifest. */
export function pod(spec: PodSpec): Pod {
  const cluster = spec.cluster ?? CLUSTER_NAME;
  const added = {
    'io.cilium.k8s.namespace.labels.kubernetes.io/metadata.name': spec.namespace,
    'io.cilium.k8s.policy.cluster': cluster,
    'io.cilium.k8s.policy.serviceaccount': spec.serviceAccount ?? 'default',
    'io.kubernetes.pod.namespace': spec.namespace,
  };
  return {
    kind: 'pod',
    cluster,
    id: spec.id,
    identity: spec.identity,
    namespace: spec.namespace,
    name: spec.name,
    labels: Object.entries({ ...spec.labels, ...added })
      .map(([key, value]) => `k8s:${key}=${value}`)
      .sort(),
    workload: spec.workload,
    ip: spec.ip,
    mac: macOf(spec.ip, 0x0a),
    node: spec.node,
    portNames: spec.portNames ?? [],
    interface: { index: 8 + 2 * (spec.id % 40), name: `lxc${hexId(spec.id * 2_654_435_761)}` },
  };
}

export function reservedEntity(
  spec: Pick<ReservedEntity, 'id' | 'identity' | 'labels' | 'ip' | 'node'> &
    Partial<Pick<ReservedEntity, 'elsewhere' | 'names'>>,
): ReservedEntity {
  return { kind: 'entity', elsewhere: undefined, names: [], ...spec, mac: macOf(spec.ip, 0x52) };
}

/** A service's address as an endpoint: to Cilium it is the world. */
export function serviceEndpoint(service: ServiceAddress): ReservedEntity {
  return worldEndpoint({ identity: 2, labels: ['reserved:world'] }, service.ip, []);
}

/** An address outside the cluster. */
export function worldEndpoint(known: Known, ip: string, names: readonly string[]): ReservedEntity {
  return reservedEntity({ id: 0, ...known, ip, node: -1, names });
}

/** Who an endpoint is to the agent of a node. */
export function knownFrom(endpoint: TrafficEndpoint, observer: number): Known {
  const isElsewhere = endpoint.kind === 'entity' && endpoint.node !== observer;
  return (isElsewhere ? endpoint.elsewhere : undefined) ?? endpoint;
}

/** A stable locally administered MAC for an IPv4 address. */
export function macOf(ip: string, first: number): string {
  const bytes = ip.split('.').map(Number);
  return [first, 0x3c, ...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}

function hexId(value: number): string {
  return (value % 2 ** 48).toString(16).padStart(12, '0');
}

/** The endpoint as a node's agent reports it: ID and workload only of its own. */
export function endpointMessage(endpoint: TrafficEndpoint, observer: number): Endpoint {
  const isLocal = endpoint.node === observer;
  const { identity, labels } = knownFrom(endpoint, observer);
  const common = { ID: isLocal ? endpoint.id : 0, identity, labels: [...labels] };
  if (endpoint.kind === 'entity') return create(EndpointSchema, common);
  return create(EndpointSchema, {
    ...common,
    clusterName: endpoint.cluster,
    namespace: endpoint.namespace,
    podName: endpoint.name,
    workloads: isLocal ? [endpoint.workload] : [],
  });
}

/** The names that a flow carries for an endpoint. */
export function namesOf(endpoint: TrafficEndpoint): string[] {
  return endpoint.kind === 'entity' ? [...endpoint.names] : [];
}
