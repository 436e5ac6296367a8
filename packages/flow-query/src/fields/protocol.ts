import { compileProtocol, PROTOCOL_NAMES } from '../filter/protocol.ts';
import { compiled, orList, shown } from './checks.ts';
import type { FieldDef } from './field.ts';
import { textList } from './list-effect.ts';

export const PROTOCOL_FIELD: FieldDef = {
  name: 'protocol',
  aliases: ['proto'],
  sides: 'none',
  hasFlag: true,
  doc: 'Transport or application protocol.',
  examples: ['protocol:tcp', 'protocol:dns or http'],
  values: PROTOCOL_NAMES,
  check: compiled(
    compileProtocol,
    (value) => `${shown(value)} is not a protocol. Write ${orList(PROTOCOL_NAMES)}.`,
  ),
  effect: textList((filter) => filter.protocol),
};
