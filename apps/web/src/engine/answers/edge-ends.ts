// What the two ends of a flow are called at each scope of the map. Depends on the link alone, so it is worked out once
// per link; only which node an end is on, and the workload of a pod, are learned from all of them together.

import { type EndpointPart, identityName } from '@finderscope/flow-query';
import { DICT, type FlowStore, TALK } from '@finderscope/flow-store';
import type { EdgeNode, EdgeScope, PodFilter } from '../protocol.ts';
import { PodIndex } from './pod-index.ts';
import { PodWorkloads } from './pod-workloads.ts';

export type EndSide = 'source' | 'destination';

/** One end, named for a scope. Ends with the same id are the same node. */
export type End = Omit<EdgeNode, 'pods' | 'podNames' | 'identities' | 'flows'> & {
  /** '' for what is no pod. */
  readonly pod: string;
  readonly identity: number;
};

const RESERVED = 'reserved:';
const CIDR = 'cidr:';
const SIDES = {
  source: { endpoint: DICT.source, ip: DICT.sourceIp, names: DICT.sourceNames },
  destination: { endpoint: DICT.destination, ip: DICT.destinationIp, names: DICT.destinationNames },
} as const;

/** Names of the ends of links at one scope, kept as long as the links keep their meaning. */
export class EdgeEnds {
  readonly #store: FlowStore;
  readonly #scope: EdgeScope;
  readonly #workloads = new PodWorkloads();
  readonly #pods: PodIndex;
  /** Entries of the dictionary of endpoints that have been learned from. */
  #learned = new Set<number>();
  #endpointEpoch = -1;
  #endpoints = 0;
  #linkEpoch = -1;
  #ends: Record<EndSide, (End | undefined)[]> = { source: [], destination: [] };
  /** Grows whenever ends that were told before may be called otherwise. */
  version = 0;

  constructor(store: FlowStore, scope: EdgeScope) {
    this.#store = store;
    this.#scope = scope;
    this.#pods = new PodIndex((endpoint) => insideEnd(endpoint, scope, true, '', this.#workloads));
  }

  /**
   * To be called before `get`, whenever rows may have come or gone. What one flow tells of a pod holds for all others,
   * also for those of another filter.
   */
  refresh(): void {
    const { links, dictionaries } = this.#store;
    if (this.#linkEpoch !== links.epoch) {
      this.#linkEpoch = links.epoch;
      this.#forget();
    }
    if (this.#scope !== 'workload' && this.#scope !== 'pod') return;
    const { epoch, size } = dictionaries.endpoint;
    if (this.#endpointEpoch === epoch && this.#endpoints === size) return;
    if (this.#endpointEpoch !== epoch) {
      this.#learned.clear();
      this.#pods.clear();
    }
    this.#endpointEpoch = epoch;
    this.#endpoints = size;
    for (const id of dictionaries.endpoint.ids()) if (!this.#learned.has(id)) this.#learn(id);
  }

  #forget(): void {
    this.#ends = { source: [], destination: [] };
    this.version++;
  }

  #learn(id: number): void {
    this.#learned.add(id);
    const endpoint = this.#store.dictionaries.endpoint.value(id);
    if (endpoint === undefined || endpoint.podName === '') return;
    this.#pods.add(endpoint);
    if (this.#scope !== 'workload' || !this.#workloads.learn(endpoint)) return;
    this.#forget();
    this.#pods.forgetOwners(endpoint.namespace);
  }

  /** By what the pods of a node are asked for; undefined when none of them are held. */
  podNames({ id, namespace }: End): PodFilter | undefined {
    return this.#pods.namesOf(namespace, id);
  }

  /** `nodeOf` tells the node that an endpoint is on; only the scope 'node' asks, and its answer is not kept. */
  get(link: number, side: EndSide, nodeOf: (endpoint: number) => string): End {
    const kept = this.#ends[side][link];
    if (kept !== undefined) return kept;
    const end = nameEnd(this.#store, link, side, this.#scope, nodeOf, this.#workloads);
    if (this.#scope !== 'node') this.#ends[side][link] = end;
    return end;
  }
}

function nameEnd(
  store: FlowStore,
  link: number,
  side: EndSide,
  scope: EdgeScope,
  nodeOf: (endpoint: number) => string,
  workloads: PodWorkloads,
): End {
  const places = SIDES[side];
  const { links, dictionaries } = store;
  const endpointId = links.at(link, places.endpoint);
  const endpoint = dictionaries.endpoint.value(endpointId);
  const isInside = endpoint !== undefined && (endpoint.podName !== '' || endpoint.namespace !== '');
  const node = scope === 'node' ? nodeOf(endpointId) : '';
  const inside = endpoint && insideEnd(endpoint, scope, isInside, node, workloads);
  if (inside !== undefined) return inside;
  const names = dictionaries.names.value(links.at(link, places.names)) ?? [];
  const ip = dictionaries.ip.value(links.at(link, places.ip)) ?? '';
  return outsideEnd(endpoint, names, ip);
}

/** undefined when the endpoint is none of what the scope shows. */
function insideEnd(
  endpoint: EndpointPart,
  scope: EdgeScope,
  isInside: boolean,
  node: string,
  workloads: PodWorkloads,
): End | undefined {
  const { namespace, podName, clusterName, identity } = endpoint;
  const common = {
    kind: 'inside',
    cluster: clusterName,
    workloadKind: '',
    identity,
    pod: podName === '' ? '' : `${namespace}/${podName}`,
  } as const;
  switch (scope) {
    case 'node':
      if (node === '') return undefined;
      return { ...common, id: `node:${node}`, name: node, namespace: '', cluster: '' };
    case 'identity': {
      if (identity === 0 || identityName(identity) !== undefined || !isInside) return undefined;
      const id = `identity:${clusterName}/${identity}`;
      return { ...common, id, name: String(identity), namespace };
    }
    case 'cluster':
      if (!isInside || clusterName === '') return undefined;
      return { ...common, id: `cluster:${clusterName}`, name: clusterName, namespace: '' };
    case 'namespace':
      if (!isInside) return undefined;
      return { ...common, id: `namespace:${clusterName}/${namespace}`, name: namespace, namespace };
    case 'workload': {
      if (!isInside) return undefined;
      const workload = workloads.of(endpoint);
      const name = workload?.name ?? '';
      if (name === '') return podEnd(common, namespace, podName);
      const workloadKind = workload?.kind ?? '';
      const id = `workload:${clusterName}/${namespace}/${workloadKind}/${name}`;
      return { ...common, id, name, namespace, workloadKind };
    }
    case 'pod':
      return isInside ? podEnd(common, namespace, podName) : undefined;
  }
}

function podEnd(common: Omit<End, 'id' | 'name' | 'namespace'>, namespace: string, podName: string): End {
  const id = `pod:${common.cluster}/${namespace}/${podName}`;
  return { ...common, id, name: podName === '' ? namespace : podName, namespace };
}

/**
 * By DNS name where flows told one; else by the reserved identity, but for the world, which is told apart by CIDR or
 * address where it can be.
 */
function outsideEnd(endpoint: EndpointPart | undefined, names: readonly string[], ip: string): End {
  const identity = endpoint?.identity ?? 0;
  const make = (kind: End['kind'], name: string): End => ({
    id: `${kind}:${name}`,
    kind,
    name,
    namespace: '',
    cluster: '',
    workloadKind: '',
    pod: '',
    identity,
  });
  const name = names.find((candidate) => candidate !== '');
  if (name !== undefined) return make('dns', name);
  const labels = endpoint?.labels ?? [];
  const reserved = labels
    .filter((label) => label.startsWith(RESERVED))
    .map((label) => label.slice(RESERVED.length));
  const entity = reserved.find((label) => !label.startsWith('world')) ?? entityOf(identity);
  if (entity !== undefined) return make('reserved', entity);
  const cidr = labels
    .filter((label) => label.startsWith(CIDR))
    .map((label) => label.slice(CIDR.length))
    .sort((a, b) => prefixLength(b) - prefixLength(a))[0];
  if (cidr !== undefined) return make('address', cidr);
  const world = reserved[0] ?? identityName(identity === 0 ? -1 : identity);
  if (world !== undefined) return make('reserved', world);
  return ip === '' ? make('unknown', '') : make('address', ip);
}

/** The name of a reserved identity other than the world. */
function entityOf(identity: number): string | undefined {
  const name = identity === 0 ? undefined : identityName(identity);
  return name === undefined || name.startsWith('world') ? undefined : name;
}

function prefixLength(cidr: string): number {
  return Number(cidr.slice(cidr.lastIndexOf('/') + 1)) || 0;
}

/** The node that each endpoint is on, as told by flows seen on the side of the endpoint: '' where none was. */
export function learnNodes(
  store: FlowStore,
  talks: Iterable<number>,
  localSideOf: (shape: number) => EndSide | undefined,
): (endpoint: number) => string {
  const nodes = new Map<number, number>();
  const { links, dictionaries } = store;
  for (const talk of talks) {
    const link = store.talks.at(talk, TALK.link);
    const side = localSideOf(store.talks.at(talk, TALK.shape));
    if (side !== undefined) nodes.set(links.at(link, SIDES[side].endpoint), links.at(link, DICT.nodeName));
  }
  return (endpoint) => {
    const node = nodes.get(endpoint);
    return node === undefined ? '' : (dictionaries.nodeName.value(node) ?? '');
  };
}
