// Graphs drawn as text, one link a line: `shop/cart -> data/redis 120 dropped:3`. Names without a slash are outside;
// a cluster stands before a colon.

import type { MapGraph, MapLink, MapNode, Mix } from '../model/graph.ts';
import { NO_MIX, totalOf } from '../model/mix.ts';

export const NOW_NS = 1_000_000_000_000n;
const NS_PER_S = 1_000_000_000n;

/** Counts over 60 s; `age:45` is in seconds, `at:source` where drops stopped, `port:80`. */
export function graphOf(text: string, order: 'as written' | 'reversed' = 'as written'): MapGraph {
  const nodes = new Map<string, MapNode>();
  const links: MapLink[] = [];
  const node = (name: string): string => {
    const made = nodeOf(name);
    nodes.set(made.id, made);
    return made.id;
  };
  for (const line of text.split('\n').map((row) => row.trim())) {
    if (line === '') continue;
    const [source = '', , target, count, ...rest] = line.split(/\s+/);
    if (target === undefined) {
      node(source);
      continue;
    }
    links.push(linkOf(node(source), node(target), Number(count ?? 60), rest));
  }
  const graph = { nodes: [...nodes.values()], links, spanS: 60, nowNs: NOW_NS };
  return order === 'as written'
    ? graph
    : { ...graph, nodes: graph.nodes.toReversed(), links: links.toReversed() };
}

function nodeOf(text: string): MapNode {
  const [, cluster = '', rest = text] = /^([^:/]+):(.+)$/.exec(text) ?? [];
  const [namespace, name] = rest.split('/');
  const inside = name !== undefined;
  return {
    id: text,
    name: name ?? rest,
    cluster,
    namespace: inside ? (namespace ?? '') : '',
    outside: inside
      ? undefined
      : /^(world|host|health|remote-node|ingress|kube-apiserver)$/.test(rest)
        ? 'reserved'
        : 'dns',
    kind: inside ? 'Deployment' : '',
    pods: 2,
    podNames: inside ? { values: [`${namespace ?? ''}/${name}-`], others: 0 } : undefined,
    identities: [4711],
  };
}

function linkOf(source: string, target: string, forwarded: number, words: readonly string[]): MapLink {
  const extra = new Map(
    words.map((word): [string, string] => {
      const [key = '', value = ''] = word.split(':');
      return [key, value];
    }),
  );
  const number = (key: string): number => Number(extra.get(key) ?? 0);
  const mix: Mix = {
    ...NO_MIX,
    forwarded,
    dropped: number('dropped'),
    redirected: number('redirected'),
    audit: number('audit'),
    error: number('error'),
  };
  return {
    source,
    target,
    mix,
    count: totalOf(mix),
    stop: extra.get('at') === 'source' ? 'source' : 'target',
    dropReason: mix.dropped > 0 ? 'Policy denied' : '',
    ports: [{ port: Number(extra.get('port') ?? 80), protocol: 'TCP', l7: '', count: totalOf(mix) }],
    requests: number('requests'),
    answered: number('requests') - number('untold'),
    untold: number('untold'),
    failures: number('failures'),
    p95Ms: undefined,
    lastSeenNs: NOW_NS - BigInt(number('age')) * NS_PER_S,
  };
}

/** The same graph every time: `services` in `namespaces`, calls from tier to tier, most of them within a namespace. */
export function randomGraph(services: number, namespaces: number, links: number, seed = 1): MapGraph {
  const random = seeded(seed);
  const nodes = Array.from({ length: services }, (_, i): MapNode =>
    nodeOf(`ns-${String(i % namespaces).padStart(2, '0')}/svc-${String(i).padStart(3, '0')}`),
  );
  const tier = nodes.map(() => Math.floor(random() * 5));
  const made = new Map<string, MapLink>();
  for (let tries = 0; made.size < links && tries < links * 100; tries++) {
    const from = Math.floor(random() * services);
    const near = random() < 0.6;
    const to = near
      ? (from + namespaces * Math.floor(random() * (services / namespaces))) % services
      : Math.floor(random() * services);
    const source = nodes[from];
    const target = nodes[to];
    if (source === undefined || target === undefined || source === target) continue;
    if ((tier[to] ?? 0) <= (tier[from] ?? 0) && random() > 0.05) continue;
    const words = random() < 0.08 ? ['dropped:4'] : [];
    made.set(`${source.id}>${target.id}`, linkOf(source.id, target.id, Math.ceil(random() * 900), words));
  }
  return { nodes, links: [...made.values()], spanS: 60, nowNs: NOW_NS };
}

/** Numbers from 0 to 1, the same for one seed. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
