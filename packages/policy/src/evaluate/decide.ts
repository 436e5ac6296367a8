// The decision for one new connection at one endpoint, in one direction, as Cilium's datapath takes it and Hubble
// reports it.
//
//   no rule selects the endpoint in this direction -> not enforced, no verdict event
//   a deny rule fits                               -> denied, explicitly
//   allow rules fit                                -> allowed by those of the most specific kind (ports before peers)
//   nothing fits                                   -> denied by default, unless no rule here denies by default

import type {
  DnsRule,
  HttpRule,
  IcmpMessage,
  Policy,
  PolicyKind,
  PortRange,
  PortRule,
  RuleSection,
  TrafficRule,
} from '../model/policy.ts';
import { parseLabel, selects } from './labels.ts';
import { isEverybody, type Peer, readPeer, selectsPeer, type ServiceRef } from './peer.ts';

/** Numbers of Flow.policy_match_type. */
export const PolicyMatch = {
  NONE: 0,
  L3_ONLY: 1,
  L3_L4: 2,
  L4_ONLY: 3,
  ALL: 4,
  L3_PROTO: 5,
  PROTO_ONLY: 6,
} as const;
export type PolicyMatch = (typeof PolicyMatch)[keyof typeof PolicyMatch];

export type Direction = 'ingress' | 'egress';

export type Connection = {
  readonly direction: Direction;
  /** Labels (`source:key=value`) of the endpoint that enforces: the source on egress, the destination on ingress. */
  readonly subject: readonly string[];
  /** Labels of the other side. */
  readonly peer: readonly string[];
  /** Address of the other side. Outside the cluster CIDR rules are held against it; without it, against its labels. */
  readonly peerIp?: string | undefined;
  /** Names that the subject knows the other side by from DNS, for FQDN rules. */
  readonly peerNames?: readonly string[];
  /** Services that the other side is a backend of, for service rules. */
  readonly peerServices?: readonly ServiceRef[];
  readonly protocol: 'TCP' | 'UDP' | 'SCTP' | 'ICMP';
  /** Destination port; 0 for ICMP. */
  readonly port: number;
  /** Names that the destination's containers give their ports: of the subject on ingress, of the peer on egress. */
  readonly portNames?: readonly NamedPort[];
  /** With protocol ICMP: what the message is. Without it no rule about ICMP types fits. */
  readonly icmp?: IcmpMessage | undefined;
};

export type NamedPort = {
  readonly name: string;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
};

/** A policy as a flow names it. */
export type PolicyRef = {
  readonly kind: PolicyKind;
  readonly name: string;
  readonly namespace: string;
  readonly labels: readonly string[];
  readonly revision: bigint;
};

export type Decision =
  | { readonly kind: 'not-enforced' }
  | {
      readonly kind: 'allowed';
      readonly match: PolicyMatch;
      readonly by: readonly PolicyRef[];
      /** With HTTP rules the connection goes through the proxy, which asks `allowsHttp` for each request. */
      readonly http: readonly HttpRule[] | undefined;
      /** With DNS rules lookups go through the DNS proxy, which asks `allowsDns` for each. */
      readonly dns: readonly DnsRule[] | undefined;
      /** True when the proxy opens TLS to apply the HTTP rules. */
      readonly tls: boolean;
    }
  | {
      readonly kind: 'denied';
      readonly reason: 'default' | 'explicit';
      readonly match: PolicyMatch;
      readonly by: readonly PolicyRef[];
      /** In audit mode the connection goes on all the same, and the verdict is AUDIT. */
      readonly audited: boolean;
    };

export type PolicySet = {
  readonly policies: readonly Policy[];
  readonly revision: bigint;
  readonly decide: (connection: Connection) => Decision;
};

export type PolicySetOptions = {
  /** Denials are reported, not enforced. L7 rules are enforced all the same. */
  readonly auditMode?: boolean;
};

/** The policies in force, at a revision that flows then name. */
export function createPolicySet(
  policies: readonly Policy[],
  revision: bigint,
  { auditMode = false }: PolicySetOptions = {},
): PolicySet {
  return { policies, revision, decide: (connection) => decide(policies, revision, auditMode, connection) };
}

/** A rule that fits, and how. */
type Fit = Pick<PortRule, 'http' | 'dns' | 'tls'> & { readonly policy: Policy; readonly match: PolicyMatch };

/** The datapath prefers the entry with the longest port, then the one that names the peer. */
const PREFERENCE: readonly PolicyMatch[] = [
  PolicyMatch.L3_L4,
  PolicyMatch.L4_ONLY,
  PolicyMatch.L3_PROTO,
  PolicyMatch.PROTO_ONLY,
  PolicyMatch.L3_ONLY,
  PolicyMatch.ALL,
];

function decide(
  policies: readonly Policy[],
  revision: bigint,
  audited: boolean,
  connection: Connection,
): Decision {
  const subject = connection.subject.map(parseLabel);
  const peer = readPeer({
    subject,
    labels: connection.peer,
    ip: connection.peerIp,
    names: connection.peerNames ?? [],
    services: connection.peerServices ?? [],
  });
  const sections = policies.flatMap((policy) =>
    policy.rules
      .filter((rule) => selects(rule.subject, subject))
      .map((rule) => ({ policy, section: connection.direction === 'ingress' ? rule.ingress : rule.egress })),
  );
  const fits = (rulesOf: (section: RuleSection) => readonly TrafficRule[]): readonly Fit[] =>
    sections.flatMap(({ policy, section }) =>
      rulesOf(section).flatMap((rule) => fitRule(policy, rule, peer, connection)),
    );

  const denied = preferred(fits((section) => section.deny));
  if (denied !== undefined) {
    const by = refsOf(denied.fits, revision);
    return { kind: 'denied', reason: 'explicit', match: denied.match, by, audited };
  }
  const isSilent = ({ allow, deny }: RuleSection): boolean => allow.length === 0 && deny.length === 0;
  const deniesByDefault = sections.some(({ section }) => section.defaultDeny);
  if (!deniesByDefault && sections.every(({ section }) => isSilent(section))) return { kind: 'not-enforced' };
  const allowing = fits((section) => section.allow);
  const allowed = preferred(allowing);
  if (allowed !== undefined) {
    const by = refsOf(allowed.fits, revision);
    // Where nothing denies by default, an entry for everything lies beside what the rules say.
    return {
      kind: 'allowed',
      match: allowed.match,
      by,
      ...mergeL7(allowed.fits, allowing, !deniesByDefault),
    };
  }
  if (deniesByDefault) return { kind: 'denied', reason: 'default', match: PolicyMatch.NONE, by: [], audited };
  return { kind: 'allowed', match: PolicyMatch.ALL, by: [], http: undefined, dns: undefined, tls: false };
}

function preferred(fits: readonly Fit[]): { match: PolicyMatch; fits: readonly Fit[] } | undefined {
  for (const match of PREFERENCE) {
    const those = fits.filter((fit) => fit.match === match);
    if (those.length > 0) return { match, fits: those };
  }
  return undefined;
}

const ANY_REQUEST: HttpRule = { method: undefined, path: undefined, host: undefined, headers: [] };
const ANY_NAME: DnsRule = { text: '*', names: /^/ };

/** A rule without L7 rules lets every request pass, but the connection still goes through the proxy. */
function mergeL7(
  chosen: readonly Fit[],
  all: readonly Fit[],
  anything: boolean,
): Pick<PortRule, 'http' | 'dns' | 'tls'> {
  const merge = <T>(rulesOf: (fit: Fit) => readonly T[] | undefined, any: T): readonly T[] | undefined =>
    chosen.every((fit) => rulesOf(fit) === undefined)
      ? undefined
      : [...all.flatMap((fit) => rulesOf(fit) ?? [any]), ...(anything ? [any] : [])];
  return {
    http: merge((fit) => fit.http, ANY_REQUEST),
    dns: merge((fit) => fit.dns, ANY_NAME),
    tls: chosen.some((fit) => fit.tls),
  };
}

function fitRule(policy: Policy, rule: TrafficRule, peer: Peer, connection: Connection): readonly Fit[] {
  if (rule.peers !== undefined && !rule.peers.some((selector) => selectsPeer(selector, peer))) return [];
  const anyPeer = rule.peers === undefined || rule.peers.some((selector) => isEverybody(selector));
  if (rule.icmps !== undefined) {
    // To the datapath the type of a message is what a port is to TCP.
    const match = anyPeer ? PolicyMatch.L4_ONLY : PolicyMatch.L3_L4;
    const fit: Fit = { policy, match, http: undefined, dns: undefined, tls: false };
    return coversMessage(rule.icmps, connection) ? [fit] : [];
  }
  if (rule.ports === undefined) {
    const match = anyPeer ? PolicyMatch.ALL : PolicyMatch.L3_ONLY;
    return [{ policy, match, http: undefined, dns: undefined, tls: false }];
  }
  return rule.ports.flatMap(({ ports, http, dns, tls }) =>
    ports
      .filter((range) => coversPort(range, connection))
      .map((range) => ({ policy, match: matchOf(range, anyPeer), http, dns, tls })),
  );
}

function coversMessage(messages: readonly IcmpMessage[], { protocol, icmp }: Connection): boolean {
  return (
    protocol === 'ICMP' && messages.some(({ family, type }) => family === icmp?.family && type === icmp.type)
  );
}

function matchOf(range: PortRange, anyPeer: boolean): PolicyMatch {
  if (range.last > 0 || range.name !== undefined) return anyPeer ? PolicyMatch.L4_ONLY : PolicyMatch.L3_L4;
  return anyPeer ? PolicyMatch.PROTO_ONLY : PolicyMatch.L3_PROTO;
}

function coversPort(range: PortRange, { protocol, port, portNames }: Connection): boolean {
  if (range.name !== undefined) {
    return (
      (range.protocol === 'ANY' || range.protocol === protocol) &&
      (portNames ?? []).some(
        (named) => named.name === range.name && named.port === port && named.protocol === protocol,
      )
    );
  }
  // Any protocol is any that has ports: TCP, UDP and SCTP.
  if (protocol === 'ICMP' || (range.protocol !== 'ANY' && range.protocol !== protocol)) return false;
  return range.last === 0 || (port >= range.first && port <= range.last);
}

/** Each policy once, in the order of their names. */
function refsOf(fits: readonly Fit[], revision: bigint): readonly PolicyRef[] {
  return [...new Set(fits.map((fit) => fit.policy))]
    .map((policy) => policyRef(policy, revision))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A policy as flows name it, with the labels that Cilium derives for it. */
export function policyRef(
  policy: Pick<Policy, 'kind' | 'name' | 'namespace' | 'uid'>,
  revision: bigint,
): PolicyRef {
  const label = (key: string, value: string): string => `k8s:io.cilium.k8s.policy.${key}=${value}`;
  return {
    kind: policy.kind,
    name: policy.name,
    namespace: policy.namespace,
    labels: [
      label('derived-from', policy.kind),
      label('name', policy.name),
      ...(policy.namespace === '' ? [] : [label('namespace', policy.namespace)]),
      ...(policy.uid === '' ? [] : [label('uid', policy.uid)]),
    ],
    revision,
  };
}
