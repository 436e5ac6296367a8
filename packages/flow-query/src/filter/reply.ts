// reply: is_reply has three states. Unknown matches nothing, except that on dropped flows it counts as false.

import { ok } from '@finderscope/base';
import { Verdict } from '@finderscope/hubble-api';
import { defineRule } from './define-rule.ts';
import type { FilterRule } from './rule.ts';

export const REPLY_RULE: FilterRule = defineRule({
  field: 'reply',
  reads: [{ part: 'isReply' }, { part: 'verdict' }],
  values: (filter) => filter.reply,
  compile: (values) => {
    const replies = values.includes(true);
    const others = values.includes(false);
    return ok((isReply, verdict) => {
      if (isReply === undefined) return others && verdict === Verdict.DROPPED;
      return isReply ? replies : others;
    });
  },
});
