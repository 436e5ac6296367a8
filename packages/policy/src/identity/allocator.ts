// Numbers for what has no pod: prefixes and names outside the cluster, and nodes. Pods have identities of the whole
// cluster (256 and up, 65,536 for each cluster of a mesh); these here are of one agent, told by the highest byte.
//
//   0x00  reserved and cluster      0x01  prefixes and DNS names      0x02  nodes

import { type Cidr, cidrLabel, containsCidr, parseCidr } from '../model/cidr.ts';
import { allowsDns } from '../evaluate/dns.ts';
import type { DnsRule, PeerSelector, Policy, TrafficRule } from '../model/policy.ts';

export type AllocatedIdentity = {
  readonly identity: number;
  /** `source:key=value`, sorted. */
  readonly labels: readonly string[];
};

export type IdentityAllocator = {
  /** The prefixes and names that policies speak of from now on; numbers that were given stay. */
  readonly use: (policies: readonly Policy[]) => void;
  /**
   * Who an address outside the cluster is: of the longest prefix and of every FQDN rule that covers one of `names`
   * (which DNS gave for it), else the world.
   */
  readonly world: (ip: string, names: readonly string[]) => AllocatedIdentity;
  /** A node; `labels` are `key=value` of the node object. The same node keeps its number. */
  readonly node: (ip: string, labels: readonly string[], runsApiServer: boolean) => AllocatedIdentity;
};

const FIRST_LOCAL = 0x0100_0001;
const FIRST_NODE = 0x0200_0001;
const WORLD: AllocatedIdentity = { identity: 2, labels: ['reserved:world'] };

type Prefix = { readonly cidr: Cidr; readonly label: string };

/** Numbers are given in the order of first use, as an agent does. */
export function createIdentityAllocator(): IdentityAllocator {
  const locals = new Map<string, number>();
  const nodes = new Map<string, number>();
  let prefixes: readonly Prefix[] = [];
  let names: readonly DnsRule[] = [];
  const local = (labels: readonly string[]): AllocatedIdentity => ({
    identity: numberOf(locals, labels.join(), FIRST_LOCAL),
    labels,
  });
  return {
    use: (policies) => {
      const selectors = policies.flatMap(selectorsOf);
      prefixes = selectors.flatMap(prefixesOf);
      names = selectors.flatMap((selector) => (selector.kind === 'fqdn' ? [selector.name] : []));
      for (const { label } of prefixes) local([label, 'reserved:world']);
    },
    world: (ip, known) => {
      const address = parseCidr(ip);
      const covering = prefixes
        .filter(({ cidr }) => address !== undefined && containsCidr(cidr, address))
        .toSorted((a, b) => b.cidr.length - a.cidr.length)
        .slice(0, 1);
      const named = names.filter((rule) => known.some((name) => allowsDns([rule], name)));
      const labels = [...covering.map(({ label }) => label), ...named.map(({ text }) => `fqdn:${text}`)];
      return labels.length === 0 ? WORLD : local([...new Set([...labels.sort(), 'reserved:world'])]);
    },
    node: (ip, labels, runsApiServer) => ({
      identity: numberOf(nodes, ip, FIRST_NODE),
      labels: [
        ...labels.map((label) => `node:${label}`),
        ...(runsApiServer ? ['reserved:kube-apiserver'] : []),
        'reserved:remote-node',
      ].sort(),
    }),
  };
}

function numberOf(given: Map<string, number>, key: string, first: number): number {
  const known = given.get(key);
  if (known !== undefined) return known;
  const next = first + given.size;
  given.set(key, next);
  return next;
}

function selectorsOf(policy: Policy): readonly PeerSelector[] {
  const peersOf = (rules: readonly TrafficRule[]): readonly PeerSelector[] =>
    rules.flatMap(({ peers }) => peers ?? []);
  return policy.rules.flatMap(({ ingress, egress }) =>
    [ingress.allow, ingress.deny, egress.allow, egress.deny].flatMap(peersOf),
  );
}

/** Exceptions have numbers of their own, so that they can be told from the prefix around them. */
function prefixesOf(selector: PeerSelector): readonly Prefix[] {
  if (selector.kind !== 'cidr') return [];
  return [selector.prefix, ...selector.except].map((cidr) => ({ cidr, label: cidrLabel(cidr) }));
}
