// The spec of a Kubernetes NetworkPolicy, as Cilium translates it.

import type { Node } from 'yaml';

import type { Direction } from '../evaluate/decide.ts';
import type {
  LabelSelector,
  PeerSelector,
  PolicyRule,
  PortRange,
  RuleSection,
  TrafficRule,
} from '../model/policy.ts';
import type { NodeReader } from './node-reader.ts';
import { readCidrSet } from './peers.ts';
import { readPort } from './ports.ts';
import { inNamespace, namespaceLabels, ofSource, readSelector } from './selector.ts';

const TYPES = ['Ingress', 'Egress'] as const;
const ALL: PeerSelector = { kind: 'entity', entity: 'all' };

/** The rule of one namespace. Where policyTypes names none it is about ingress, and about egress when it has egress rules. */
export function readKubernetesRule(reader: NodeReader, spec: Node, namespace: string): PolicyRule {
  let subject: LabelSelector | undefined;
  let types: readonly string[] = [];
  const sections: Partial<Record<Direction, readonly TrafficRule[]>> = {};
  const rules = (direction: Direction) => (value: Node) => {
    sections[direction] = reader.list(value, direction, (item) =>
      readRule(reader, item, direction, namespace),
    );
  };
  reader.fields(spec, 'spec', {
    podSelector: (value) => {
      subject = ofSource(readSelector(reader, value, 'podSelector'), 'k8s');
    },
    policyTypes: (value) => {
      types = reader.list(value, 'policyTypes', (item) => readType(reader, item));
    },
    ingress: rules('ingress'),
    egress: rules('egress'),
  });
  if (subject === undefined) reader.problem(spec, 'spec.podSelector is missing');
  const section = (direction: Direction, type: string, isDefault: boolean): RuleSection => {
    const applies = types.length === 0 ? isDefault : types.includes(type);
    return { defaultDeny: applies, allow: applies ? (sections[direction] ?? []) : [], deny: [] };
  };
  return {
    subject: inNamespace(subject ?? { requirements: [] }, namespace),
    ingress: section('ingress', 'Ingress', true),
    egress: section('egress', 'Egress', (sections.egress ?? []).length > 0),
  };
}

function readType(reader: NodeReader, node: Node): string {
  const text = reader.text(node, 'policyTypes');
  if (!TYPES.some((type) => type === text)) {
    reader.problem(node, `policyTypes: "${text}" is not one of ${TYPES.join(', ')}`);
  }
  return text;
}

/** Without peers a rule is for everybody, without ports for all of them; an empty list is as good as none. */
function readRule(reader: NodeReader, node: Node, direction: Direction, namespace: string): TrafficRule {
  let peers: readonly PeerSelector[] = [];
  let ports: readonly PortRange[] = [];
  const side = direction === 'ingress' ? 'from' : 'to';
  reader.fields(node, direction, {
    [side]: (value) => {
      const read = reader.list(value, side, (item) => readPeer(reader, item, side, namespace));
      peers = read.filter((peer) => peer !== undefined);
    },
    ports: (value) => {
      ports = reader.list(value, 'ports', (item) => readPort(reader, item, 'ports', 'TCP'));
    },
  });
  return {
    peers: peers.length > 0 ? peers : [ALL],
    ports: ports.length > 0 ? [{ ports, http: undefined, dns: undefined, tls: false }] : undefined,
    icmps: undefined,
  };
}

function readPeer(
  reader: NodeReader,
  node: Node,
  where: string,
  namespace: string,
): PeerSelector | undefined {
  let pods: LabelSelector | undefined;
  let namespaces: LabelSelector | undefined;
  let block: PeerSelector | undefined;
  let isGiven = false;
  reader.fields(node, where, {
    podSelector: (value) => {
      pods = ofSource(readSelector(reader, value, 'podSelector'), 'k8s');
    },
    namespaceSelector: (value) => {
      namespaces = namespaceLabels(readSelector(reader, value, 'namespaceSelector'));
    },
    ipBlock: (value) => {
      isGiven = true;
      block = readCidrSet(reader, value, 'ipBlock');
    },
  });
  const names = pods ?? namespaces;
  if (isGiven) {
    if (names !== undefined) reader.problem(node, `${where}: ipBlock goes with no selector`);
    return block;
  }
  if (names === undefined) {
    reader.problem(node, `${where} needs podSelector, namespaceSelector or ipBlock`);
    return undefined;
  }
  const selector = pods ?? { requirements: [] };
  return {
    kind: 'endpoints',
    selector:
      namespaces === undefined
        ? inNamespace(selector, namespace)
        : { requirements: [...selector.requirements, ...namespaces.requirements] },
  };
}
