// source_cluster_name, destination_cluster_name: exact names, no wildcards.

import { err, ok } from '@finderscope/base';
import { bothSides, defineRule } from './define-rule.ts';
import type { FilterRule } from './rule.ts';

export const CLUSTER_RULES: readonly FilterRule[] = bothSides((side) =>
  defineRule({
    field: side === 'source' ? 'sourceClusterName' : 'destinationClusterName',
    reads: [{ part: 'endpoint', side }],
    values: (filter) => (side === 'source' ? filter.sourceClusterName : filter.destinationClusterName),
    compile: (values) => {
      if (values.includes('')) return err('invalid filter, name must not be empty');
      const wanted = new Set(values);
      return ok((endpoint) => endpoint !== undefined && wanted.has(endpoint.clusterName));
    },
  }),
);
