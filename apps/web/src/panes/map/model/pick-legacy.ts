// Links of older versions say what is chosen, not what the choice has put into the filter: these values, by name of the
// workload, which only flows tell that were seen on the pod's own node.

import { removeValue, valueState } from '@finderscope/flow-query';
import type { MapNode, MapScope } from './graph.ts';
import { pickEnd, type PickSide, type PickValue } from './pick-ends.ts';
import type { Pick } from './pick.ts';

/** Empty when no key says it. */
export function legacyValues(
  pick: Pick,
  scope: MapScope,
  known: ReadonlyMap<string, MapNode>,
  severalClusters: boolean,
): readonly PickValue[] {
  const of = (id: string, side: PickSide): readonly PickValue[] => {
    const node = known.get(id);
    return node === undefined ? [] : valuesOf(node, scope, side, severalClusters);
  };
  switch (pick.kind) {
    case 'none':
      return [];
    case 'nodes':
      return pick.ids.flatMap((id) => of(id, ''));
    case 'link':
      return [...of(pick.source, 'from-'), ...of(pick.target, 'to-')];
  }
}

function valuesOf(
  node: MapNode,
  scope: MapScope,
  side: PickSide,
  severalClusters: boolean,
): readonly PickValue[] {
  const { pods, more } = pickEnd(node, scope, side, severalClusters);
  if (pods === undefined) return more;
  const of = (field: string, value: string): PickValue => ({ field: `${side}${field}`, value });
  const cluster = node.cluster === '' || !severalClusters ? [] : [of('cluster', node.cluster)];
  const namespace = node.namespace === '' ? [] : [of('namespace', node.namespace)];
  if (scope === 'workload' && node.podNames !== undefined)
    return [...cluster, ...namespace, of('workload', node.name)];
  if (scope === 'pod')
    return [...cluster, of('pod', node.namespace === '' ? node.name : `${node.namespace}/${node.name}`)];
  return [...cluster, of('namespace', node.name)];
}

export function holdsValues(filter: string, values: readonly PickValue[]): boolean {
  return values.every(({ field, value }) => valueState(filter, field, value) === 'included');
}

export function withoutValues(filter: string, values: readonly PickValue[]): string {
  return values.reduce((text, { field, value }) => removeValue(text, field, value), filter);
}
