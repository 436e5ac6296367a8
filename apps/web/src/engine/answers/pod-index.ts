// Which pods are held, and by which beginnings of names those of one node of the map are asked for without finding the
// pods of another.
//
//     cart-7f9c-aaaaa   of Deployment cart        cart: `shop/cart-` would find cart-db-0 too,
//     cart-7f9c-bbbbb   of Deployment cart              so `shop/cart-7f9c-`
//     cart-db-0         of StatefulSet cart-db    cart-db: `shop/cart-db-`

import type { EndpointPart } from '@finderscope/flow-query';
import type { PodFilter } from '../protocol.ts';

/** What a pod belongs to on the map: ids as of the nodes there. */
type Owner = { readonly id: string; readonly name: string };
type Pod = { readonly name: string; readonly cluster: string; readonly owner: Owner };
/** The pods of one namespace: all in order of their names, and by owner. */
type Sorted = {
  readonly all: readonly Pod[];
  readonly byOwner: ReadonlyMap<string, readonly Pod[]>;
  readonly names: Map<string, PodFilter>;
};

/** With more the address would get too long for a server; then the beginning that all share is said to find others. */
const MAX_VALUES = 48;

export class PodIndex {
  readonly #ownerOf: (endpoint: EndpointPart) => Owner | undefined;
  /** By namespace, then by cluster and name. */
  readonly #pods = new Map<string, Map<string, EndpointPart>>();
  /** What was worked out of it, until it changes. */
  readonly #sorted = new Map<string, Sorted>();

  constructor(ownerOf: (endpoint: EndpointPart) => Owner | undefined) {
    this.#ownerOf = ownerOf;
  }

  clear(): void {
    this.#pods.clear();
    this.#sorted.clear();
  }

  add(endpoint: EndpointPart): void {
    const { namespace, clusterName, podName } = endpoint;
    const pods = this.#pods.get(namespace) ?? new Map<string, EndpointPart>();
    this.#pods.set(namespace, pods);
    const key = `${clusterName}/${podName}`;
    if (pods.has(key)) return;
    pods.set(key, endpoint);
    this.#sorted.delete(namespace);
  }

  /** To be called when a pod of the namespace got another owner. */
  forgetOwners(namespace: string): void {
    this.#sorted.delete(namespace);
  }

  /** undefined when no pod of that owner is held. */
  namesOf(namespace: string, owner: string): PodFilter | undefined {
    const sorted = this.#sortedOf(namespace);
    const known = sorted.names.get(owner);
    if (known !== undefined) return known;
    const own = sorted.byOwner.get(owner);
    const [first] = own ?? [];
    if (own === undefined || first === undefined) return undefined;
    const { cluster } = first;
    const names = filterFor(namespace, own, (prefix) =>
      countFound(sorted.all, prefix, (pod) => pod.owner.id !== owner && pod.cluster === cluster),
    );
    sorted.names.set(owner, names);
    return names;
  }

  #sortedOf(namespace: string): Sorted {
    const known = this.#sorted.get(namespace);
    if (known !== undefined) return known;
    const all: Pod[] = [];
    for (const endpoint of this.#pods.get(namespace)?.values() ?? []) {
      const owner = this.#ownerOf(endpoint);
      if (owner !== undefined) all.push({ name: endpoint.podName, cluster: endpoint.clusterName, owner });
    }
    all.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    const sorted = { all, byOwner: Map.groupBy(all, ({ owner }) => owner.id), names: new Map() };
    this.#sorted.set(namespace, sorted);
    return sorted;
  }
}

/** `strangersOf` counts the pods that a beginning finds although they are not meant. */
function filterFor(
  namespace: string,
  own: readonly Pod[],
  strangersOf: (prefix: string) => number,
): PodFilter {
  const found = new Map<string, number>();
  const others = (prefix: string): number => {
    const count = found.get(prefix) ?? strangersOf(prefix);
    found.set(prefix, count);
    return count;
  };
  let prefixes = new Set(
    own.map(({ name, owner }) => beginnings(name, owner.name).find((prefix) => others(prefix) === 0) ?? name),
  );
  if (prefixes.size > MAX_VALUES) prefixes = new Set([sharedBeginning(own)]);
  // What one value finds another need not ask for.
  const values = [...prefixes]
    .filter((prefix) => ![...prefixes].some((other) => other !== prefix && prefix.startsWith(other)))
    .toSorted();
  return {
    values: values.map((prefix) => `${namespace}/${prefix}`),
    others: values.reduce((sum, prefix) => sum + others(prefix), 0),
  };
}

/** Of pods in the order of their names. */
function sharedBeginning(pods: readonly Pod[]): string {
  const first = pods[0]?.name ?? '';
  const last = pods.at(-1)?.name ?? '';
  let length = 0;
  while (length < first.length && first[length] === last[length]) length++;
  return first.slice(0, length);
}

/** From `cart-` over `cart-7f9c-` to the whole name; the name alone where the workload's is no part of it. */
function beginnings(pod: string, workload: string): readonly string[] {
  if (!pod.startsWith(`${workload}-`)) return [pod];
  const prefixes: string[] = [];
  for (let at = workload.length; at >= 0; at = pod.indexOf('-', at + 1)) prefixes.push(pod.slice(0, at + 1));
  return [...prefixes, pod];
}

/** How many of the pods, in the order of their names, begin so and are what is asked. */
function countFound(pods: readonly Pod[], prefix: string, isAsked: (pod: Pod) => boolean): number {
  let low = 0;
  let high = pods.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pods[middle]?.name ?? '') < prefix) low = middle + 1;
    else high = middle;
  }
  let count = 0;
  for (let at = low; pods[at]?.name.startsWith(prefix) === true; at++) {
    const pod = pods[at];
    if (pod !== undefined && isAsked(pod)) count++;
  }
  return count;
}
