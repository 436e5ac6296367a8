// A DNS lookup over UDP as a resolver in a pod makes it: A and AAAA on one socket, translated from the service's
// address to a backend. With DNS rules the proxy on the client's node takes the questions, reports each with its answer
// and asks in the client's name; without them nobody sees the names.

import { allowsDns, type DnsRule } from '@finderscope/policy';

import { admit } from './admission.ts';
import type { TrafficEndpoint } from './endpoint.ts';
import { type DnsQuestion, dnsRequestFlow, dnsResponseFlow } from './l7-flows.ts';
import { ephemeralPort, type Network, Script, type Service } from './network.ts';
import {
  answerFromOwnProxy,
  leaveClient,
  type Path,
  proxyPortOf,
  reachServer,
  sendToClient,
  sendToOwnProxy,
  sendToServer,
  transportOf,
} from './path.ts';
import { translateForward, translateReverse } from './translation.ts';

export type Lookup = {
  readonly client: TrafficEndpoint;
  readonly dns: Service;
  /** Without a dot at the end. */
  readonly name: string;
  /** Addresses that A gives; none: the name does not exist. AAAA is always without records. */
  readonly ips: readonly string[];
  /** Seconds. */
  readonly ttl: number;
};

/**
 * `seen`: the proxy saw the answer, so that agents know the address by its name from now on. `failed`: no address, or
 * nobody answered until the resolver gave up.
 */
export type LookupOutcome = 'seen' | 'unseen' | 'failed';

const DNS_PORT = 53;
const ANSWER_NS = 180_000;
const GIVE_UP_NS = 5e9;
const UDP = { protocol: 'UDP' } as const;
const NO_ERROR = 0;
const NO_SUCH_NAME = 3;
const REFUSED = 5;

export function lookup(network: Network, asked: Lookup, done: (outcome: LookupOutcome) => void): void {
  const { client, dns } = asked;
  const { random, timeline } = network;
  const script = new Script(network);
  const server = random.pick(dns.backends);
  const path: Path = {
    client,
    server,
    clientPort: ephemeralPort(random),
    serverPort: DNS_PORT,
    proxyPort: 0,
  };
  const socket = translateForward(script, network, client, dns, server, 'UDP');
  const question = transportOf(path, UDP, false);
  const egress = admit(script, network, path, 'egress', question);
  const ingress = egress.kind === 'denied' ? egress : admit(script, network, path, 'ingress', question);
  if (egress.kind === 'denied' || ingress.kind === 'denied') {
    timeline.after(GIVE_UP_NS, () => {
      done('failed');
    });
    return;
  }
  const exists = asked.ips.length > 0;
  let isSeen = false;
  if (egress.dns === undefined) {
    for (const isFirst of [true, false]) sendToServer(script, path, UDP, isFirst);
    script.wait(ANSWER_NS * (1 + random.fraction()));
    for (let i = 0; i < 2; i++) sendToClient(script, path, UDP);
  } else {
    isSeen = askThroughProxy(script, { ...path, proxyPort: proxyPortOf(client) }, asked, egress.dns);
  }
  translateReverse(script, socket);
  const isAnswered = exists && (egress.dns === undefined || isSeen);
  script.finish(() => {
    done(isAnswered ? (isSeen ? 'seen' : 'unseen') : 'failed');
  });
}

/** True when the proxy passed the questions on. */
function askThroughProxy(script: Script, path: Path, asked: Lookup, rules: readonly DnsRule[]): boolean {
  const { client, server } = path;
  const { random } = script.network;
  const query = `${asked.name}.`;
  const allowed = allowsDns(rules, query);
  const common = { observer: client.node, direction: 'egress', protocol: 'UDP' } as const;
  const request = {
    ...common,
    source: client,
    destination: server,
    sourcePort: path.clientPort,
    destinationPort: path.serverPort,
  };
  const response = {
    ...common,
    source: server,
    destination: client,
    sourcePort: path.serverPort,
    destinationPort: path.clientPort,
  };
  const questions: readonly DnsQuestion[] = [
    { query, type: 'A' },
    { query, type: 'AAAA' },
  ];
  for (const [index, question] of questions.entries()) {
    sendToOwnProxy(script, path, UDP, index === 0);
    script.observe(client.node, dnsRequestFlow(request, question, allowed));
  }
  const latencyNs = Math.round(ANSWER_NS * (1 + random.fraction()));
  if (allowed) relayQuestions(script, path, questions.length, latencyNs);
  for (const question of questions) {
    const ips = allowed && question.type === 'A' ? asked.ips : [];
    const found = asked.ips.length > 0 ? NO_ERROR : NO_SUCH_NAME;
    const rcode = allowed ? found : REFUSED;
    const answer = { ips, rcode, ttl: asked.ttl, latencyNs: allowed ? latencyNs : 0 } as const;
    script.observe(client.node, dnsResponseFlow(response, question, answer));
    answerFromOwnProxy(script, path, UDP);
  }
  return allowed;
}

/** The proxy asks from a port of its own, in the client's name. */
function relayQuestions(script: Script, path: Path, count: number, latencyNs: number): void {
  const upstream: Path = { ...path, clientPort: ephemeralPort(script.network.random), proxyPort: 0 };
  for (let i = 0; i < count; i++) {
    leaveClient(script, upstream, UDP, i === 0);
    reachServer(script, upstream, UDP, i === 0);
  }
  script.wait(latencyNs);
}
