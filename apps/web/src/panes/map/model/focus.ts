// The part of a graph around some nodes: all that can be reached over a number of links, in whichever direction.

import type { MapGraph } from './graph.ts';

export const MAX_HOPS = 6;

/** Ids within `hops` links of `roots`. Roots that the graph does not hold are left out. */
export function idsWithin(graph: MapGraph, roots: readonly string[], hops: number): ReadonlySet<string> {
  const neighbours = new Map<string, string[]>(graph.nodes.map((node) => [node.id, []]));
  for (const { source, target } of graph.links) {
    neighbours.get(source)?.push(target);
    neighbours.get(target)?.push(source);
  }
  const seen = new Set(roots.filter((id) => neighbours.has(id)));
  let edge = [...seen];
  for (let hop = 0; hop < hops && edge.length > 0; hop++) {
    const next: string[] = [];
    for (const id of edge) {
      for (const other of neighbours.get(id) ?? []) {
        if (seen.has(other)) continue;
        seen.add(other);
        next.push(other);
      }
    }
    edge = next;
  }
  return seen;
}

/** The graph around `roots`, with the links among what is left; the whole graph when none of them is there. */
export function focusGraph(graph: MapGraph, roots: readonly string[], hops: number): MapGraph {
  const kept = idsWithin(graph, roots, hops);
  if (kept.size === 0) return graph;
  return {
    ...graph,
    nodes: graph.nodes.filter(({ id }) => kept.has(id)),
    links: graph.links.filter(({ source, target }) => kept.has(source) && kept.has(target)),
  };
}
