// The map as a table: one row for each link of the graph, with the same counts.

import { fullName } from './find.ts';
import type { MapGraph, MapLink, MapNode } from './graph.ts';

export type LinkRow = {
  readonly id: string;
  readonly source: MapNode;
  readonly target: MapNode;
  readonly link: MapLink;
};

export const ROW_SORTS = ['source', 'target', 'rate', 'drops'] as const;
export type RowSort = (typeof ROW_SORTS)[number];

/** Most drops first, then the busiest, unless sorted by name. */
export function linkRows(
  graph: MapGraph,
  sort: RowSort,
  found: ReadonlySet<string> | undefined,
): readonly LinkRow[] {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const rows: LinkRow[] = [];
  for (const link of graph.links) {
    const source = nodes.get(link.source);
    const target = nodes.get(link.target);
    if (source === undefined || target === undefined) continue;
    if (found !== undefined && !found.has(source.id) && !found.has(target.id)) continue;
    rows.push({ id: `${source.id}>${target.id}`, source, target, link });
  }
  return rows.toSorted((a, b) => compare(a, b, sort));
}

function compare(a: LinkRow, b: LinkRow, sort: RowSort): number {
  const names =
    fullName(a.source).localeCompare(fullName(b.source), 'en') ||
    fullName(a.target).localeCompare(fullName(b.target), 'en');
  switch (sort) {
    case 'source':
      return names;
    case 'target':
      return fullName(a.target).localeCompare(fullName(b.target), 'en') || names;
    case 'rate':
      return b.link.count - a.link.count || names;
    case 'drops':
      return b.link.mix.dropped - a.link.mix.dropped || b.link.count - a.link.count || names;
  }
}
