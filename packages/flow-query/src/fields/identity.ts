import { err, ok, type Result } from '@finderscope/base';
import { IDENTITY_BY_NAME, IDENTITY_NAMES } from '../text/identity.ts';
import { orList, shown } from './checks.ts';
import type { FieldDef } from './field.ts';
import { parsePrefixedUint } from './go-number.ts';
import { itemList } from './list-effect.ts';

const PRINTED_NAMES = [...IDENTITY_NAMES].filter(([identity]) => identity !== 0).map(([, name]) => name);

/** The name where the CLI prints one; 0 is printed `unknown` but must be written 0. */
function identityWord(identity: number): string {
  return identity === 0 ? '0' : (IDENTITY_NAMES.get(identity) ?? String(identity));
}

function checkIdentity(value: string): Result<string, string> {
  const identity = IDENTITY_BY_NAME.get(value.toLowerCase()) ?? parsePrefixedUint(value, 32);
  return identity === undefined
    ? err(`${shown(value)} is not a security identity. Write a number, or ${orList(PRINTED_NAMES)}.`)
    : ok(identityWord(Number(identity)));
}

export const IDENTITY_FIELD: FieldDef = {
  name: 'identity',
  aliases: [],
  sides: 'either',
  hasFlag: true,
  doc: 'Security identity of an end, as a number or by its reserved name.',
  examples: ['identity:world', 'to-identity:11716'],
  values: PRINTED_NAMES,
  check: checkIdentity,
  effect: itemList<number>(
    (filter, side) => (side === 'source' ? filter.sourceIdentity : filter.destinationIdentity),
    (value) => IDENTITY_BY_NAME.get(value) ?? Number(value),
    identityWord,
  ),
};
