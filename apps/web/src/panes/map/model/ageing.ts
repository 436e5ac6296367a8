// Links that nothing uses fade after 40 s and leave after 60 s; a node leaves with its last link. A view that stands
// still (paused, a fixed window, a file) does not age.

import type { MapGraph, MapLink } from './graph.ts';

export const IDLE_AFTER_S = 40;
export const GONE_AFTER_S = 60;

const NS_PER_S = 1_000_000_000;

const GONE_AFTER_NS = BigInt(GONE_AFTER_S * NS_PER_S);

/** Seconds since then; 0 when the time is not known. */
export function ageOf(lastSeenNs: bigint | undefined, nowNs: bigint | undefined): number {
  if (lastSeenNs === undefined || nowNs === undefined) return 0;
  return Math.max(0, Number(nowNs - lastSeenNs) / NS_PER_S);
}

/** The least age of links: worked out once, where there are thousands of them. */
export class Youngest {
  #lastSeenNs: bigint | undefined;
  #isNow = false;

  add({ lastSeenNs }: MapLink): void {
    if (lastSeenNs === undefined) this.#isNow = true;
    else if (this.#lastSeenNs === undefined || lastSeenNs > this.#lastSeenNs) this.#lastSeenNs = lastSeenNs;
  }

  /** 0 without links. */
  ageS(nowNs: bigint | undefined): number {
    return this.#isNow ? 0 : ageOf(this.#lastSeenNs, nowNs);
  }
}

/** Which links have not gone by the time of the graph. */
export function staysAt(nowNs: bigint | undefined): (link: MapLink) => boolean {
  if (nowNs === undefined) return () => true;
  const goneNs = nowNs - GONE_AFTER_NS;
  return ({ lastSeenNs }) => lastSeenNs === undefined || lastSeenNs > goneNs;
}

/** The graph without what has gone. */
export function withoutGone(graph: MapGraph): MapGraph {
  const links = graph.links.filter(staysAt(graph.nowNs));
  if (links.length === graph.links.length) return graph;
  const ends = new Set(links.flatMap((link) => [link.source, link.target]));
  return { ...graph, links, nodes: graph.nodes.filter((node) => ends.has(node.id)) };
}
