// tcp_flags: every flag set in an entry must be set in the flow; flags not set in the entry do not matter.

import { ok } from '@finderscope/base';
import { defineRule } from './define-rule.ts';
import { tcpFlagBits } from './parts.ts';
import type { FilterRule } from './rule.ts';

export const TCP_FLAGS_RULE: FilterRule = defineRule({
  field: 'tcpFlags',
  reads: [{ part: 'tcpFlags' }],
  values: (filter) => filter.tcpFlags,
  compile: (values) => {
    const masks = values.map(tcpFlagBits);
    return ok((flags) => {
      if (flags === undefined) return false;
      for (const mask of masks) if ((flags & mask) === mask) return true;
      return false;
    });
  },
});
