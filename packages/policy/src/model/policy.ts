// A policy after parsing: every rule spelt out, namespaces already added to selectors.

import type { Cidr } from './cidr.ts';

export type PolicyKind = 'CiliumNetworkPolicy' | 'CiliumClusterwideNetworkPolicy' | 'NetworkPolicy';

export type Policy = {
  readonly kind: PolicyKind;
  readonly name: string;
  /** '' for a clusterwide policy. */
  readonly namespace: string;
  /** metadata.uid, '' when the document has none. */
  readonly uid: string;
  readonly rules: readonly PolicyRule[];
};

/** One `spec` (or one of `specs`). */
export type PolicyRule = {
  /** The endpoints that the rule is about. */
  readonly subject: LabelSelector;
  readonly ingress: RuleSection;
  readonly egress: RuleSection;
};

/** One direction of a rule. With `defaultDeny` everything that nothing allows is denied for the rule's subjects. */
export type RuleSection = {
  readonly defaultDeny: boolean;
  readonly allow: readonly TrafficRule[];
  readonly deny: readonly TrafficRule[];
};

export type TrafficRule = {
  /** Any of these; undefined: everybody. */
  readonly peers: readonly PeerSelector[] | undefined;
  /** Any of these; undefined: every port of every protocol, ICMP too. */
  readonly ports: readonly PortRule[] | undefined;
  /** Any of these messages and nothing else; undefined: the rule does not speak of ICMP. */
  readonly icmps: readonly IcmpMessage[] | undefined;
};

export type PeerSelector =
  | { readonly kind: 'endpoints'; readonly selector: LabelSelector }
  | { readonly kind: 'entity'; readonly entity: Entity }
  | { readonly kind: 'cidr'; readonly prefix: Cidr; readonly except: readonly Cidr[] }
  | { readonly kind: 'fqdn'; readonly name: DnsRule }
  | { readonly kind: 'service'; readonly namespace: string; readonly name: string }
  /** Services by their labels; '' is every namespace. */
  | { readonly kind: 'service-labels'; readonly namespace: string; readonly selector: LabelSelector }
  /** Nodes by their labels: hosts and host-network pods, never pods that merely run there. */
  | { readonly kind: 'nodes'; readonly selector: LabelSelector };

/** A name or a pattern of names, lower case and without a dot at the end. */
export type DnsRule = { readonly text: string; readonly names: RegExp };

export const ENTITIES = [
  'all',
  'world',
  'world-ipv4',
  'world-ipv6',
  'cluster',
  'host',
  'remote-node',
  'kube-apiserver',
  'ingress',
  'init',
  'health',
  'unmanaged',
  'none',
] as const;
export type Entity = (typeof ENTITIES)[number];

export const PROTOCOLS = ['TCP', 'UDP', 'SCTP', 'ANY'] as const;
export type PolicyProtocol = (typeof PROTOCOLS)[number];

/** A type of ICMP message, of IPv4 or IPv6. */
export type IcmpMessage = { readonly family: 4 | 6; readonly type: number };

/** One item of `toPorts`. */
export type PortRule = {
  readonly ports: readonly PortRange[];
  /** Requests must match one of these; undefined: no HTTP rules. */
  readonly http: readonly HttpRule[] | undefined;
  /** Lookups must match one of these; undefined: no DNS rules. */
  readonly dns: readonly DnsRule[] | undefined;
  /** The proxy takes TLS apart (terminatingTLS, originatingTLS), so that HTTP rules hold inside it. */
  readonly tls: boolean;
};

export type PortRange = {
  /** Both ends included; 0 to 0 is every port of what has ports, or the one of the name. */
  readonly first: number;
  readonly last: number;
  /** Name of a container port of the destination; undefined for numbers. */
  readonly name?: string;
  readonly protocol: PolicyProtocol;
};

/** What is undefined is not asked for. Expressions match whole values. */
export type HttpRule = {
  readonly method: RegExp | undefined;
  readonly path: RegExp | undefined;
  readonly host: RegExp | undefined;
  readonly headers: readonly { readonly name: string; readonly value: string | undefined }[];
};

/** All requirements must hold; no requirement selects everything. */
export type LabelSelector = { readonly requirements: readonly LabelRequirement[] };

export type LabelRequirement = {
  /** '' is any source. */
  readonly source: string;
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values: readonly string[];
};
