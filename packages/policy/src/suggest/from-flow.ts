// What a flow says was denied, in the words of a suggestion; or why no policy could have allowed it.

import { type Endpoint, type Flow, TrafficDirection } from '@finderscope/hubble-api';
import { isLayer7, readDenial } from '../denial/index.ts';
import type { IcmpMessage } from '../model/policy.ts';
import type { Denied, DeniedEnd, DeniedRequest } from './denied.ts';

/** Ports that clients take for themselves. */
const FIRST_EPHEMERAL = 32_768;

/** ICMP types, by family, that Cilium's connection tracking takes for answers and for errors of what it knows. */
const ECHO_REPLY = { 4: 0, 6: 129 } as const;
const ERRORS = { 4: [3, 11, 12], 6: [1, 2, 3, 4] } as const satisfies Record<4 | 6, readonly number[]>;
const MAX_ICMP_TYPE = 255;

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
  const denial = readDenial(flow);
  switch (denial.kind) {
    case 'none':
      return { kind: 'nothing' };
    case 'deny-rule':
      return noPolicy(
        'A deny rule matched, and deny rules win over every rule that allows. Only changing or removing the deny rule lets it through.',
      );
    case 'auth':
      return noPolicy(
        'A policy allows it, but only once both ends have authenticated each other. See why they have not, or change the rule that asks for it.',
      );
    case 'not-policy':
      return noPolicy('Policies let it pass, or were never asked: no rule would change this.');
    case 'untold':
      return noPolicy('The flow does not tell why it was dropped, so nobody can say which rule would help.');
    case 'either-deny':
      return withCaution(withDirection(flow), EITHER_CAUTION);
    case 'default-deny':
    case 'l7-rule':
      return withDirection(flow);
  }
}

const EITHER_CAUTION =
  'The flow does not tell whether no rule allows it or a deny rule matched: against a deny rule this rule does nothing.';

function withCaution(read: ReadDenied, caution: string): ReadDenied {
  return read.kind === 'denied' ? { ...read, cautions: [...read.cautions, caution] } : read;
}

function withDirection(flow: Flow): ReadDenied {
  const direction = directionOf(flow);
  if (direction === undefined) {
    return noPolicy('The flow does not say whether it was denied on ingress or on egress.');
  }
  const request = requestOf(flow);
  if (request === undefined && isLayer7(flow)) {
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
      return withMessage(flow, direction, { family: 4, type: transport.value.type });
    case 'ICMPv6':
      return withMessage(flow, direction, { family: 6, type: transport.value.type });
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
  return {
    kind: 'denied',
    denied: {
      direction,
      ...endsOf(flow, direction),
      protocol: transport.case,
      port: destinationPort,
      icmp: undefined,
      request,
    },
    cautions: isOpening
      ? []
      : [
          'This is not the first packet of its connection: it was open before policies denied it, or its tracking was lost.',
        ],
  };
}

/** What was denied is a message of ICMP: a rule names its type, as another names a port. */
function withMessage(flow: Flow, direction: 'ingress' | 'egress', icmp: IcmpMessage): ReadDenied {
  const { family, type } = icmp;
  if (type > MAX_ICMP_TYPE)
    return noPolicy(`There is no type ${String(type)} of ICMP that a rule could name.`);
  if (flow.isReply === true || type === ECHO_REPLY[family]) {
    return noPolicy(
      'It is ICMP and looks like a reply. Replies need no rule while Cilium tracks what they answer: this one is stale, timed out, or took another way back. Look at asymmetric routing.',
    );
  }
  return {
    kind: 'denied',
    denied: {
      direction,
      ...endsOf(flow, direction),
      protocol: 'ICMP',
      port: 0,
      icmp,
      request: undefined,
    },
    cautions: ERRORS[family].some((error) => error === type)
      ? [
          'It tells of an error. Those that belong to a connection which Cilium tracks need no rule: this one belongs to none.',
        ]
      : [],
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

function endsOf(flow: Flow, direction: 'ingress' | 'egress'): Pick<Denied, 'subject' | 'peer'> {
  const source = endOf(flow, 'source');
  const destination = endOf(flow, 'destination');
  return direction === 'ingress'
    ? { subject: destination, peer: source }
    : { subject: source, peer: destination };
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
