import { err, ok } from '@finderscope/base';
import { compilePort } from '../filter/port.ts';
import { shown } from './checks.ts';
import type { FieldDef } from './field.ts';
import { textList } from './list-effect.ts';

export const PORT_FIELD: FieldDef = {
  name: 'port',
  aliases: [],
  sides: 'either',
  hasFlag: true,
  doc: 'TCP, UDP or SCTP port.',
  examples: ['port:53', 'to-port:443'],
  check: (value) => {
    const port = compilePort(value);
    return port.ok
      ? ok(String(port.value))
      : err(`${shown(value)} is not a port. Write a number from 0 to 65535.`);
  },
  effect: textList((filter, side) => (side === 'source' ? filter.sourcePort : filter.destinationPort)),
};
