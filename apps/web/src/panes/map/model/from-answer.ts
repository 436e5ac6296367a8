// The engine's edges as the map's graph: packets and requests counted once, by where they ended.

import { dropReasonText } from '@finderscope/flow-query';
import type { Edge, EdgeNode, EdgesAnswer } from '../../../engine/protocol.ts';
import { verdictKind } from '../../../widgets/index.ts';
import type { MapGraph, MapLink, MapNode, MapScope, Mix, OutsideKind, PortUse } from './graph.ts';
import { newSum, NO_MIX, totalOf } from './mix.ts';

const NS_PER_MS = 1_000_000;
const L7_NAMES: ReadonlyMap<string, string> = new Map([
  ['http', 'HTTP'],
  ['dns', 'DNS'],
  ['kafka', 'Kafka'],
]);

/** `spanS`: seconds that were asked for; `nowNs`: the moment that ages are measured at, undefined for no ageing. */
export function graphFromAnswer(
  answer: EdgesAnswer,
  scope: MapScope,
  spanS: number,
  nowNs: bigint | undefined,
): MapGraph {
  const nodes = answer.nodes.map((node) => nodeOf(node, scope));
  const links: MapLink[] = [];
  for (const edge of answer.edges) {
    const source = nodes[edge.from];
    const target = nodes[edge.to];
    if (source !== undefined && target !== undefined) links.push(linkOf(edge, source.id, target.id));
  }
  return { nodes, links, spanS, nowNs };
}

function nodeOf(node: EdgeNode, scope: MapScope): MapNode {
  return {
    id: node.id,
    name: node.name === '' ? 'unknown' : node.name,
    cluster: node.cluster,
    // A namespace is no island around itself.
    namespace: scope === 'namespace' ? '' : node.namespace,
    outside: outsideOf(node),
    kind: node.workloadKind,
    pods: node.pods,
    podNames: node.podNames,
    identities: node.identities,
  };
}

function outsideOf({ kind }: EdgeNode): OutsideKind | undefined {
  switch (kind) {
    case 'inside':
      return undefined;
    case 'unknown':
      return 'reserved';
    default:
      return kind;
  }
}

function linkOf(edge: Edge, source: string, target: string): MapLink {
  const ended = mixOf(edge.ended);
  // Only replies were seen: then they are what there is to draw.
  const mix = totalOf(ended) > 0 ? ended : { ...NO_MIX, forwarded: edge.flows };
  const { requests, responses, denied, http4xx, http5xx, dnsErrors, untold } = edge.l7;
  // A request that the proxy denied is answered by it, with 403 or as refused: one failure, seen as two flows.
  const unanswered = Math.max(0, denied - http4xx - dnsErrors);
  return {
    source,
    target,
    mix,
    count: totalOf(mix),
    stop: edge.droppedAtSource * 2 > ended.dropped ? 'source' : 'target',
    dropReason: edge.dropReason === 0 ? '' : dropReasonText(edge.dropReason),
    ports: edge.ports.map(portOf),
    requests: Math.max(requests, responses),
    // Where the filter leaves all answers out, what was denied would be all that is answered.
    answered:
      responses === 0 && unanswered > 0 ? Math.max(requests, unanswered) : responses - untold + unanswered,
    untold,
    failures: http5xx + http4xx + dnsErrors + unanswered,
    p95Ms: edge.p95Ns === undefined ? undefined : edge.p95Ns / NS_PER_MS,
    lastSeenNs: edge.lastNs,
  };
}

function portOf({ port, protocol, l7, flows }: Edge['ports'][number]): PortUse {
  return { port, protocol: protocol === '' ? 'unknown' : protocol, l7: L7_NAMES.get(l7) ?? l7, count: flows };
}

function mixOf(verdicts: readonly (readonly [number, number])[]): Mix {
  const sum = newSum();
  for (const [verdict, count] of verdicts) sum[verdictKind(verdict)] += count;
  return sum;
}
