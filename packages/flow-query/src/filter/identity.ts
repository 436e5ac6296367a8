// source_identity, destination_identity. 0 is a value like any other; a flow without the endpoint never matches.

import { ok } from '@finderscope/base';
import { bothSides, defineRule } from './define-rule.ts';
import type { FilterRule } from './rule.ts';

export const IDENTITY_RULES: readonly FilterRule[] = bothSides((side) =>
  defineRule({
    field: side === 'source' ? 'sourceIdentity' : 'destinationIdentity',
    reads: [{ part: 'endpoint', side }],
    values: (filter) => (side === 'source' ? filter.sourceIdentity : filter.destinationIdentity),
    compile: (values) => {
      const wanted = new Set(values);
      return ok((endpoint) => endpoint !== undefined && wanted.has(endpoint.identity));
    },
  }),
);
