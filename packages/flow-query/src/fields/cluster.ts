import { someText } from './checks.ts';
import type { FieldDef } from './field.ts';
import { textList } from './list-effect.ts';

export const CLUSTER_FIELD: FieldDef = {
  name: 'cluster',
  aliases: [],
  sides: 'either',
  hasFlag: true,
  since: '1.17',
  doc: 'Exact name of the cluster an end lives in; * has no meaning here.',
  examples: ['cluster:prod-eu', 'to-cluster:default'],
  check: someText('a cluster', 'cluster:prod-eu'),
  effect: textList((filter, side) =>
    side === 'source' ? filter.sourceClusterName : filter.destinationClusterName,
  ),
};
