// From YAML text, one or many documents, to policies. Strict: a policy that is only half understood would be worse
// than none, so everything unknown is a problem and there is no result then.

import { err, ok, type Result } from '@finderscope/base';
import { isScalar, LineCounter, type Node, parseAllDocuments } from 'yaml';

import type { Policy, PolicyKind } from '../model/policy.ts';
import { readCiliumRule } from './cilium-rule.ts';
import { readKubernetesRule } from './kubernetes-rule.ts';
import { ignored, NodeReader, type PolicyProblem } from './node-reader.ts';

const KINDS: readonly PolicyKind[] = [
  'CiliumNetworkPolicy',
  'CiliumClusterwideNetworkPolicy',
  'NetworkPolicy',
];

/** The policies in the text, or everything that is wrong with it. Empty documents are passed over. */
export function parsePolicies(yaml: string): Result<readonly Policy[], readonly PolicyProblem[]> {
  const lines = new LineCounter();
  const documents = parseAllDocuments(yaml, { lineCounter: lines });
  const policies: Policy[] = [];
  const problems: PolicyProblem[] = [];
  for (const document of Array.isArray(documents) ? documents : []) {
    for (const error of document.errors) {
      const at = lines.linePos(error.pos[0]);
      problems.push({ line: at.line, column: at.col, message: error.message.split('\n', 1)[0] ?? '' });
    }
    const root = document.contents;
    if (document.errors.length > 0 || root === null || isEmpty(root)) continue;
    const reader = new NodeReader(document, lines);
    const policy = readPolicy(reader, root);
    problems.push(...reader.problems);
    if (policy !== undefined) policies.push(policy);
  }
  return problems.length > 0 ? err(problems) : ok(policies);
}

/** A document of nothing but comments. */
function isEmpty(root: Node): boolean {
  return isScalar(root) && root.value === null;
}

const CILIUM = 'cilium.io/v2';
const API_VERSIONS: Readonly<Record<PolicyKind, string>> = {
  CiliumNetworkPolicy: CILIUM,
  CiliumClusterwideNetworkPolicy: CILIUM,
  NetworkPolicy: 'networking.k8s.io/v1',
};

function readPolicy(reader: NodeReader, root: Node): Policy | undefined {
  const found: { apiVersion?: Node; kind?: Node } = {};
  let metadata: Metadata = { name: '', namespace: 'default', uid: '' };
  const specs: Node[] = [];
  reader.fields(root, 'policy', {
    apiVersion: (value) => {
      found.apiVersion = value;
    },
    kind: (value) => {
      found.kind = value;
    },
    metadata: (value) => {
      metadata = readMetadata(reader, value);
    },
    spec: (value) => specs.push(value),
    specs: (value) => specs.push(...reader.list(value, 'specs', (item) => item)),
    status: ignored,
  });
  const kindText = found.kind === undefined ? '' : reader.text(found.kind, 'kind');
  const kind = KINDS.find((candidate) => candidate === kindText);
  if (kind === undefined) {
    reader.problem(found.kind ?? root, `kind must be one of ${KINDS.join(', ')}, not "${kindText}"`);
    return undefined;
  }
  const version = found.apiVersion === undefined ? '' : reader.text(found.apiVersion, 'apiVersion');
  if (version !== API_VERSIONS[kind]) {
    reader.problem(
      found.apiVersion ?? root,
      `apiVersion must be ${API_VERSIONS[kind]} for a ${kind}, not "${version}"`,
    );
  }
  const { name, uid } = metadata;
  if (name === '') reader.problem(root, 'metadata.name is missing');
  if (specs.length === 0) reader.problem(root, 'spec is missing');
  const namespace = kind === 'CiliumClusterwideNetworkPolicy' ? '' : metadata.namespace;
  const readSpec = kind === 'NetworkPolicy' ? readKubernetesRule : readCiliumRule;
  return { kind, name, namespace, uid, rules: specs.map((spec) => readSpec(reader, spec, namespace)) };
}

type Metadata = Pick<Policy, 'name' | 'namespace' | 'uid'>;

/** What a server adds to the metadata of an object is passed over, so that `kubectl get -o yaml` can be read. */
function readMetadata(reader: NodeReader, node: Node): Metadata {
  let [name, namespace, uid] = ['', 'default', ''];
  reader.fields(node, 'metadata', {
    name: (text) => {
      name = reader.text(text, 'metadata.name');
    },
    namespace: (text) => {
      namespace = reader.text(text, 'metadata.namespace');
    },
    uid: (text) => {
      uid = reader.text(text, 'metadata.uid');
    },
    labels: (map) => reader.texts(map, 'metadata.labels'),
    annotations: (map) => reader.texts(map, 'metadata.annotations'),
    creationTimestamp: ignored,
    deletionGracePeriodSeconds: ignored,
    deletionTimestamp: ignored,
    finalizers: ignored,
    generateName: ignored,
    generation: ignored,
    managedFields: ignored,
    ownerReferences: ignored,
    resourceVersion: ignored,
    selfLink: ignored,
  });
  return { name, namespace, uid };
}
