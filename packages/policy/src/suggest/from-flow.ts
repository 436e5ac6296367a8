// What a flow says was denied, in the words of a suggestion; or why no policy could have allowed it.

import { type Endpoint, type Flow, TrafficDirection, Verdict } from '@finderscope/hubble-api';
import type { Denied, DeniedEnd, DeniedRequest } from './suggest.ts';

const POLICY_DENIED = 133;
const POLICY_DENY = 181;
/** Ports that clients take for themselves. */
const FIRST_EPHEMERAL = 32_768;

export type ReadDenied =
  | {
      readonly kind: 'denied';
      readonly denied: Denied;
      /** In sentences. */ readonly cautions: readonly string[];
    }
  /** Nothing was denied. */
  | { readonly kind: 'nothing' }
  /** Denied, but not for want of a rule that allows it; `why` says in one or two sentences what to look at. */
  | { readonly kind: 'no-policy'; readonly why: string };

/** Reads a drop, a denied or audited verdict, or a request that the proxy denied. */
export function readDenied(flow: Flow): ReadDenied {
  const isL7 = flow.l7?.record.case !== undefined;
  if (flow.verdict !== Verdict.DROPPED && flow.verdict !== Verdict.AUDIT) return { kind: 'nothing' };
  const reason = flow.dropReasonDesc === 0 ? flow.dropReason : flow.dropReasonDesc;
  if (reason === POLICY_DENY || flow.ingressDeniedBy.length > 0 || flow.egressDeniedBy.length > 0) {
    return noPolicy(
      'A deny rule matched, and deny rules win over every rule that allows. Only changing or removing the deny rule lets it through.',
    );
  }
  if (!isL7 && reason !== POLICY_DENIED && flow.verdict === Verdict.DROPPED) {
    return noPolicy('Policies let it pass, or were never asked: no rule would change this.');
  }
  const direction = directionOf(flow);
  if (direction === undefined) {
    return noPolicy('The flow does not say whether it was denied on ingress or on egress.');
  }
  const request = requestOf(flow);
  if (isL7 && request === undefined) {
    return noPolicy(
      'The proxy denied it, and the flow does not hold what a rule on layer 7 would have to name.',
    );
  }
  return withTransport(flow, direction, request);
}

function withTransport(
  flow: Flow,
  direction: 'ingress' | 'egress',
  request: DeniedRequest | undefined,
): ReadDenied {
  const transport = flow.l4?.protocol;
  switch (transport?.case) {
    case 'TCP':
    case 'UDP':
    case 'SCTP':
      break;
    case 'ICMPv4':
    case 'ICMPv6':
      return noPolicy(
        'It is ICMP, which ports do not speak of: a CiliumNetworkPolicy allows it by type under icmps, a NetworkPolicy cannot.',
      );
    default:
      return noPolicy('Rules speak of TCP, UDP, SCTP and ICMP; this packet is none of them.');
  }
  const { sourcePort, destinationPort } = transport.value;
  if (destinationPort === 0) return noPolicy('The flow does not tell the port that it went to.');
  const flags = transport.case === 'TCP' ? transport.value.flags : undefined;
  const isOpening = flags === undefined || (flags.SYN && !flags.ACK);
  const looksLikeReply =
    flow.isReply === true ||
    (flags?.SYN === true && flags.ACK) ||
    (sourcePort !== 0 && sourcePort < FIRST_EPHEMERAL && destinationPort >= FIRST_EPHEMERAL);
  if (looksLikeReply && !(isOpening && flags !== undefined)) {
    return noPolicy(
      `It looks like a reply, from port ${String(sourcePort)} to port ${String(destinationPort)} of a client. Replies need no rule while Cilium tracks their connection: this one is stale, timed out, or took another way back. Look at idle time-outs and at asymmetric routing.`,
    );
  }
  const [subject, peer] =
    direction === 'ingress' ? (['destination', 'source'] as const) : (['source', 'destination'] as const);
  return {
    kind: 'denied',
    denied: {
      direction,
      subject: endOf(flow, subject),
      peer: endOf(flow, peer),
      protocol: transport.case,
      port: destinationPort,
      request,
    },
    cautions: isOpening
      ? []
      : [
          'This is not the first packet of its connection: it was open before policies denied it, or its tracking was lost.',
        ],
  };
}

function noPolicy(why: string): ReadDenied {
  return { kind: 'no-policy', why };
}

function directionOf({ trafficDirection }: Flow): 'ingress' | 'egress' | undefined {
  if (trafficDirection === TrafficDirection.INGRESS) return 'ingress';
  return trafficDirection === TrafficDirection.EGRESS ? 'egress' : undefined;
}

function requestOf({ l7 }: Flow): DeniedRequest | undefined {
  const record = l7?.record;
  if (record?.case === 'http' && record.value.method !== '' && record.value.url !== '') {
    return { kind: 'http', method: record.value.method, path: pathOf(record.value.url) };
  }
  if (record?.case === 'dns' && record.value.query !== '') return { kind: 'dns', name: record.value.query };
  return undefined;
}

/** Path and query as in the request line. */
function pathOf(url: string): string {
  const origin = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(url)?.[0] ?? '';
  const target = url.slice(origin.length);
  return target.startsWith('/') ? target : `/${target}`;
}

function endOf(flow: Flow, side: 'source' | 'destination'): DeniedEnd {
  const endpoint: Endpoint | undefined = flow[side];
  const ip = (side === 'source' ? flow.IP?.source : flow.IP?.destination) ?? '';
  const dnsNames = side === 'source' ? flow.sourceNames : flow.destinationNames;
  const name = [endpoint?.workloads[0]?.name, endpoint?.podName, dnsNames[0], ip, 'peer'].find(
    (candidate) => candidate !== undefined && candidate !== '',
  );
  return { name: name ?? '', labels: endpoint?.labels ?? [], ip, dnsNames };
}
