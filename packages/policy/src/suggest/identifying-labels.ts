// Which labels of an endpoint stand for its workload, so that a rule selects it today and after the next release.
//
// Cilium leaves most of these out of a pod's identity already; clusters configure that differently, so nothing relies
// on it.

import { type Label, parseLabel } from '../evaluate/labels.ts';

/** One pod, one revision or one run. */
const PASSING: ReadonlySet<string> = new Set([
  'pod-template-hash',
  'pod-template-generation',
  'controller-revision-hash',
  'controller-uid',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-completion-index',
  'job-name',
  'batch.kubernetes.io/job-name',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'app.kubernetes.io/version',
  'app.kubernetes.io/managed-by',
  'helm.sh/chart',
  'chart',
  'heritage',
  'security.istio.io/tlsMode',
  'service.istio.io/canonical-revision',
]);

/** Cilium's own: namespace, cluster, service account and the namespace's labels are spoken of in other ways. */
const OWN = /^io\.(kubernetes|cilium)\./;

const NAMESPACE = 'io.kubernetes.pod.namespace';
const HOSTNAME = 'kubernetes.io/hostname';
const CLUSTER = 'io.cilium.k8s.policy.cluster';

/** In the order of the flow; empty when nothing tells the workload from others. */
export function identifyingLabels(labels: readonly string[]): readonly Label[] {
  return labels
    .map(parseLabel)
    .filter(({ source, key }) => source === 'k8s' && !OWN.test(key) && !PASSING.has(key));
}

/** '' for what is in no namespace. */
export function namespaceOf(labels: readonly string[]): string {
  return valueOf(labels, NAMESPACE);
}

/** '' when the labels do not tell. */
export function clusterOf(labels: readonly string[]): string {
  return valueOf(labels, CLUSTER);
}

/** The node that a node's identity stands for, where identities carry labels of nodes; '' elsewhere. */
export function hostnameOf(labels: readonly string[]): string {
  const known = labels.map(parseLabel).find(({ source, key }) => source === 'node' && key === HOSTNAME);
  return known?.value ?? '';
}

/** Names after `reserved:`. */
export function reservedNames(labels: readonly string[]): readonly string[] {
  return labels.map(parseLabel).flatMap(({ source, key }) => (source === 'reserved' ? [key] : []));
}

function valueOf(labels: readonly string[], key: string): string {
  return labels.map(parseLabel).find((label) => label.source === 'k8s' && label.key === key)?.value ?? '';
}
