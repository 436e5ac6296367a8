import { compileFqdn } from '../filter/fqdn.ts';
import { compiled, shown } from './checks.ts';
import type { FieldDef } from './field.ts';
import { textList } from './list-effect.ts';

export const FQDN_FIELD: FieldDef = {
  name: 'fqdn',
  aliases: [],
  sides: 'either',
  hasFlag: true,
  doc: 'DNS name of an end, whole; * stands for any run of letters, digits, dots and dashes.',
  examples: ['to-fqdn:api.example.com', 'fqdn:*.example.com'],
  check: compiled(
    compileFqdn,
    (value, reason) =>
      `${shown(value)} is not a DNS name pattern: ${reason}. Write letters, digits, -, _, dots and *, as in *.example.com.`,
  ),
  effect: textList((filter, side) => (side === 'source' ? filter.sourceFqdn : filter.destinationFqdn)),
};
