// Traffic as a picture of it: who calls whom, a line each, turned into the flows that agents would tell of it.
//
//     shop/cart -> data/redis 12 port:6379        12 forwarded flows; `dropped:3` more of them dropped on ingress,
//     shop/old -> shop/cart 2 age:45              the last of them 45 s before the newest of all
//     shop/cart -> api.stripe.com 4 port:443      a name without a slash is outside, learned from DNS

import { toBinary } from '@bufbuild/protobuf';
import { fromJsonLine } from '@finderscope/flow-query';
import { GetFlowsResponseSchema } from '@finderscope/hubble-api';
import type { FlowStream } from './fake-relay.ts';

const END_MS = Date.parse('2026-03-01T10:05:00Z');

/** JSON lines as `hubble observe -o jsonpb` prints them, oldest first. */
export function flowLines(picture: string): readonly string[] {
  const flows = picture
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .flatMap((line, at) => flowsOf(line, at));
  return flows.toSorted((a, b) => a.ms - b.ms).map(({ ms, flow }, at) => jsonLine(ms, flow, at));
}

/** The same as messages of a Relay. */
export function sendFlows(stream: FlowStream, picture: string): void {
  for (const line of flowLines(picture)) {
    const read = fromJsonLine(line);
    if (!read.ok || read.value.kind !== 'flows') throw new Error(`no flow: ${line}`);
    stream.send(toBinary(GetFlowsResponseSchema, read.value.response));
  }
}

type Timed = { readonly ms: number; readonly flow: Readonly<Record<string, unknown>> };

function flowsOf(line: string, at: number): readonly Timed[] {
  const [source = '', , target = '', count = '1', ...words] = line.split(/\s+/);
  const number = (key: string, fallback: number): number => {
    const word = words.find((candidate) => candidate.startsWith(`${key}:`));
    return word === undefined ? fallback : Number(word.slice(key.length + 1));
  };
  const newest = END_MS - number('age', 0) * 1000;
  const port = number('port', 80);
  const make = (n: number, what: Readonly<Record<string, unknown>>): Timed => ({
    ms: newest - n * 100 - at,
    flow: {
      ...what,
      IP: { source: addressOf(source), destination: addressOf(target), ipVersion: 'IPv4' },
      l4: { [port === 53 ? 'UDP' : 'TCP']: { source_port: 40000 + n, destination_port: port } },
      source: endpointOf(source),
      destination: endpointOf(target),
      ...(target.includes('/') ? {} : { destination_names: [target] }),
      Type: 'L3_L4',
      node_name: 'worker1',
      is_reply: false,
    },
  });
  const forwarded = Array.from({ length: Number(count) }, (_, n) => make(n, FORWARDED));
  const dropped = Array.from({ length: number('dropped', 0) }, (_, n) => make(n, DROPPED));
  const sockets = Array.from({ length: number('sockets', 0) }, (_, n) => make(n, SOCKET));
  return [...forwarded, ...dropped, ...sockets];
}

const FORWARDED = {
  verdict: 'FORWARDED',
  event_type: { type: 4 },
  trace_observation_point: 'TO_ENDPOINT',
  traffic_direction: 'INGRESS',
};
const DROPPED = {
  verdict: 'DROPPED',
  event_type: { type: 1, sub_type: 133 },
  drop_reason: 133,
  drop_reason_desc: 'POLICY_DENIED',
  traffic_direction: 'INGRESS',
};
const SOCKET = {
  verdict: 'TRANSLATED',
  event_type: { type: 7, sub_type: 2 },
  sock_xlate_point: 'SOCK_XLATE_POINT_POST_DIRECTION_FWD',
};

function endpointOf(name: string): Readonly<Record<string, unknown>> {
  const [namespace, workload] = name.split('/');
  if (workload === undefined) return { identity: 2, labels: ['reserved:world'] };
  return {
    identity: 1000 + hash(name),
    namespace,
    labels: [`k8s:app=${workload}`, `k8s:io.kubernetes.pod.namespace=${namespace ?? ''}`],
    pod_name: `${workload}-0`,
    workloads: [{ name: workload, kind: 'Deployment' }],
  };
}

function addressOf(name: string): string {
  const n = hash(name);
  return name.includes('/') ? `10.0.${n >> 8}.${n & 255}` : `203.0.113.${n & 255}`;
}

function hash(text: string): number {
  let sum = 7;
  for (const letter of text) sum = (sum * 31 + letter.charCodeAt(0)) % 65_521;
  return sum;
}

function jsonLine(ms: number, flow: Timed['flow'], at: number): string {
  const time = new Date(ms).toISOString();
  const uuid = `0aa00000-0000-4000-8000-${String(at).padStart(12, '0')}`;
  return JSON.stringify({ flow: { time, uuid, ...flow }, node_name: 'worker1', time });
}
