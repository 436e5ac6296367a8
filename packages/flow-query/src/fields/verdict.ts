import { enumNumber } from '../text/enum-name.ts';
import { VERDICT_NAMES, verdictName } from '../text/verdict.ts';
import { type Verdict, VerdictSchema } from '@finderscope/hubble-api';
import { oneOf, orList } from './checks.ts';
import type { FieldDef } from './field.ts';
import { itemList } from './list-effect.ts';

/** VERDICT_UNKNOWN is legal but last in the list: nobody looks for it first. */
const OFFERED = [...VERDICT_NAMES.slice(1), ...VERDICT_NAMES.slice(0, 1)];

export const VERDICT_FIELD: FieldDef = {
  name: 'verdict',
  aliases: [],
  sides: 'none',
  hasFlag: true,
  doc: 'What became of the packet or request.',
  examples: ['verdict:DROPPED', 'verdict:FORWARDED or REDIRECTED'],
  values: OFFERED,
  check: oneOf(VERDICT_NAMES, 'a verdict', `Write ${orList(OFFERED)}.`),
  effect: itemList<Verdict>(
    (filter) => filter.verdict,
    (value) => enumNumber(VerdictSchema, value) ?? 0,
    verdictName,
  ),
};
