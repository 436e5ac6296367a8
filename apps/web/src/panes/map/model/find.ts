// Find on the map: which nodes a text means.

import type { MapNode } from './graph.ts';

/** What a node answers to: cluster/namespace/name. What is a namespace or a cluster itself is named once. */
export function fullName({ cluster, namespace, name }: MapNode): string {
  const namesCluster = namespace === '' && name === cluster;
  return [namesCluster ? '' : cluster, namespace, name].filter((part) => part !== '').join('/');
}

/** Nodes whose full name holds every word of the text, without regard to case; names that start with it first. */
export function findNodes(nodes: readonly MapNode[], text: string): readonly MapNode[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const [first] = words;
  if (first === undefined) return [];
  const hits = nodes.filter((node) => {
    const name = fullName(node).toLowerCase();
    return words.every((word) => name.includes(word));
  });
  const rank = (node: MapNode): number => (node.name.toLowerCase().startsWith(first) ? 0 : 1);
  return hits.toSorted((a, b) => rank(a) - rank(b) || fullName(a).localeCompare(fullName(b), 'en'));
}
