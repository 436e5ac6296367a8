// Flows of layer 7: requests and responses that a proxy saw. They have ports but no TCP flags and no ethernet, and a
// denied request carries no drop reason.

import { dnsRcodeText, EVENT_TYPE_L7 } from '@finderscope/flow-query';
import { FlowType, IPVersion, L7FlowType, Verdict } from '@finderscope/hubble-api';

import { endpointMessage, namesOf } from './endpoint.ts';
import { DIRECTION, type FlowInit, type Packet } from './flows.ts';

export type HttpExchange = {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly { readonly key: string; readonly value: string }[];
};

/** Sides, ports and direction of an L7 event; a response has source and destination swapped already. */
export type L7Packet = Omit<Packet, 'transport'> & {
  readonly protocol: 'TCP' | 'UDP';
  readonly sourcePort: number;
  readonly destinationPort: number;
};

function l7Flow(packet: L7Packet, isReply: boolean): FlowInit {
  const { source, destination, observer, direction, protocol, sourcePort, destinationPort } = packet;
  return {
    IP: { source: source.ip, destination: destination.ip, ipVersion: IPVersion.IPv4 },
    l4: { protocol: { case: protocol, value: { sourcePort, destinationPort } } },
    source: endpointMessage(source, observer),
    destination: endpointMessage(destination, observer),
    sourceNames: namesOf(source),
    destinationNames: namesOf(destination),
    Type: FlowType.L7,
    trafficDirection: DIRECTION[direction],
    eventType: { type: EVENT_TYPE_L7 },
    isReply,
    reply: isReply,
  };
}

const HTTP_PROTOCOL = 'HTTP/1.1';

export function httpRequestFlow(packet: L7Packet, http: HttpExchange, allowed: boolean): FlowInit {
  return {
    ...l7Flow(packet, false),
    verdict: allowed ? Verdict.FORWARDED : Verdict.DROPPED,
    l7: {
      type: L7FlowType.REQUEST,
      record: {
        case: 'http',
        value: { method: http.method, url: http.url, protocol: HTTP_PROTOCOL, headers: [...http.headers] },
      },
    },
    Summary: `${HTTP_PROTOCOL} ${http.method} ${http.url}`,
  };
}

export function httpResponseFlow(
  packet: L7Packet,
  http: HttpExchange,
  code: number,
  latencyNs: number,
): FlowInit {
  const { method, url, headers } = http;
  return {
    ...l7Flow(packet, true),
    verdict: Verdict.FORWARDED,
    l7: {
      type: L7FlowType.RESPONSE,
      latencyNs: BigInt(latencyNs),
      record: { case: 'http', value: { code, method, url, protocol: HTTP_PROTOCOL, headers: [...headers] } },
    },
    Summary: `${HTTP_PROTOCOL} ${code} ${Math.floor(latencyNs / 1e6)}ms (${method} ${url})`,
  };
}

export type DnsQuestion = { readonly query: string; readonly type: 'A' | 'AAAA' };

export function dnsRequestFlow(packet: L7Packet, { query, type }: DnsQuestion, allowed = true): FlowInit {
  return {
    ...l7Flow(packet, false),
    verdict: allowed ? Verdict.FORWARDED : Verdict.DROPPED,
    l7: {
      type: L7FlowType.REQUEST,
      record: { case: 'dns', value: { query, observationSource: 'proxy', qtypes: [type] } },
    },
    Summary: `DNS Query ${query} ${type}`,
  };
}

/** TTL of an answer without records. */
const NO_TTL = 0xffff_ffff;

/** `ips` may be empty; rcode 3 says that the name does not exist, 5 that the proxy refuses to ask. */
export function dnsResponseFlow(
  packet: L7Packet,
  { query, type }: DnsQuestion,
  answer: {
    readonly ips: readonly string[];
    readonly rcode: 0 | 3 | 5;
    readonly ttl: number;
    readonly latencyNs: number;
  },
): FlowInit {
  const { ips, rcode, latencyNs } = answer;
  const ttl = ips.length > 0 ? answer.ttl : NO_TTL;
  const answered = ips.length > 0 ? `"${ips.join(',')}"` : '';
  const text = rcode === 0 ? answered : `RCode: ${dnsRcodeText(rcode)}`;
  return {
    ...l7Flow(packet, true),
    verdict: Verdict.FORWARDED,
    l7: {
      type: L7FlowType.RESPONSE,
      latencyNs: BigInt(latencyNs),
      record: {
        case: 'dns',
        value: {
          query,
          ips: [...ips],
          ttl,
          rcode,
          observationSource: 'proxy',
          qtypes: [type],
          rrtypes: ips.length > 0 ? [type] : [],
        },
      },
    },
    Summary: `DNS Answer ${text} TTL: ${ttl} (Proxy ${query} ${type})`,
  };
}
