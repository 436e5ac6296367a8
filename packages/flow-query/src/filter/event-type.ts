// event_type: type and, when asked for, sub type. Type 0 accepts every type; a flow without event_type never matches.

import { ok } from '@finderscope/base';
import { defineRule } from './define-rule.ts';
import type { FilterRule } from './rule.ts';

export const EVENT_TYPE_RULE: FilterRule = defineRule({
  field: 'eventType',
  reads: [{ part: 'eventType' }],
  values: (filter) => filter.eventType,
  compile: (values) =>
    ok((event) => {
      if (event === undefined) return false;
      for (const { type, matchSubType, subType } of values) {
        if ((type === 0 || type === event.type) && (!matchSubType || subType === event.subType)) return true;
      }
      return false;
    }),
});
