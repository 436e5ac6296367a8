// The workload of each pod, learned from all endpoints together. A node tells the workload of its own pods only; pods on
// other nodes come by name, namespace and labels, so one pod is seen both with and without its workload.

import type { EndpointPart } from '@finderscope/flow-query';

export type PodWorkload = EndpointPart['workloads'][number];

/** Pods remembered; with more the memory starts over. */
const MAX_PODS = 50_000;

export class PodWorkloads {
  #known = new Map<string, PodWorkload>();
  /** Pods whose workload was asked for before anybody had told it. */
  readonly #missed = new Set<string>();

  /** True when something was told otherwise before. */
  learn(endpoint: EndpointPart): boolean {
    const own = ownWorkload(endpoint);
    if (own === undefined || endpoint.podName === '') return false;
    const key = keyOf(endpoint);
    const before = this.#known.get(key);
    if (before?.name === own.name && before.kind === own.kind) return false;
    const isFull = this.#known.size >= MAX_PODS || this.#missed.size >= MAX_PODS;
    if (isFull) {
      this.#known.clear();
      this.#missed.clear();
    }
    this.#known.set(key, own);
    return this.#missed.delete(key) || before !== undefined || isFull;
  }

  /** What the endpoint says itself, else what others have said of its pod. */
  of(endpoint: EndpointPart): PodWorkload | undefined {
    const own = ownWorkload(endpoint);
    if (own !== undefined || endpoint.podName === '') return own;
    const key = keyOf(endpoint);
    const known = this.#known.get(key);
    if (known === undefined && this.#missed.size < MAX_PODS) this.#missed.add(key);
    return known;
  }
}

function ownWorkload({ workloads: [first] }: EndpointPart): PodWorkload | undefined {
  return first === undefined || first.name === '' ? undefined : first;
}

function keyOf({ clusterName, namespace, podName }: EndpointPart): string {
  return `${clusterName}/${namespace}/${podName}`;
}
