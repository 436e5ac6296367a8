// FlowFilter back to text: for the JSON that a command carries.

import { equals } from '@bufbuild/protobuf';
import { type FlowFilter, FlowFilterSchema } from '@finderscope/hubble-api';
import { filterToJson } from '../fields/filter-json.ts';
import { KEYS } from '../fields/key.ts';
import { RAW_FILTER_FIELD } from '../fields/raw-filter.ts';
import { compileFilterText } from './compile.ts';
import { formatToken } from './format.ts';

/**
 * Tokens that together mean exactly this filter. What keys cannot say, such as an interface by index, or what the CLI
 * would not let flags say together, becomes one `raw-filter` token.
 */
export function filterToTokens(filter: FlowFilter): readonly string[] {
  const tokens: string[] = [];
  for (const { name, field, side } of KEYS) {
    if (field.effect.kind !== 'list' || side === 'either') continue;
    const values = field.effect.read(filter, side === 'destination' ? 'destination' : 'source');
    if (values.length > 0) tokens.push(formatToken(name, values));
  }
  const back = compileFilterText(tokens.join(' '));
  const [only, ...others] = back.ok ? back.value.allow : [];
  const same = only !== undefined && others.length === 0 && equals(FlowFilterSchema, only, filter);
  return same ? tokens : [formatToken(RAW_FILTER_FIELD.name, [filterToJson(filter)])];
}
