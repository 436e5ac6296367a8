// Ids of flows and traces: each is compared as a whole.

import { err, ok } from '@finderscope/base';
import { anyText, shown, someText } from './checks.ts';
import type { FieldDef } from './field.ts';
import { parseUint } from './go-number.ts';
import { itemList, textList } from './list-effect.ts';

export const UUID_FIELD: FieldDef = {
  name: 'uuid',
  aliases: [],
  sides: 'none',
  hasFlag: true,
  doc: 'Id of one flow.',
  examples: ['uuid:1bf17b3c-f2d9-4a3c-9d3f-2a1a3c0ab1cd'],
  check: someText('a flow id', 'uuid:1bf17b3c-f2d9-4a3c-9d3f-2a1a3c0ab1cd'),
  effect: textList((filter) => filter.uuid),
};

export const TRACE_ID_FIELD: FieldDef = {
  name: 'trace-id',
  aliases: [],
  sides: 'none',
  hasFlag: true,
  doc: 'Trace that a request belongs to; "" takes flows without one.',
  examples: ['trace-id:4bf92f3577b34da6a3ce929d0e0e4736'],
  check: anyText,
  effect: textList((filter) => filter.traceId),
};

export const IP_TRACE_ID_FIELD: FieldDef = {
  name: 'ip-trace-id',
  aliases: [],
  sides: 'none',
  hasFlag: true,
  since: '1.19',
  doc: 'Trace number carried in an IP option.',
  examples: ['ip-trace-id:42'],
  check: (value) => {
    const id = parseUint(value, 64);
    return id === undefined || id === 0n
      ? err(`${shown(value)} is not an IP trace id. Write a number from 1 to 18446744073709551615.`)
      : ok(String(id));
  },
  effect: itemList<bigint>((filter) => filter.ipTraceId, BigInt, String),
};
