import { assert, ok } from '@finderscope/base';
import { filterFromJson, filterToJson } from './filter-json.ts';
import type { FieldDef } from './field.ts';

export const RAW_FILTER_FIELD: FieldDef = {
  name: 'raw-filter',
  aliases: ['flow-filter'],
  sides: 'none',
  hasFlag: false,
  doc: 'A whole FlowFilter as JSON, for what no other key can say; it is what --allowlist and --denylist take.',
  examples: [`raw-filter:'{"interface":[{"index":4}]}'`],
  check: (value) => {
    const filter = filterFromJson(value);
    return filter.ok ? ok(filterToJson(filter.value)) : filter;
  },
  effect: {
    kind: 'whole',
    parse: (value) => {
      const filter = filterFromJson(value);
      assert(filter.ok, `${value} was checked`);
      return filter.value;
    },
  },
};
