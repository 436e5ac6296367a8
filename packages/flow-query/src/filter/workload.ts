// source_workload, destination_workload: any workload of the endpoint with that name and kind. An empty name or kind
// accepts all, yet an endpoint without workloads never matches.

import { ok } from '@finderscope/base';
import { bothSides, defineRule } from './define-rule.ts';
import type { FilterRule } from './rule.ts';

export const WORKLOAD_RULES: readonly FilterRule[] = bothSides((side) =>
  defineRule({
    field: side === 'source' ? 'sourceWorkload' : 'destinationWorkload',
    reads: [{ part: 'endpoint', side }],
    values: (filter) => (side === 'source' ? filter.sourceWorkload : filter.destinationWorkload),
    compile: (values) =>
      ok((endpoint) => {
        if (endpoint === undefined) return false;
        for (const workload of endpoint.workloads) {
          for (const { name, kind } of values) {
            if ((name === '' || name === workload.name) && (kind === '' || kind === workload.kind))
              return true;
          }
        }
        return false;
      }),
  }),
);
