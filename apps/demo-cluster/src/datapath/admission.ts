// Policy at the two ends of a new connection: egress on the client's node, ingress on the server's.

import { assertNever } from '@finderscope/base';
import type { DnsRule, HttpRule } from '@finderscope/policy';

import { knownFrom, namesOf, type TrafficEndpoint } from './endpoint.ts';
import { policyDropFlow, policyVerdictFlow, type Transport } from './flows.ts';
import type { Network, Script, Service } from './network.ts';
import type { Path } from './path.ts';

export type Admission =
  | { readonly kind: 'denied' }
  /** `http` and `dns` are set when the connection has to go through the proxy. */
  | {
      readonly kind: 'allowed';
      readonly http: readonly HttpRule[] | undefined;
      readonly dns: readonly DnsRule[] | undefined;
    };

const UNASKED: Admission = { kind: 'allowed', http: undefined, dns: undefined };

const HOST = 1;
const HEALTH = 4;

/**
 * Asks the policies about a new connection, by its first packet, at one of its ends and reports the verdict; a denial is
 * followed by the drop, unless policies are only audited. Without a policy for that end nothing is asked and nothing
 * reported, and a node may always reach its own pods. Policies select pods, and the health endpoints of nodes.
 */
export function admit(
  script: Script,
  network: Network,
  { client, server }: Pick<Path, 'client' | 'server'>,
  direction: 'ingress' | 'egress',
  first: Transport,
): Admission {
  const [subject, peer] = direction === 'ingress' ? [server, client] : [client, server];
  if (subject.kind !== 'pod' && subject.identity !== HEALTH) return UNASKED;
  const known = knownFrom(peer, subject.node);
  if (known.identity === HOST) return UNASKED;
  const decision = network.policies().decide({
    direction,
    subject: subject.labels,
    peer: known.labels,
    peerIp: peer.ip,
    peerNames: namesOf(peer),
    peerServices: servicesOf(network, peer),
    protocol: first.protocol,
    ...(first.protocol === 'ICMP'
      ? { port: 0, icmp: { family: 4, type: first.type } as const }
      : { port: first.destinationPort, portNames: server.kind === 'pod' ? server.portNames : [] }),
  });
  const packet = { source: client, destination: server, transport: first, observer: subject.node, direction };
  switch (decision.kind) {
    case 'not-enforced':
      return UNASKED;
    case 'denied':
      script.observe(subject.node, policyVerdictFlow(packet, decision));
      if (decision.audited) return UNASKED;
      script.observe(subject.node, policyDropFlow(packet, decision.reason));
      return { kind: 'denied' };
    case 'allowed': {
      const { http, dns } = decision;
      const kind = http === undefined && dns === undefined ? 'allowed' : 'redirected';
      script.observe(subject.node, policyVerdictFlow(packet, { ...decision, kind }));
      return { kind: 'allowed', http, dns };
    }
    default:
      return assertNever(decision);
  }
}

/** The services that an endpoint is a backend of. */
function servicesOf(network: Network, endpoint: TrafficEndpoint): readonly Service[] {
  return network.services.filter(({ backends }) => backends.some(({ ip }) => ip === endpoint.ip));
}
