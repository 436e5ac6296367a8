// Who talks to whom, as a choice in the filter and as a name.

import type { Edge, EdgeNode, EdgesAnswer } from '../../engine/protocol.ts';
import { isWord, type ValueFilter } from '../../filter-bar/value-filter.ts';
import type { Choice } from '../../filter-bar/choice.ts';

/** Ends tell their cluster only where there are several. */
export type Pair = { readonly edge: Edge; readonly from: EdgeNode; readonly to: EdgeNode };

/** The edges of an answer with both their ends. */
export function pairsOf({ nodes, edges }: EdgesAnswer, severalClusters: boolean): readonly Pair[] {
  const end = (at: number): EdgeNode | undefined => {
    const node = nodes[at];
    return node === undefined || severalClusters ? node : { ...node, cluster: '' };
  };
  return edges.flatMap((edge) => {
    const from = end(edge.from);
    const to = end(edge.to);
    return from === undefined || to === undefined ? [] : [{ edge, from, to }];
  });
}

/** What asks for the flows from one end to the other; empty when one of them has no word in the language. */
export function pairChoice({ from, to }: Pair): Choice {
  const source = endValues(from, 'from-');
  const target = endValues(to, 'to-');
  return source.length === 0 || target.length === 0 ? [] : [...source, ...target];
}

/** At the scope of workloads; what has no pods that could be named is its namespace. */
function endValues(node: EdgeNode, side: 'from-' | 'to-'): Choice {
  const of = (field: string, value: string): ValueFilter => ({ field: `${side}${field}`, value });
  const cluster = node.cluster === '' ? [] : [of('cluster', node.cluster)];
  const checked = (field: string, value: string): Choice => (isWord(field, value) ? [of(field, value)] : []);
  switch (node.kind) {
    case 'dns':
      return checked('fqdn', node.name);
    case 'address':
      return checked('ip', node.name);
    case 'reserved':
      return checked('identity', node.name);
    case 'unknown':
      return [];
    case 'inside':
      return [
        ...cluster,
        ...(node.podNames?.values.map((value) => of('pod', value)) ?? checked('namespace', node.namespace)),
      ];
  }
}

/** `shop/cart`, `blue/shop/cart`; a node that flows say nothing of is `unknown`. */
export function endName({ cluster, namespace, name, kind }: EdgeNode): string {
  if (kind === 'unknown') return 'unknown';
  return kind === 'inside' ? [cluster, namespace, name].filter((part) => part !== '').join('/') : name;
}

/** `80 TCP`: the port most talked to, '' without one; traces at sockets say 0 where they do not know it. */
export function mainPort({ ports }: Edge): string {
  const [first] = ports;
  if (first === undefined) return '';
  return [first.port === undefined || first.port === 0 ? '' : String(first.port), first.protocol]
    .filter(Boolean)
    .join(' ');
}

/** Flows with this verdict, replies not among them. */
export function flowsOf({ verdicts }: Edge, verdict: number): number {
  return verdicts.find(([number]) => number === verdict)?.[1] ?? 0;
}
