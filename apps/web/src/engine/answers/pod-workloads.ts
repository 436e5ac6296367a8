// The workload of each pod, learned from all endpoints together. A node tells the workload of its own pods only; pods on
// other nodes come by name, namespace and labels, so one pod is seen both with and without its workload.

import type { EndpointPart } from '@finderscope/flow-query';

export type PodWorkload = EndpointPart['workloads'][number];

/** Pods remembered; with more the memory starts over. */
const MAX_PODS = 50_000;

export class PodWorkloads {
  #known = new Map<string, PodWorkload>();

  /** True when this tells something new. */
  learn(endpoint: EndpointPart): boolean {
    const own = ownWorkload(endpoint);
    if (own === undefined || endpoint.podName === '') return false;
    const key = keyOf(endpoint);
    const before = this.#known.get(key);
    if (before?.name === own.name && before.kind === own.kind) return false;
    if (this.#known.size >= MAX_PODS) this.#known.clear();
    this.#known.set(key, own);
    return true;
  }

  /** What the endpoint says itself, else what others have said of its pod. */
  of(endpoint: EndpointPart): PodWorkload | undefined {
    return ownWorkload(endpoint) ?? (endpoint.podName === '' ? undefined : this.#known.get(keyOf(endpoint)));
  }
}

function ownWorkload({ workloads: [first] }: EndpointPart): PodWorkload | undefined {
  return first === undefined || first.name === '' ? undefined : first;
}

function keyOf({ clusterName, namespace, podName }: EndpointPart): string {
  return `${clusterName}/${namespace}/${podName}`;
}
