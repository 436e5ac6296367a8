// What a person has chosen on the map: some nodes, or one link. The choice is in the address; its values are added to
// the filter, so that every other pane shows it, and leave it with the choice. The map itself asks without them.

import { includeValue, removeValue, valueState } from '@finderscope/flow-query';
import type { MapNode, MapScope } from './graph.ts';

export type Pick =
  | { readonly kind: 'none' }
  | { readonly kind: 'nodes'; readonly ids: readonly string[] }
  | { readonly kind: 'link'; readonly source: string; readonly target: string };

export const NO_PICK: Pick = { kind: 'none' };

const ISLAND = 'island:';

/** A closed island, or the bundle of its links, as something that can be chosen. */
export function islandNode(id: string, cluster: string, namespace: string): MapNode {
  return {
    id,
    name: namespace,
    cluster,
    namespace: '',
    outside: undefined,
    kind: 'Namespace',
    pods: 0,
    identities: [],
  };
}

function isIsland({ id }: MapNode): boolean {
  return id.startsWith(ISLAND);
}

/** A key of the filter language and one value for it. */
export type PickValue = { readonly field: string; readonly value: string };

const ARROW = ' > ';

/** As the address holds it: ids of nodes, or one `source > target`. */
export function readPick(items: readonly string[]): Pick {
  const [first] = items;
  if (first === undefined) return NO_PICK;
  const [source, target, ...more] = first.split(ARROW);
  if (items.length === 1 && source !== undefined && target !== undefined && more.length === 0)
    return { kind: 'link', source, target };
  return { kind: 'nodes', ids: items };
}

export function writePick(pick: Pick): readonly string[] {
  switch (pick.kind) {
    case 'none':
      return [];
    case 'nodes':
      return pick.ids;
    case 'link':
      return [`${pick.source}${ARROW}${pick.target}`];
  }
}

/**
 * What an end of a link, or either end of a flow (`side` ''), is asked for by; empty when no key says it. Names alone
 * do while there is one cluster.
 */
export function nodeValues(
  node: MapNode,
  scope: MapScope,
  side: 'from-' | 'to-' | '',
  severalClusters: boolean,
): readonly PickValue[] {
  if (isIsland(node)) return [{ field: `${side}namespace`, value: node.name }];
  const of = (field: string, value: string): PickValue => ({ field: `${side}${field}`, value });
  if (node.outside === 'dns') return [of('fqdn', node.name)];
  if (node.outside === 'address') return [of('ip', node.name)];
  if (node.outside === 'reserved') return node.name === 'unknown' ? [] : [of('identity', node.name)];
  const cluster = node.cluster === '' || !severalClusters ? [] : [of('cluster', node.cluster)];
  switch (scope) {
    case 'cluster':
      return [of('cluster', node.name)];
    case 'namespace':
      return [...cluster, of('namespace', node.name)];
    case 'pod':
      return [...cluster, of('pod', node.namespace === '' ? node.name : `${node.namespace}/${node.name}`)];
    case 'workload':
      return [
        ...cluster,
        ...(node.namespace === '' ? [] : [of('namespace', node.namespace)]),
        of('workload', node.name),
      ];
    case 'identity': {
      const [identity] = node.identities;
      return identity === undefined ? [] : [of('identity', String(identity))];
    }
    case 'node':
      return side === '' ? [{ field: 'node-name', value: node.name }] : [];
  }
}

/** The values that stand for a choice; empty when one of its nodes is not known. */
export function pickValues(
  pick: Pick,
  scope: MapScope,
  nodeById: ReadonlyMap<string, MapNode>,
): readonly PickValue[] {
  const several = new Set([...nodeById.values()].map((node) => node.cluster).filter(Boolean)).size > 1;
  if (pick.kind === 'none') return [];
  if (pick.kind === 'nodes') {
    return pick.ids.flatMap((id) => {
      const node = nodeById.get(id);
      return node === undefined ? [] : nodeValues(node, scope, '', several);
    });
  }
  const source = nodeById.get(pick.source);
  const target = nodeById.get(pick.target);
  if (source === undefined || target === undefined) return [];
  return [...nodeValues(source, scope, 'from-', several), ...nodeValues(target, scope, 'to-', several)];
}

export function withValues(filter: string, values: readonly PickValue[]): string {
  return values.reduce((text, { field, value }) => includeValue(text, field, value), filter);
}

export function withoutValues(filter: string, values: readonly PickValue[]): string {
  return values.reduce((text, { field, value }) => removeValue(text, field, value), filter);
}

/** A choice whose values somebody has taken out of the filter is no longer one. */
export function isInForce(filter: string, values: readonly PickValue[]): boolean {
  return values.every(({ field, value }) => valueState(filter, field, value) === 'included');
}
