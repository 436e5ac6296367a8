// Fields that are true or false. The CLI has a flag without value for each of the two.

import { oneOf } from './checks.ts';
import type { FieldDef } from './field.ts';
import { itemList } from './list-effect.ts';

const VALUES = ['true', 'false'];

export const REPLY_FIELD: FieldDef = {
  name: 'reply',
  aliases: ['is-reply'],
  sides: 'none',
  hasFlag: false,
  switches: [
    { flag: 'reply', value: 'true' },
    { flag: 'not-reply', value: 'false' },
  ],
  since: '1.20',
  doc: 'Whether the packet answers another. Drops count as false; other flows that do not say never match.',
  examples: ['reply:false'],
  values: VALUES,
  check: oneOf(VALUES, 'an answer to whether it is a reply', 'Write true or false.'),
  effect: itemList<boolean>(
    (filter) => filter.reply,
    (value) => value === 'true',
    String,
  ),
};

export const ENCRYPTED_FIELD: FieldDef = {
  name: 'encrypted',
  aliases: [],
  sides: 'none',
  hasFlag: false,
  switches: [
    { flag: 'encrypted', value: 'true' },
    { flag: 'unencrypted', value: 'false' },
  ],
  since: '1.19',
  doc: 'Whether the packet was encrypted on the wire.',
  examples: ['encrypted:true'],
  values: VALUES,
  check: oneOf(VALUES, 'an answer to whether it is encrypted', 'Write true or false.'),
  effect: itemList<boolean>(
    (filter) => filter.encrypted,
    (value) => value === 'true',
    String,
  ),
};
