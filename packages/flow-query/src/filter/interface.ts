// interface: index when above 0, name when not empty. An empty entry accepts every flow that names an interface.

import { ok } from '@finderscope/base';
import { defineRule } from './define-rule.ts';
import type { FilterRule } from './rule.ts';

export const INTERFACE_RULE: FilterRule = defineRule({
  field: 'interface',
  reads: [{ part: 'interface' }],
  values: (filter) => filter.interface,
  compile: (values) =>
    ok((device) => {
      if (device === undefined) return false;
      for (const { index, name } of values) {
        if ((index === 0 || index === device.index) && (name === '' || name === device.name)) return true;
      }
      return false;
    }),
});
