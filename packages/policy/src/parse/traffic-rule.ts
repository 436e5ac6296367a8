// The items of ingress, egress, ingressDeny and egressDeny. One definition with a side: `from...` and `to...`.

import type { Node } from 'yaml';

import type { IcmpMessage, PeerSelector, PortRule, TrafficRule } from '../model/policy.ts';
import { readIcmpRule } from './icmp.ts';
import type { NodeReader } from './node-reader.ts';
import { peerFields, type RulePlace } from './peers.ts';
import { readPortRule } from './ports.ts';

export function readTrafficRule(reader: NodeReader, node: Node, place: RulePlace): TrafficRule {
  let peers: readonly PeerSelector[] | undefined;
  let ports: readonly PortRule[] | undefined;
  let icmps: readonly IcmpMessage[] | undefined;
  reader.fields(node, place.isDeny ? `${place.direction}Deny` : place.direction, {
    ...peerFields(reader, place, (more) => {
      peers = [...(peers ?? []), ...more];
    }),
    toPorts: (value) => {
      ports = reader.list(value, 'toPorts', (item) => readPortRule(reader, item, place.isDeny));
    },
    icmps: (value) => {
      icmps = reader.list(value, 'icmps', (item) => readIcmpRule(reader, item)).flat();
    },
  });
  // A rule that says nothing selects nobody: `ingress: [{}]` is how default deny is written.
  if (peers === undefined && ports === undefined && icmps === undefined) {
    return { peers: [], ports: undefined, icmps: undefined };
  }
  if (ports !== undefined && icmps !== undefined) reader.problem(node, 'icmps goes with no toPorts');
  return { peers, ports, icmps };
}
