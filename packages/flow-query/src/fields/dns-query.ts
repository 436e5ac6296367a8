import { checkRegex } from './http.ts';
import type { FieldDef } from './field.ts';
import { textList } from './list-effect.ts';

export const DNS_QUERY_FIELD: FieldDef = {
  name: 'dns-query',
  aliases: ['dns'],
  sides: 'none',
  hasFlag: false,
  doc: 'Regular expression (RE2) found anywhere in the DNS name asked for, which ends with a dot.',
  examples: ['dns-query:example\\.com\\.$'],
  check: checkRegex,
  effect: textList((filter) => filter.dnsQuery),
};
