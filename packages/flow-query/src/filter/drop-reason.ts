// drop_reason_desc: only of flows whose verdict is DROPPED, whatever reason others carry.

import { ok } from '@finderscope/base';
import { Verdict } from '@finderscope/hubble-api';
import { defineRule } from './define-rule.ts';
import type { FilterRule } from './rule.ts';

export const DROP_REASON_RULE: FilterRule = defineRule({
  field: 'dropReasonDesc',
  reads: [{ part: 'verdict' }, { part: 'dropReason' }],
  values: (filter) => filter.dropReasonDesc,
  compile: (values) => {
    const wanted = new Set<number>(values);
    return ok((verdict, reason) => verdict === Verdict.DROPPED && wanted.has(reason));
  },
});
