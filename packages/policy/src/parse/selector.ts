// Label selectors in YAML: matchLabels and matchExpressions, keys with or without a source.

import type { Node } from 'yaml';

import type { LabelRequirement, LabelSelector } from '../model/policy.ts';
import type { NodeReader } from './node-reader.ts';

const OPERATORS: readonly LabelRequirement['operator'][] = ['In', 'NotIn', 'Exists', 'DoesNotExist'];
const SOURCE = /^(k8s|any|reserved|cidr|container|cni|node|fqdn|unspec|cidrgroup|directory):(.*)$/;
const NAMESPACE_KEYS = ['io.kubernetes.pod.namespace', 'io.cilium.k8s.namespace.labels.'];

/** A key as written: `k8s:app` has a source, `app` and `any:app` match labels of every source. */
function readKey(text: string): Pick<LabelRequirement, 'source' | 'key'> {
  const [, source = '', key = text] = SOURCE.exec(text) ?? [];
  return { source: source === 'any' ? '' : source, key };
}

export function readSelector(reader: NodeReader, node: Node, where: string): LabelSelector {
  const requirements: LabelRequirement[] = [];
  reader.fields(node, where, {
    matchLabels: (value) => {
      for (const [key, text] of reader.texts(value, `${where}.matchLabels`)) {
        requirements.push({ ...readKey(key), operator: 'In', values: [text] });
      }
    },
    matchExpressions: (value) => {
      const at = `${where}.matchExpressions`;
      for (const requirement of reader.list(value, at, (item) => readExpression(reader, item, at))) {
        if (requirement !== undefined) requirements.push(requirement);
      }
    },
  });
  return { requirements };
}

function readExpression(reader: NodeReader, node: Node, where: string): LabelRequirement | undefined {
  let key = '';
  let operatorText = '';
  let values: readonly string[] = [];
  reader.fields(node, where, {
    key: (value) => {
      key = reader.text(value, `${where}.key`);
    },
    operator: (value) => {
      operatorText = reader.text(value, `${where}.operator`);
    },
    values: (value) => {
      values = reader.list(value, `${where}.values`, (item) => reader.text(item, `${where}.values`));
    },
  });
  const operator = OPERATORS.find((candidate) => candidate === operatorText);
  if (operator === undefined) {
    reader.problem(node, `${where}: operator must be one of ${OPERATORS.join(', ')}, not "${operatorText}"`);
    return undefined;
  }
  const takesValues = operator === 'In' || operator === 'NotIn';
  if (takesValues !== values.length > 0) {
    reader.problem(node, `${where}: ${operator} ${takesValues ? 'needs' : 'takes no'} values`);
  }
  return { ...readKey(key), operator, values };
}

/** The selector with `source` for every key that names none. */
export function ofSource({ requirements }: LabelSelector, source: string): LabelSelector {
  return {
    requirements: requirements.map((requirement) =>
      requirement.source === '' ? { ...requirement, source } : requirement,
    ),
  };
}

const IN_SOME_NAMESPACE: LabelRequirement = {
  source: 'k8s',
  key: 'io.kubernetes.pod.namespace',
  operator: 'Exists',
  values: [],
};

/** A selector of namespaces as one of pods in them; without requirements, of the pods of every namespace. */
export function namespaceLabels({ requirements }: LabelSelector): LabelSelector {
  if (requirements.length === 0) return { requirements: [IN_SOME_NAMESPACE] };
  return {
    requirements: requirements.map((requirement) => ({
      ...requirement,
      source: 'k8s',
      key: `io.cilium.k8s.namespace.labels.${requirement.key}`,
    })),
  };
}

/** The selector restricted to a namespace. */
export function inNamespace(selector: LabelSelector, namespace: string): LabelSelector {
  const requirement: LabelRequirement = {
    source: 'k8s',
    key: 'io.kubernetes.pod.namespace',
    operator: 'In',
    values: [namespace],
  };
  return { requirements: [...selector.requirements, requirement] };
}

/** True for a selector that speaks of endpoints whose labels are not known yet. */
export function selectsInit({ requirements }: LabelSelector): boolean {
  return requirements.some(({ source, key }) => source === 'reserved' && key === 'init');
}

/**
 * A peer selector of a namespaced policy stays in its namespace unless it speaks of namespaces or reserved names; one of
 * a clusterwide policy means pods of any namespace then, never the world or a host. A clusterwide policy for endpoints
 * whose labels are not known yet (`ofInit`) asks for no namespace: such a peer has none.
 */
export function peerInNamespace(selector: LabelSelector, namespace: string, ofInit: boolean): LabelSelector {
  const leaves = selector.requirements.some(
    ({ source, key }) => source === 'reserved' || NAMESPACE_KEYS.some((known) => key.startsWith(known)),
  );
  if (leaves) return selector;
  if (namespace !== '') return inNamespace(selector, namespace);
  return ofInit ? selector : { requirements: [...selector.requirements, IN_SOME_NAMESPACE] };
}
