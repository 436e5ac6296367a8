// Whether a peer selector of a rule means the other side of a connection.

import { assertNever } from '@finderscope/base';

import { type Cidr, containsCidr, parseCidr, parseCidrLabel } from '../model/cidr.ts';
import type { DnsRule, Entity, PeerSelector } from '../model/policy.ts';
import { normalizeName } from './dns.ts';
import { type Label, parseLabel, selects } from './labels.ts';

const CLUSTER = 'io.cilium.k8s.policy.cluster';

/** What the entity `cluster` means beside the pods of the cluster. */
const CLUSTER_ENTITIES = [
  'host',
  'remote-node',
  'init',
  'ingress',
  'health',
  'unmanaged',
  'kube-apiserver',
] as const;

/** A service that the other side is a backend of, with its own labels (`key=value`). */
export type ServiceRef = {
  readonly namespace: string;
  readonly name: string;
  readonly labels?: readonly string[];
};

/** The other side of a connection, parsed once per decision. */
export type Peer = {
  readonly labels: readonly Label[];
  readonly cidrs: readonly Cidr[];
  readonly address: Cidr | undefined;
  readonly names: readonly string[];
  readonly services: readonly ServiceRef[];
  readonly isWorld: boolean;
  /** True for a pod of the cluster that the enforcing endpoint is in. */
  readonly isOfCluster: boolean;
};

export type PeerFacts = {
  /** Of the endpoint that enforces. */
  readonly subject: readonly Label[];
  readonly labels: readonly string[];
  readonly ip: string | undefined;
  readonly names: readonly string[];
  readonly services: readonly ServiceRef[];
};

export function readPeer(facts: PeerFacts): Peer {
  const labels = facts.labels.map(parseLabel);
  const [here, there] = [clusterOf(facts.subject), clusterOf(labels)];
  return {
    labels,
    cidrs: labels
      .filter(({ source }) => source === 'cidr')
      .map(({ key }) => parseCidrLabel(key))
      .filter((cidr) => cidr !== undefined),
    address: facts.ip === undefined ? undefined : parseCidr(facts.ip),
    names: facts.names.map(normalizeName),
    services: facts.services,
    isWorld: ['world', 'world-ipv4', 'world-ipv6'].some((name) => isReserved(labels, name)),
    // A host carries no name of its cluster: there every pod of a known cluster is taken for one of its own.
    isOfCluster: there !== undefined && (here === undefined || here === there),
  };
}

function clusterOf(labels: readonly Label[]): string | undefined {
  return labels.find(({ source, key }) => source === 'k8s' && key === CLUSTER)?.value;
}

function isReserved(labels: readonly Label[], name: string): boolean {
  return labels.some(({ source, key }) => source === 'reserved' && key === name);
}

/** True when the selector is for everybody, so that Hubble reports a match without a peer. */
export function isEverybody(selector: PeerSelector): boolean {
  if (selector.kind === 'entity') return selector.entity === 'all';
  return selector.kind === 'endpoints' && selector.selector.requirements.length === 0;
}

export function selectsPeer(selector: PeerSelector, peer: Peer): boolean {
  switch (selector.kind) {
    case 'endpoints':
      return selects(selector.selector, peer.labels);
    case 'entity':
      return isEntity(selector.entity, peer);
    case 'cidr':
      return isInside(selector.prefix, selector.except, peer);
    case 'fqdn':
      return isNamed(selector.name, peer);
    case 'service':
      return peer.services.some(
        ({ namespace, name }) => namespace === selector.namespace && name === selector.name,
      );
    case 'service-labels':
      return peer.services.some(
        ({ namespace, labels = [] }) =>
          (selector.namespace === '' || selector.namespace === namespace) &&
          selects(selector.selector, labels.map(parseLabel)),
      );
    case 'nodes':
      return isNode(peer) && selects(selector.selector, peer.labels);
    default:
      return assertNever(selector);
  }
}

/** World is everything outside. The cluster is its own pods and what is reserved, but no pod of another cluster. */
function isEntity(entity: Entity, peer: Peer): boolean {
  switch (entity) {
    case 'all':
      return true;
    case 'none':
      return false;
    case 'world':
      return peer.isWorld;
    case 'cluster':
      return peer.isOfCluster || CLUSTER_ENTITIES.some((name) => isReserved(peer.labels, name));
    default:
      return isReserved(peer.labels, entity);
  }
}

/** Prefixes mean what is outside the cluster: never pods, and not nodes by default. */
function isInside(prefix: Cidr, except: readonly Cidr[], peer: Peer): boolean {
  if (!peer.isWorld) return false;
  const places = peer.address === undefined ? peer.cidrs : [peer.address];
  // The world as a whole, without an address, is only in the prefix that holds everything.
  if (places.length === 0) return prefix.length === 0 && except.length === 0;
  return places.some(
    (place) => containsCidr(prefix, place) && !except.some((hole) => containsCidr(hole, place)),
  );
}

function isNamed(rule: DnsRule, peer: Peer): boolean {
  return (
    peer.labels.some(({ source, key }) => source === 'fqdn' && key === rule.text) ||
    peer.names.some((name) => rule.names.test(name))
  );
}

function isNode(peer: Peer): boolean {
  return isReserved(peer.labels, 'remote-node') || isReserved(peer.labels, 'host');
}
