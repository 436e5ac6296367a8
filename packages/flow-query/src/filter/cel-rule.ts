// experimental.cel_expression: expressions over the whole flow; what they may say is cel.ts.

import { ok } from '@finderscope/base';
import { compileAll, defineRule } from './define-rule.ts';
import { compileCel } from './expression-engine.ts';
import type { FilterRule } from './rule.ts';

export const CEL_RULE: FilterRule = defineRule({
  field: 'experimental',
  reads: [{ part: 'flow' }],
  values: (filter) => filter.experimental?.celExpression ?? [],
  compile: (values) => {
    const tests = compileAll(values, compileCel);
    if (!tests.ok) return tests;
    return ok((flow) => {
      for (const test of tests.value) {
        const holds = test(flow);
        // An error ends the whole list: the expressions after it are not tried.
        if (holds !== false) return holds ?? false;
      }
      return false;
    });
  },
});
