// The kinds of flows that load consists of, with their weights, and one example of a kind on demand. Every verdict and
// every flow type occurs.

import { EVENT_TYPE_CAPTURE } from '@finderscope/flow-query';
import { DebugCapturePoint, DropReason, FlowType, IPVersion, Verdict } from '@finderscope/hubble-api';
import { PolicyMatch, type PolicyRef, policyRef } from '@finderscope/policy';

import type { Pod, TrafficEndpoint } from '../datapath/endpoint.ts';
import {
  dropFlow,
  type FlowInit,
  type Packet,
  policyDropFlow,
  policyVerdictFlow,
  socketFlow,
  type TcpFlag,
  traceFlow,
  TracePoint,
} from '../datapath/flows.ts';
import {
  dnsRequestFlow,
  dnsResponseFlow,
  httpRequestFlow,
  httpResponseFlow,
  type L7Packet,
} from '../datapath/l7-flows.ts';
import { serviceEndpoint } from '../datapath/endpoint.ts';
import { randomUuid, type Random } from '../timeline/random.ts';
import type { Population } from './population.ts';

/** A flow and the index of the node that reports it. */
export type Observed = { readonly node: number; readonly flow: FlowInit };

/** What a kind draws from. `clientPort` is replaced for every flow made from the example. */
type Draw = {
  readonly random: Random;
  readonly population: Population;
  readonly client: Pod;
  readonly server: Pod;
  readonly clientPort: number;
};

type Kind = { readonly weight: number; readonly make: (draw: Draw) => Observed };

const SERVER_PORTS = [80, 443, 5432, 6379, 8080, 8443, 9090, 9092] as const;
const FORWARD_FLAGS: readonly (readonly TcpFlag[])[] = [
  ['SYN'],
  ['ACK'],
  ['ACK', 'PSH'],
  ['ACK', 'FIN'],
  ['RST'],
];
const REPLY_FLAGS: readonly (readonly TcpFlag[])[] = [
  ['SYN', 'ACK'],
  ['ACK', 'PSH'],
  ['ACK', 'FIN'],
];
const METHODS = ['GET', 'GET', 'GET', 'POST', 'PUT', 'DELETE'] as const;
const PATHS = [
  '/api/v1/items',
  '/api/v1/items/42',
  '/api/v1/cart',
  '/api/v1/checkout',
  '/healthz',
  '/login',
  '/search?q=shoes',
  '/static/app.js',
] as const;
const CODES = [200, 200, 200, 200, 201, 204, 301, 304, 400, 401, 403, 404, 429, 500, 502, 503] as const;
const DROPS = [
  DropReason.CT_TRUNCATED_OR_INVALID_HEADER,
  DropReason.STALE_OR_UNROUTABLE_IP,
  DropReason.UNSUPPORTED_L3_PROTOCOL,
  DropReason.SERVICE_BACKEND_NOT_FOUND,
  DropReason.FIB_LOOKUP_FAILED,
] as const;

function tcpPacket(draw: Draw, direction: Packet['direction'], flags: readonly TcpFlag[]): Packet {
  const { client, server, clientPort, random } = draw;
  return {
    source: client,
    destination: server,
    observer: direction === 'ingress' ? server.node : client.node,
    direction,
    transport: {
      protocol: 'TCP',
      sourcePort: clientPort,
      destinationPort: random.pick(SERVER_PORTS),
      flags,
    },
  };
}

function observed(packet: Pick<Packet, 'observer'>, flow: FlowInit): Observed {
  return { node: packet.observer, flow };
}

function replyTrace(draw: Draw): Observed {
  const { client, server, clientPort, random } = draw;
  const atClient = random.fraction() < 0.5;
  const packet: Packet = {
    source: server,
    destination: client,
    observer: atClient ? client.node : server.node,
    direction: atClient ? 'egress' : 'ingress',
    transport: {
      protocol: 'TCP',
      sourcePort: random.pick(SERVER_PORTS),
      destinationPort: clientPort,
      flags: random.pick(REPLY_FLAGS),
    },
  };
  const point = atClient ? TracePoint.TO_ENDPOINT : TracePoint.TO_NETWORK;
  return observed(packet, traceFlow(packet, { point, reason: 'reply' }));
}

function worldTrace(draw: Draw): Observed {
  const { random, population, client } = draw;
  const place = random.pick(population.world);
  const packet: Packet = {
    source: client,
    destination: place.endpoint,
    observer: client.node,
    direction: 'egress',
    transport: {
      protocol: 'TCP',
      sourcePort: draw.clientPort,
      destinationPort: 443,
      flags: random.pick(FORWARD_FLAGS),
    },
  };
  const flow = traceFlow(packet, { point: TracePoint.TO_STACK, reason: 'established' });
  return observed(packet, { ...flow, destinationNames: [place.name] });
}

function udpTrace(draw: Draw): Observed {
  const { client, server, clientPort } = draw;
  const packet: Packet = {
    source: client,
    destination: server,
    observer: server.node,
    direction: 'ingress',
    transport: { protocol: 'UDP', sourcePort: clientPort, destinationPort: 8125 },
  };
  return observed(packet, traceFlow(packet, { point: TracePoint.TO_ENDPOINT, reason: 'new' }));
}

function pingTrace({ random, population, server }: Draw): Observed {
  const host = random.pick(population.hosts);
  const packet: Packet = {
    source: host,
    destination: server,
    observer: server.node,
    direction: 'ingress',
    transport: { protocol: 'ICMP', type: 8, summary: 'ICMPv4 EchoRequest' },
  };
  return observed(packet, traceFlow(packet, { point: TracePoint.TO_ENDPOINT, reason: 'new' }));
}

function policyOf(namespace: string, name: string): PolicyRef {
  return policyRef({ kind: 'CiliumNetworkPolicy', name, namespace, uid: '' }, 12n);
}

function allowedVerdict(draw: Draw, kind: 'allowed' | 'redirected'): Observed {
  const packet = tcpPacket(draw, 'ingress', ['SYN']);
  const by = [policyOf(draw.server.namespace, `allow-${draw.client.namespace}`)];
  return observed(packet, policyVerdictFlow(packet, { kind, match: PolicyMatch.L3_L4, by }));
}

function deniedVerdict(draw: Draw, reason: 'default' | 'explicit'): Observed {
  const packet = tcpPacket(draw, reason === 'default' ? 'ingress' : 'egress', ['SYN']);
  const by = reason === 'default' ? [] : [policyOf(draw.client.namespace, 'deny-metadata')];
  const match = reason === 'default' ? PolicyMatch.NONE : PolicyMatch.L3_ONLY;
  return observed(packet, policyVerdictFlow(packet, { kind: 'denied', reason, match, by }));
}

function auditedVerdict(draw: Draw): Observed {
  const { node, flow } = deniedVerdict(draw, 'default');
  return { node, flow: { ...flow, verdict: Verdict.AUDIT, dropReason: 0, dropReasonDesc: 0 } };
}

function otherDrop(draw: Draw): Observed {
  const packet = tcpPacket(draw, 'egress', ['ACK']);
  const file = { name: 'bpf_host.c', line: 600 + draw.random.between(0, 900) };
  return observed(packet, dropFlow(packet, draw.random.pick(DROPS), file));
}

function l7Packet(draw: Draw, reply: boolean, port: number, protocol: 'TCP' | 'UDP'): L7Packet {
  const { client, server, clientPort } = draw;
  const dns = port === 53;
  const common = {
    observer: dns ? client.node : server.node,
    direction: dns ? 'egress' : 'ingress',
    protocol,
  } as const;
  const [source, destination]: readonly [TrafficEndpoint, TrafficEndpoint] = reply
    ? [server, client]
    : [client, server];
  const [sourcePort, destinationPort] = reply ? [port, clientPort] : [clientPort, port];
  return { ...common, source, destination, sourcePort, destinationPort };
}

function httpFlow(draw: Draw, reply: boolean): Observed {
  const { random, server } = draw;
  const packet = l7Packet(draw, reply, 8080, 'TCP');
  const host = `${server.workload.name}.${server.namespace}.svc.cluster.local:8080`;
  const http = {
    method: random.pick(METHODS),
    url: `http://${host}${random.pick(PATHS)}`,
    headers: [
      { key: 'User-Agent', value: 'Go-http-client/1.1' },
      { key: 'X-Request-Id', value: randomUuid(random) },
    ],
  };
  if (!reply) return observed(packet, httpRequestFlow(packet, http, random.fraction() > 0.06));
  const latencyNs = Math.round(1e6 * Math.exp(random.fraction() * 6));
  const flow = httpResponseFlow(packet, http, random.pick(CODES), latencyNs);
  const traceId = randomUuid(random).replaceAll('-', '');
  return observed(packet, { ...flow, traceContext: { parent: { traceId } } });
}

function dnsFlow(draw: Draw, reply: boolean): Observed {
  const { random, population } = draw;
  const packet = l7Packet(draw, reply, 53, 'UDP');
  const type = random.pick(['A', 'A', 'AAAA'] as const);
  const place = random.pick(population.world);
  const service = random.pick(population.services);
  const internal = random.fraction() < 0.7;
  const query = internal ? `${service.name}.${service.namespace}.svc.cluster.local.` : `${place.name}.`;
  if (!reply) return observed(packet, dnsRequestFlow(packet, { query, type }));
  const latencyNs = random.between(200_000, 9_000_000);
  const ips = type === 'A' ? [internal ? service.ip : place.endpoint.ip] : [];
  const rcode = random.fraction() < 0.1 ? 3 : 0;
  const answer = { ips: rcode === 3 ? [] : ips, rcode, ttl: 30, latencyNs } as const;
  const flow = dnsResponseFlow(packet, { query, type }, answer);
  // Now and then the proxy itself fails.
  return observed(packet, random.fraction() < 0.02 ? { ...flow, verdict: Verdict.ERROR } : flow);
}

function socketEvent(draw: Draw): Observed {
  const { random, population, client, server } = draw;
  const service = random.pick(population.services);
  const post = random.fraction() < 0.5;
  const flow = socketFlow({
    point: post ? 'post-fwd' : 'pre-fwd',
    client,
    remote: post ? server : serviceEndpoint(service),
    service: post ? undefined : service,
    protocol: 'TCP',
    remotePort: service.port,
    cookie: BigInt(random.between(4096, 1_000_000)),
    cgroupId: BigInt(9000 + client.id),
  });
  return { node: client.node, flow };
}

/** A debug capture: the one kind whose verdict is unknown. */
function captured(draw: Draw): Observed {
  const packet = tcpPacket(draw, 'egress', ['ACK']);
  const { source, destination, l4, Summary } = traceFlow(packet, {
    point: TracePoint.TO_STACK,
    reason: 'established',
  });
  const ips = { source: draw.client.ip, destination: draw.server.ip, ipVersion: IPVersion.IPv4 };
  const flow: FlowInit = {
    Type: FlowType.L3_L4,
    IP: ips,
    eventType: { type: EVENT_TYPE_CAPTURE, subType: DebugCapturePoint.DBG_CAPTURE_DELIVERY },
    debugCapturePoint: DebugCapturePoint.DBG_CAPTURE_DELIVERY,
    ...(source === undefined ? {} : { source }),
    ...(destination === undefined ? {} : { destination }),
    ...(l4 === undefined ? {} : { l4 }),
    ...(Summary === undefined ? {} : { Summary }),
  };
  return observed(packet, flow);
}

const MIX: readonly Kind[] = [
  {
    weight: 22,
    make: (draw) => {
      const packet = tcpPacket(draw, 'ingress', draw.random.pick(FORWARD_FLAGS));
      return observed(packet, traceFlow(packet, { point: TracePoint.TO_ENDPOINT, reason: 'established' }));
    },
  },
  {
    weight: 14,
    make: (draw) => {
      const packet = tcpPacket(draw, 'egress', draw.random.pick(FORWARD_FLAGS));
      return observed(packet, traceFlow(packet, { point: TracePoint.TO_NETWORK, reason: 'new' }));
    },
  },
  { weight: 18, make: replyTrace },
  { weight: 5, make: worldTrace },
  { weight: 2, make: udpTrace },
  { weight: 1, make: pingTrace },
  { weight: 6, make: (draw) => allowedVerdict(draw, 'allowed') },
  { weight: 2, make: (draw) => allowedVerdict(draw, 'redirected') },
  { weight: 2, make: (draw) => deniedVerdict(draw, 'default') },
  { weight: 0.5, make: (draw) => deniedVerdict(draw, 'explicit') },
  {
    weight: 2,
    make: (draw) => {
      const packet = tcpPacket(draw, 'ingress', ['SYN']);
      return observed(packet, policyDropFlow(packet, 'default'));
    },
  },
  { weight: 0.7, make: otherDrop },
  { weight: 0.8, make: auditedVerdict },
  { weight: 6, make: (draw) => httpFlow(draw, false) },
  { weight: 6, make: (draw) => httpFlow(draw, true) },
  { weight: 4, make: (draw) => dnsFlow(draw, false) },
  { weight: 4, make: (draw) => dnsFlow(draw, true) },
  { weight: 3, make: socketEvent },
  { weight: 0.5, make: captured },
];

const TOTAL_WEIGHT = MIX.reduce((total, kind) => total + kind.weight, 0);

/** One flow of a kind drawn by weight, between two different pods. */
export function drawFlow(random: Random, population: Population, clientPort: number): Observed {
  const client = random.pick(population.pods);
  let server = random.pick(population.pods);
  while (server === client) server = random.pick(population.pods);
  let at = random.fraction() * TOTAL_WEIGHT;
  const kind = MIX.find(({ weight }) => (at -= weight) < 0) ?? MIX[0];
  if (kind === undefined) throw new RangeError('the mix is empty');
  return kind.make({ random, population, client, server, clientPort });
}
