// The smallest CiliumNetworkPolicy and NetworkPolicy that would allow exactly what was denied: one subject, one peer,
// one port or type of ICMP message, and on layer 7 one method and path or one name.
//
// A rule is only ever a suggestion: it says who is let in, not whether they should be.

import type { Label } from '../evaluate/labels.ts';
import type { Denied } from './denied.ts';
import {
  clusterOf,
  hostnameOf,
  identifyingLabels,
  namespaceOf,
  reservedNames,
} from './identifying-labels.ts';
import { toYaml, type Value } from './manifest.ts';
import { policyName } from './policy-name.ts';

/** YAML of a policy, or why there is none of this kind, in a sentence. */
export type Manifest =
  | {
      readonly kind: 'yaml';
      readonly yaml: string;
      /** What holds for this kind of policy alone, in sentences. */ readonly cautions: readonly string[];
    }
  | { readonly kind: 'impossible'; readonly why: string };

export type Suggestion =
  | {
      readonly kind: 'rule';
      readonly cilium: Manifest;
      readonly kubernetes: Manifest;
      /** What else the rule lets in, or what it does not do, in sentences. */
      readonly cautions: readonly string[];
    }
  /** No policy can allow it; `why` says what could be done instead, in one or two sentences. */
  | { readonly kind: 'none'; readonly why: string };

/** How the rule names the other side. */
type Peer =
  | {
      readonly kind: 'pods';
      readonly labels: readonly Label[];
      /** '' for that of the subject. */
      readonly namespace: string;
      /** '' where the rule need not name it. */
      readonly cluster: string;
      readonly isOtherCluster: boolean;
    }
  | { readonly kind: 'entity'; readonly entity: string }
  | { readonly kind: 'node'; readonly hostname: string }
  | { readonly kind: 'fqdn'; readonly name: string; readonly ip: string }
  | { readonly kind: 'cidr'; readonly cidr: string };

type Read = Peer | { readonly kind: 'unknown'; readonly why: string };

/** Never throws, whatever the flow lacked. */
export function suggestRule(denied: Denied): Suggestion {
  const { subject } = denied;
  const subjectLabels = identifyingLabels(subject.labels);
  const namespace = namespaceOf(subject.labels);
  if (reservedNames(subject.labels).includes('host')) {
    return none(
      'The host firewall denied it. Only a CiliumClusterwideNetworkPolicy with a nodeSelector speaks of nodes, and a flow does not tell which nodes it should select.',
    );
  }
  if (reservedNames(subject.labels).includes('ingress')) {
    return none(
      'The proxy of Ingress and Gateway was denied. Only a CiliumClusterwideNetworkPolicy that selects reserved:ingress speaks of it, and it speaks of everything that comes in that way.',
    );
  }
  if (namespace === '') return none('The flow does not tell which pod the policies select.');
  if (subjectLabels.length === 0) {
    return none(
      `The pod that policies select here, ${subject.name}, has no label of its own, so a rule would be for all of ${namespace}. Give it a label first.`,
    );
  }
  const peer = readPeer(denied, namespace);
  if (peer.kind === 'unknown') return none(peer.why);
  return {
    kind: 'rule',
    cilium: { kind: 'yaml', yaml: ciliumYaml(denied, namespace, subjectLabels, peer), cautions: [] },
    kubernetes: kubernetesManifest(denied, namespace, subjectLabels, peer),
    cautions: cautionsOf(denied, peer),
  };
}

function none(why: string): Suggestion {
  return { kind: 'none', why };
}

/** Reserved identities that a rule can name, the narrower first. */
const ENTITIES = ['kube-apiserver', 'ingress', 'health', 'host', 'remote-node', 'init', 'unmanaged'] as const;

/** What Cilium calls a cluster that nobody has given a name. */
const UNNAMED_CLUSTER = 'default';

function readPeer({ subject, peer, direction }: Denied, subjectNamespace: string): Read {
  const reserved = reservedNames(peer.labels);
  const entity = ENTITIES.find((name) => reserved.includes(name));
  const hostname = hostnameOf(peer.labels);
  if (hostname !== '' && (entity === 'remote-node' || entity === 'host')) return { kind: 'node', hostname };
  if (entity !== undefined) return { kind: 'entity', entity };
  const namespace = namespaceOf(peer.labels);
  if (namespace !== '') {
    const labels = identifyingLabels(peer.labels);
    if (labels.length === 0) {
      return {
        kind: 'unknown',
        why: `${peer.name} has no label of its own, so a rule would let in all of ${namespace}. Give it a label first.`,
      };
    }
    const cluster = clusterOf(peer.labels);
    const isOtherCluster = (cluster || UNNAMED_CLUSTER) !== (clusterOf(subject.labels) || UNNAMED_CLUSTER);
    return {
      kind: 'pods',
      labels,
      namespace: namespace === subjectNamespace ? '' : namespace,
      cluster: cluster === UNNAMED_CLUSTER && !isOtherCluster ? '' : cluster,
      isOtherCluster,
    };
  }
  const isOutside = peer.labels.some((label) => /^(cidr|fqdn|cidrgroup|reserved:world)\b/.test(label));
  if (!isOutside) {
    return {
      kind: 'unknown',
      why: 'The flow does not tell who the other side is: its identity has no labels.',
    };
  }
  const [name] = peer.dnsNames;
  if (direction === 'egress' && name !== undefined) {
    return { kind: 'fqdn', name: name.replace(/\.$/, ''), ip: peer.ip };
  }
  if (peer.ip === '')
    return { kind: 'unknown', why: 'The flow does not tell the address of the other side.' };
  return { kind: 'cidr', cidr: wholeAddress(peer.ip) };
}

function wholeAddress(ip: string): string {
  return ip.includes(':') ? `${ip}/128` : `${ip}/32`;
}

function ciliumYaml(denied: Denied, namespace: string, subjectLabels: readonly Label[], peer: Peer): string {
  const side = denied.direction === 'ingress' ? 'from' : 'to';
  const spec = {
    endpointSelector: { matchLabels: ciliumLabels(subjectLabels) },
    [denied.direction]: [{ ...ciliumPeer(peer, side), ...ciliumTraffic(denied) }],
  };
  return toYaml({
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name: policyName(denied, toYaml(spec)), namespace },
    spec,
  });
}

function ciliumLabels(labels: readonly Label[]): Value {
  return Object.fromEntries(labels.map(({ source, key, value }) => [`${source}:${key}`, value]));
}

function ciliumPeer(peer: Peer, side: 'from' | 'to'): { readonly [key: string]: Value } {
  switch (peer.kind) {
    case 'pods':
      return {
        [`${side}Endpoints`]: [
          {
            matchLabels: {
              ...(peer.namespace === '' ? {} : { 'k8s:io.kubernetes.pod.namespace': peer.namespace }),
              ...(peer.cluster === '' ? {} : { 'k8s:io.cilium.k8s.policy.cluster': peer.cluster }),
              ...Object.fromEntries(peer.labels.map(({ source, key, value }) => [`${source}:${key}`, value])),
            },
          },
        ],
      };
    case 'entity':
      return { [`${side}Entities`]: [peer.entity] };
    case 'node':
      return { [`${side}Nodes`]: [{ matchLabels: { 'kubernetes.io/hostname': peer.hostname } }] };
    case 'fqdn':
      return { toFQDNs: [{ matchName: peer.name }] };
    case 'cidr':
      return { [`${side}CIDR`]: [peer.cidr] };
  }
}

function ciliumTraffic(denied: Denied): { readonly [key: string]: Value } {
  const { icmp } = denied;
  if (icmp === undefined) return { toPorts: [ciliumPorts(denied)] };
  return { icmps: [{ fields: [{ family: `IPv${String(icmp.family)}`, type: icmp.type }] }] };
}

function ciliumPorts({ port, protocol, request }: Denied): Value {
  const ports = [{ port: String(port), protocol }];
  if (request === undefined) return { ports };
  if (request.kind === 'dns') {
    return { ports, rules: { dns: [{ matchName: request.name.replace(/\.$/, '') }] } };
  }
  return {
    ports,
    rules: { http: [{ method: escapeExpression(request.method), path: pathExpression(request.path) }] },
  };
}

/**
 * The path as it is, with whatever query or none. Cilium holds the expression against the whole of `:path`, and agents
 * may keep the query to themselves, so a flow without one says nothing; where there is one it is data.
 */
function pathExpression(path: string): string {
  const mark = path.search(/[?#]/);
  return `${escapeExpression(mark < 0 ? path : path.slice(0, mark))}${String.raw`(\?.*)?`}`;
}

function escapeExpression(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}

function kubernetesManifest(
  denied: Denied,
  namespace: string,
  subjectLabels: readonly Label[],
  peer: Peer,
): Manifest {
  const { direction, port, protocol, icmp, request } = denied;
  if (icmp !== undefined) {
    return impossible('A NetworkPolicy cannot name ICMP: it speaks of the ports of TCP, UDP and SCTP only.');
  }
  if (request !== undefined) {
    return impossible(
      `A NetworkPolicy knows no ${request.kind === 'http' ? 'requests' : 'names'}: it would open everything on port ${String(port)}.`,
    );
  }
  const selected = kubernetesPeer(peer, namespace);
  if (selected.kind === 'impossible') return selected;
  const spec = {
    podSelector: { matchLabels: plainLabels(subjectLabels) },
    policyTypes: [direction === 'ingress' ? 'Ingress' : 'Egress'],
    [direction]: [
      {
        [direction === 'ingress' ? 'from' : 'to']: [selected.value],
        // A number: text would be the name of a port.
        ports: [{ port, protocol }],
      },
    ],
  };
  const yaml = toYaml({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: policyName(denied, toYaml(spec)), namespace },
    spec,
  });
  return { kind: 'yaml', yaml, cautions: kubernetesCautions(peer) };
}

/** Only clusters with a name can be part of a mesh. */
function kubernetesCautions(peer: Peer): readonly string[] {
  return peer.kind === 'pods' && peer.cluster !== ''
    ? [
        `A NetworkPolicy cannot name a cluster: in a mesh of clusters it may let in the same labels outside ${peer.cluster} too.`,
      ]
    : [];
}

function kubernetesPeer(
  peer: Peer,
  subjectNamespace: string,
): { readonly kind: 'selected'; readonly value: Value } | Extract<Manifest, { readonly kind: 'impossible' }> {
  switch (peer.kind) {
    case 'pods': {
      if (peer.isOtherCluster) {
        return impossible(
          'The peer is in another cluster. A NetworkPolicy cannot name a cluster: it would let in the same labels of every cluster, or of its own alone.',
        );
      }
      const namespace = peer.namespace === '' ? subjectNamespace : peer.namespace;
      const other =
        namespace === subjectNamespace
          ? {}
          : { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } };
      return {
        kind: 'selected',
        value: { ...other, podSelector: { matchLabels: plainLabels(peer.labels) } },
      };
    }
    case 'entity':
      return impossible(`A NetworkPolicy has no name for ${peer.entity}.`);
    case 'node':
      return impossible('A NetworkPolicy cannot name a node.');
    case 'fqdn':
      return peer.ip === ''
        ? impossible('A NetworkPolicy knows no DNS names.')
        : { kind: 'selected', value: { ipBlock: { cidr: wholeAddress(peer.ip) } } };
    case 'cidr':
      return { kind: 'selected', value: { ipBlock: { cidr: peer.cidr } } };
  }
}

function impossible(why: string): Extract<Manifest, { readonly kind: 'impossible' }> {
  return { kind: 'impossible', why };
}

function plainLabels(labels: readonly Label[]): Value {
  return Object.fromEntries(labels.map(({ key, value }) => [key, value]));
}

function cautionsOf({ direction, request }: Denied, peer: Peer): readonly string[] {
  return [
    ...(peer.kind === 'entity'
      ? [ENTITY_CAUTIONS[peer.entity] ?? `This opens it to all of ${peer.entity}.`]
      : []),
    ...(peer.kind === 'node'
      ? [
          `This opens it to everything on ${peer.hostname} that uses the host network, and works only where Cilium selects nodes by label.`,
        ]
      : []),
    ...(peer.kind === 'fqdn'
      ? [
          'The name only works while a DNS rule lets Cilium see the lookups; a NetworkPolicy can only name the address of today.',
        ]
      : []),
    ...(peer.kind === 'cidr' ? ['The address may belong to somebody else tomorrow.'] : []),
    ...(direction === 'egress' && peer.kind === 'pods' && request === undefined
      ? ['This is the egress side. Policies of the destination decide for themselves.']
      : []),
    ...(request?.kind === 'http' ? ['It allows the path with any query.'] : []),
    ...(request === undefined ? [] : ['It goes beside the rules that let the connection reach the proxy.']),
  ];
}

const ENTITY_CAUTIONS: Readonly<Record<string, string>> = {
  host: 'This opens it to everything on its own node that uses the host network.',
  'remote-node': 'This opens it to everything on other nodes that uses the host network.',
  unmanaged: 'This opens it to every pod that Cilium does not manage.',
  init: 'This opens it to every pod whose labels are not known yet.',
};
