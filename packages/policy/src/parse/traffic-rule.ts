// The items of ingress, egress, ingressDeny and egressDeny. One definition with a side: `from...` and `to...`.

import type { Node } from 'yaml';

import type { IcmpMessage, PeerSelector, PortRule, TrafficRule } from '../model/policy.ts';
import { readIcmpRule } from './icmp.ts';
import type { NodeReader } from './node-reader.ts';
import { type NamedPeers, peerFields, type RulePlace, selectsNobodyWhenEmpty } from './peers.ts';
import { readPortRule } from './ports.ts';

/**
 * One item. Lists follow Cilium: an empty list of ports or messages says nothing, an empty list of peers selects nobody,
 * and a rule that says nothing at all selects nobody too, which is how default deny is written (`ingress: [{}]`).
 */
export function readTrafficRule(reader: NodeReader, node: Node, place: RulePlace): TrafficRule {
  const named: NamedPeers[] = [];
  let ports: readonly PortRule[] | undefined;
  let icmps: readonly IcmpMessage[] | undefined;
  reader.fields(node, place.isDeny ? `${place.direction}Deny` : place.direction, {
    ...peerFields(reader, place, (peers) => {
      named.push(peers);
    }),
    toPorts: (value) => {
      const rules = reader.list(value, 'toPorts', (item) => readPortRule(reader, item, place));
      if (rules.length > 0) ports = rules;
    },
    icmps: (value) => {
      const rules = reader.list(value, 'icmps', (item) => readIcmpRule(reader, item));
      if (rules.length > 0) icmps = rules.flat();
    },
  });
  if (ports !== undefined && icmps !== undefined) reader.problem(node, 'icmps goes with no toPorts');
  const peers = togetherOf(reader, named);
  if (peers === undefined && ports === undefined && icmps === undefined) {
    return { peers: [], ports: undefined, icmps: undefined };
  }
  return { peers, ports, icmps };
}

/** The peers of a rule, which may name only one kind; undefined when it names none. */
function togetherOf(reader: NodeReader, named: readonly NamedPeers[]): readonly PeerSelector[] | undefined {
  if (named.some(({ peers, field }) => peers.length === 0 && selectsNobodyWhenEmpty(field))) return [];
  const [first, second] = named.filter(({ peers }) => peers.length > 0);
  if (second !== undefined) {
    reader.problem(second.at, `${second.field} goes with no ${first?.field ?? ''}: write a rule for each`);
  }
  return first?.peers;
}
