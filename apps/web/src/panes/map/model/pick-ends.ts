// By what a node of the map is asked for, as an end of a link or as either end of a flow.

import type { MapNode, MapScope } from './graph.ts';

/** A key of the filter language and one value for it. */
export type PickValue = { readonly field: string; readonly value: string };

export type PickSide = 'from-' | 'to-' | '';

export type PickEnd = {
  /** Beginnings of `namespace/pod`, any of which may hold; undefined for what has no pods. */
  readonly pods: readonly string[] | undefined;
  /** What must hold besides; keys are written with the side. */
  readonly more: readonly PickValue[];
};

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
    podNames: undefined,
    identities: [],
  };
}

/** Both are empty when no key says it. A cluster is named only where there are several. */
export function pickEnd(node: MapNode, scope: MapScope, side: PickSide, severalClusters: boolean): PickEnd {
  const only = (field: string, value: string): PickEnd => ({
    pods: undefined,
    more: [{ field: `${side}${field}`, value }],
  });
  if (node.outside === 'dns') return only('fqdn', node.name);
  if (node.outside === 'address') return only('ip', node.name);
  if (node.outside === 'reserved')
    return node.name === 'unknown' ? { pods: undefined, more: [] } : only('identity', node.name);
  const cluster =
    node.cluster === '' || !severalClusters ? [] : [{ field: `${side}cluster`, value: node.cluster }];
  if (node.id.startsWith(ISLAND) || scope === 'namespace') return { pods: [`${node.name}/`], more: cluster };
  switch (scope) {
    case 'cluster':
      return only('cluster', node.name);
    case 'pod':
    case 'workload':
      return { pods: node.podNames?.values ?? [`${node.namespace}/`], more: cluster };
    case 'identity': {
      const [identity] = node.identities;
      return identity === undefined ? { pods: undefined, more: [] } : only('identity', String(identity));
    }
    case 'node':
      return { pods: undefined, more: side === '' ? [{ field: 'node-name', value: node.name }] : [] };
  }
}
