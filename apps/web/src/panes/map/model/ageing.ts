// Links that nothing uses fade after 40 s and leave after 60 s; a node leaves with its last link. A view that stands
// still (paused, a fixed window, a file) does not age.

import type { MapGraph, MapLink } from './graph.ts';

export const IDLE_AFTER_S = 40;
export const GONE_AFTER_S = 60;

const NS_PER_S = 1_000_000_000;

/** Seconds since the link was last used; 0 when the time is not known. */
export function ageOf(link: MapLink, nowNs: bigint | undefined): number {
  if (link.lastSeenNs === undefined || nowNs === undefined) return 0;
  return Math.max(0, Number(nowNs - link.lastSeenNs) / NS_PER_S);
}

/** The graph without what has gone. */
export function withoutGone(graph: MapGraph): MapGraph {
  const links = graph.links.filter((link) => ageOf(link, graph.nowNs) < GONE_AFTER_S);
  if (links.length === graph.links.length) return graph;
  const ends = new Set(links.flatMap((link) => [link.source, link.target]));
  return { ...graph, links, nodes: graph.nodes.filter((node) => ends.has(node.id)) };
}
