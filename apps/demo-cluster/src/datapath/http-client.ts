// One HTTP request over a new TCP connection: lookup, translation, handshake, policy at both ends, the proxy where a
// policy has HTTP rules, and retries of a SYN that nobody answers.
//
//   SYN  --denied-->  drop, again after 1 s, 2 s, ... until the client gives up
//    |
//    +--allowed, no HTTP rules-->  straight to the server
//    +--allowed, HTTP rules----->  to the proxy: request allowed -> a connection of the proxy's own to the server
//                                                request denied  -> 403 from the proxy

import { allowsHttp, type HttpRule } from '@finderscope/policy';

import { randomUuid } from '../timeline/random.ts';
import { admit } from './admission.ts';
import { type TrafficEndpoint, worldEndpoint } from './endpoint.ts';
import type { TcpFlag } from './flows.ts';
import { type HttpExchange, httpRequestFlow, httpResponseFlow } from './l7-flows.ts';
import { lookup } from './lookup.ts';
import { ephemeralPort, type Network, Script, type Service } from './network.ts';
import {
  answerFromOwnProxy,
  leaveClient,
  type Path,
  proxyPortOf,
  reachServer,
  replyToProxy,
  sendToClient,
  sendToOwnProxy,
  sendToServer,
  transportOf,
} from './path.ts';
import { translateAccept, translateForward, translateReverse, type TranslatedSocket } from './translation.ts';

/** Where a call goes. What has a `name` is looked up before. */
export type CallTarget =
  | { readonly kind: 'service'; readonly service: Service; readonly name: string | undefined }
  | { readonly kind: 'endpoint'; readonly endpoint: TrafficEndpoint; readonly port: number }
  | {
      readonly kind: 'world';
      readonly ip: string;
      readonly port: number;
      readonly name: string | undefined;
    };

export type HttpCall = {
  readonly client: TrafficEndpoint;
  readonly target: CallTarget;
  readonly dns: Service;
  /** `http://host`, as a proxy that sees the request reports it. */
  readonly origin: string;
  readonly method: string;
  readonly path: string;
  readonly userAgent: string;
  /** What the server answers when the request reaches it. */
  readonly answer: { readonly code: number; readonly latencyNs: number };
  /** How long the client waits for the connection. */
  readonly connectTimeoutNs: number;
};

export type HttpOutcome = 'answered' | 'timed-out' | 'unresolved';

const FIRST_RETRY_NS = 1e9;
const TTL_SECONDS = 30;

/** Looks the name up, then calls; `done` hears how it ended. */
export function callHttp(network: Network, call: HttpCall, done: (outcome: HttpOutcome) => void): void {
  const { client, target, dns } = call;
  const name = target.kind === 'endpoint' ? undefined : target.name;
  if (name === undefined) {
    open(network, call, false, done);
    return;
  }
  const ips = target.kind === 'service' ? [target.service.ip] : target.kind === 'world' ? [target.ip] : [];
  lookup(network, { client, dns, name, ips, ttl: TTL_SECONDS }, (outcome) => {
    if (outcome === 'failed') done('unresolved');
    else open(network, call, outcome === 'seen', done);
  });
}

/** Picks the server and connects. */
function open(
  network: Network,
  call: HttpCall,
  isNameSeen: boolean,
  done: (outcome: HttpOutcome) => void,
): void {
  const { client, target } = call;
  const server = serverOf(network, target, isNameSeen);
  const script = new Script(network);
  const socket =
    target.kind === 'service'
      ? translateForward(script, network, client, target.service, server, 'TCP')
      : undefined;
  const path: Path = {
    client,
    server,
    clientPort: ephemeralPort(network.random),
    serverPort: target.kind === 'service' ? (target.service.targetPort ?? target.service.port) : target.port,
    proxyPort: 0,
  };
  script.finish(() => {
    connect(network, { call, path, socket, done, startedNs: network.timeline.nowNs }, FIRST_RETRY_NS);
  });
}

function serverOf(network: Network, target: CallTarget, isNameSeen: boolean): TrafficEndpoint {
  switch (target.kind) {
    case 'service':
      return network.random.pick(target.service.backends);
    case 'endpoint':
      return target.endpoint;
    case 'world': {
      const names = isNameSeen && target.name !== undefined ? [target.name] : [];
      return worldEndpoint(network.identify(target.ip, names), target.ip, names);
    }
  }
}

type Attempt = {
  readonly call: HttpCall;
  readonly path: Path;
  readonly socket: TranslatedSocket | undefined;
  readonly done: (outcome: HttpOutcome) => void;
  readonly startedNs: number;
};

function tcp(...flags: readonly TcpFlag[]): { readonly protocol: 'TCP'; readonly flags: readonly TcpFlag[] } {
  return { protocol: 'TCP', flags };
}

/** Sends the SYN; a denied one is sent again later, until the client gives up. */
function connect(network: Network, attempt: Attempt, retryAfterNs: number): void {
  const { call, path, startedNs, done } = attempt;
  const script = new Script(network);
  const syn = transportOf(path, tcp('SYN'), false);
  const egress = admit(script, network, path, 'egress', syn);
  const isProxied = egress.kind === 'allowed' && egress.http !== undefined;
  if (egress.kind === 'allowed' && !isProxied) leaveClient(script, path, tcp('SYN'), true);
  const ingress = egress.kind === 'denied' ? egress : admit(script, network, path, 'ingress', syn);
  if (egress.kind === 'allowed' && ingress.kind === 'allowed') {
    if (egress.http !== undefined) exchangeThroughOwnProxy(network, script, attempt, egress.http);
    else if (ingress.http !== undefined) exchangeThroughProxy(network, script, attempt, ingress.http);
    else exchange(network, script, attempt);
    return;
  }
  const { timeline } = network;
  const giveUpAtNs = startedNs + call.connectTimeoutNs;
  if (timeline.nowNs + retryAfterNs >= giveUpAtNs) {
    timeline.at(giveUpAtNs, () => {
      done('timed-out');
    });
    return;
  }
  timeline.after(retryAfterNs, () => {
    connect(network, attempt, retryAfterNs * 2);
  });
}

/** The client knows its peer by the service's address, so it asks after the handshake. */
function finishHandshake(script: Script, attempt: Attempt, path: Path): void {
  reachServer(script, path, tcp('SYN'), true);
  sendToClient(script, path, tcp('SYN', 'ACK'));
  sendToServer(script, path, tcp('ACK'));
  if (attempt.socket !== undefined) translateReverse(script, attempt.socket);
  if (path.client.kind === 'entity') translateAccept(script, path);
}

function closeConnection(script: Script, path: Path): void {
  sendToServer(script, path, tcp('ACK', 'FIN'));
  sendToClient(script, path, tcp('ACK', 'FIN'));
  sendToServer(script, path, tcp('ACK'));
}

function exchange(network: Network, script: Script, attempt: Attempt): void {
  const { path, call, done } = attempt;
  finishHandshake(script, attempt, path);
  sendToServer(script, path, tcp('ACK', 'PSH'));
  script.wait(call.answer.latencyNs * (0.8 + 0.4 * network.random.fraction()));
  sendToClient(script, path, tcp('ACK', 'PSH'));
  closeConnection(script, path);
  script.finish(() => {
    done('answered');
  });
}

/** What the proxy on a node reports of the exchange, and what it answers. */
function proxyReports(
  network: Network,
  { call, path }: Attempt,
  rules: readonly HttpRule[],
  direction: 'ingress' | 'egress',
) {
  const { client, server, clientPort, serverPort } = path;
  const http = describeExchange(network, call);
  const host = call.origin.replace(/^https?:\/\//, '');
  const allowed = allowsHttp(rules, { method: call.method, path: call.path, host, headers: http.headers });
  const latencyNs = allowed ? Math.round(call.answer.latencyNs * (0.8 + 0.6 * network.random.fraction())) : 0;
  const observer = direction === 'ingress' ? server.node : client.node;
  const common = { observer, direction, protocol: 'TCP' } as const;
  const there = {
    ...common,
    source: client,
    destination: server,
    sourcePort: clientPort,
    destinationPort: serverPort,
  };
  const back = {
    ...common,
    source: server,
    destination: client,
    sourcePort: serverPort,
    destinationPort: clientPort,
  };
  return {
    allowed,
    latencyNs,
    observer,
    request: httpRequestFlow(there, http, allowed),
    response: httpResponseFlow(back, http, allowed ? call.answer.code : 403, latencyNs),
  };
}

function exchangeThroughProxy(
  network: Network,
  script: Script,
  attempt: Attempt,
  rules: readonly HttpRule[],
): void {
  const path: Path = { ...attempt.path, proxyPort: proxyPortOf(attempt.path.server) };
  const seen = proxyReports(network, attempt, rules, 'ingress');
  finishHandshake(script, attempt, path);
  sendToServer(script, path, tcp('ACK', 'PSH'));
  script.observe(seen.observer, seen.request);
  if (seen.allowed) {
    relayToServer(script, { ...path, clientPort: ephemeralPort(network.random) }, seen.latencyNs);
  }
  script.observe(seen.observer, seen.response);
  sendToClient(script, path, tcp('ACK', 'PSH'));
  closeConnection(script, path);
  script.finish(() => {
    attempt.done('answered');
  });
}

/** The proxy's own connection to the server: it keeps the client's address, and replies come back to the proxy. */
function relayToServer(script: Script, path: Path, latencyNs: number): void {
  const local: Path = { ...path, proxyPort: 0 };
  reachServer(script, local, tcp('SYN'), true);
  replyToProxy(script, path, tcp('SYN', 'ACK'));
  reachServer(script, local, tcp('ACK', 'PSH'), false);
  script.wait(latencyNs);
  replyToProxy(script, path, tcp('ACK', 'PSH'));
}

/** Rules on egress: the proxy on the client's node answers the handshake and calls the server by itself. */
function exchangeThroughOwnProxy(
  network: Network,
  script: Script,
  attempt: Attempt,
  rules: readonly HttpRule[],
): void {
  const path: Path = { ...attempt.path, proxyPort: proxyPortOf(attempt.path.client) };
  const seen = proxyReports(network, attempt, rules, 'egress');
  sendToOwnProxy(script, path, tcp('SYN'), true);
  answerFromOwnProxy(script, path, tcp('SYN', 'ACK'));
  sendToOwnProxy(script, path, tcp('ACK'));
  if (attempt.socket !== undefined) translateReverse(script, attempt.socket);
  sendToOwnProxy(script, path, tcp('ACK', 'PSH'));
  script.observe(seen.observer, seen.request);
  if (seen.allowed) {
    const upstream: Path = { ...path, clientPort: ephemeralPort(network.random), proxyPort: 0 };
    sendToServer(script, upstream, tcp('SYN'), true);
    sendToServer(script, upstream, tcp('ACK', 'PSH'));
    script.wait(seen.latencyNs);
  }
  script.observe(seen.observer, seen.response);
  answerFromOwnProxy(script, path, tcp('ACK', 'PSH'));
  sendToOwnProxy(script, path, tcp('ACK', 'FIN'));
  answerFromOwnProxy(script, path, tcp('ACK', 'FIN'));
  script.finish(() => {
    attempt.done('answered');
  });
}

function describeExchange(network: Network, call: HttpCall): HttpExchange {
  return {
    method: call.method,
    url: `${call.origin}${call.path}`,
    headers: [
      { key: ':scheme', value: call.origin.startsWith('https:') ? 'https' : 'http' },
      { key: 'Accept', value: '*/*' },
      { key: 'User-Agent', value: call.userAgent },
      { key: 'X-Request-Id', value: randomUuid(network.random) },
    ],
  };
}
