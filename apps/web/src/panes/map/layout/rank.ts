// Layers and order by dagre (see docs/map-layout.md for why it): callers left, called right, few crossings.

import * as dagre from '@dagrejs/dagre';

export type RankNode = { readonly id: string; readonly w: number; readonly h: number };
export type RankLink = { readonly source: string; readonly target: string; readonly weight: number };
/** `order` grows from top to bottom within a rank; two ranks side by side have comparable orders. */
export type Ranked = { readonly rank: number; readonly order: number };

/** Beyond this many links for each node dagre takes seconds and shows nothing more: the heaviest are kept. */
const LINKS_A_NODE = 3;
const MANY_NODES = 24;
/** With so many nodes, fewer for each. */
const CROWD = { nodes: 40, linksANode: 2 };

export function rankNodes(
  nodes: readonly RankNode[],
  links: readonly RankLink[],
  gapY: number,
): ReadonlyMap<string, Ranked> {
  const graph = new dagre.graphlib.Graph<dagre.GraphLabel, dagre.NodeLabel, dagre.EdgeLabel>();
  graph.setGraph({ rankdir: 'LR', nodesep: gapY, ranksep: 60, edgesep: 2, acyclicer: 'greedy' });
  graph.setDefaultEdgeLabel(() => ({}));
  // In one order, whatever order they came in: the same graph is to look the same.
  for (const { id, w, h } of nodes.toSorted((a, b) => compareText(a.id, b.id)))
    graph.setNode(id, { width: w, height: h });
  for (const { source, target, weight } of thinned(nodes, netLinks(links)).toSorted(compareLinks)) {
    graph.setEdge(source, target, { weight: Math.max(1, Math.round(Math.log2(1 + weight))) });
  }
  dagre.layout(graph);
  const centres = nodes.map(({ id }) => {
    const { x, y } = graph.node(id);
    return { id, x: Math.round(x ?? 0), y: y ?? 0 };
  });
  const ranks = [...new Set(centres.map(({ x }) => x))].toSorted((a, b) => a - b);
  return new Map(centres.map(({ id, x, y }) => [id, { rank: ranks.indexOf(x), order: y }]));
}

/** Two that call each other count as the one that calls more. */
function netLinks(links: readonly RankLink[]): readonly RankLink[] {
  const byPair = new Map<string, RankLink>();
  for (const link of links.toSorted(compareLinks)) {
    if (link.source === link.target) continue;
    const back = byPair.get(`${link.target}>${link.source}`);
    if (back === undefined) {
      const key = `${link.source}>${link.target}`;
      const same = byPair.get(key);
      byPair.set(key, { ...link, weight: link.weight + (same?.weight ?? 0) });
    } else if (back.weight < link.weight) {
      byPair.delete(`${link.target}>${link.source}`);
      byPair.set(`${link.source}>${link.target}`, { ...link, weight: link.weight - back.weight });
    } else {
      byPair.set(`${link.target}>${link.source}`, { ...back, weight: back.weight - link.weight });
    }
  }
  return [...byPair.values()];
}

function thinned(nodes: readonly RankNode[], links: readonly RankLink[]): readonly RankLink[] {
  if (nodes.length <= MANY_NODES && links.length <= MANY_NODES * LINKS_A_NODE) return links;
  const most = nodes.length > CROWD.nodes ? CROWD.linksANode : LINKS_A_NODE;
  const used = new Map<string, number>();
  const heaviestFirst = links.toSorted((a, b) => b.weight - a.weight || compareLinks(a, b));
  return heaviestFirst.filter(({ source, target }) => {
    const out = used.get(`${source}>`) ?? 0;
    const into = used.get(`>${target}`) ?? 0;
    if (out >= most && into >= most) return false;
    used.set(`${source}>`, out + 1);
    used.set(`>${target}`, into + 1);
    return true;
  });
}

function compareLinks(a: RankLink, b: RankLink): number {
  return compareText(a.source, b.source) || compareText(a.target, b.target);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
