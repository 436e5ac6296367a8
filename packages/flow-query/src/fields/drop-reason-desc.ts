import { err, nearest, ok, type Result } from '@finderscope/base';
import { type DropReason, DropReasonSchema } from '@finderscope/hubble-api';
import { DROP_REASONS, dropReasonName } from '../text/drop-reason.ts';
import { enumNumber } from '../text/enum-name.ts';
import { shown } from './checks.ts';
import type { FieldDef } from './field.ts';
import { itemList } from './list-effect.ts';

const NAMES = DROP_REASONS.map((reason) => reason.name);

/** The enum's name in any case of letters, with spaces for underscores too: `policy denied`. */
function checkDropReason(value: string): Result<string, string> {
  const name = value.toUpperCase().replaceAll(/[ -]/g, '_');
  if (NAMES.includes(name)) return ok(name);
  const guess = nearest(name, NAMES);
  const advice =
    guess === undefined
      ? 'Write a name such as POLICY_DENIED or STALE_OR_UNROUTABLE_IP'
      : `Did you mean ${guess}?`;
  return err(`${shown(value)} is not a drop reason. ${guess === undefined ? `${advice}.` : advice}`);
}

export const DROP_REASON_FIELD: FieldDef = {
  name: 'drop-reason-desc',
  aliases: ['drop-reason'],
  sides: 'none',
  hasFlag: true,
  since: '1.16',
  doc: 'Why the datapath dropped the packet. Drops that tell no reason are DROP_REASON_UNKNOWN, as requests denied by a proxy are.',
  examples: ['drop-reason-desc:POLICY_DENIED'],
  values: NAMES,
  check: checkDropReason,
  effect: itemList<DropReason>(
    (filter) => filter.dropReasonDesc,
    (value) => enumNumber(DropReasonSchema, value) ?? 0,
    dropReasonName,
  ),
};
