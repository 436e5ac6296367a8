import { create } from '@bufbuild/protobuf';
import { err, ok, type Result } from '@finderscope/base';
import { type TCPFlags, TCPFlagsSchema } from '@finderscope/hubble-api';
import { TCP_FLAG_NAMES } from '../text/tcp-flags.ts';
import { orList, shown } from './checks.ts';
import type { FieldDef } from './field.ts';
import { itemList } from './list-effect.ts';

/** `syn, ACK` becomes `SYN,ACK`. */
function checkFlags(value: string): Result<string, string> {
  const written = value.split(',').map((name) => name.trim());
  const unknown = written.find((name) => !TCP_FLAG_NAMES.some((known) => known === name.toUpperCase()));
  return unknown === undefined
    ? ok(written.join(',').toUpperCase())
    : err(`${shown(unknown)} is not a TCP flag. Write ${orList(TCP_FLAG_NAMES)}, with commas for and.`);
}

function parseFlags(value: string): TCPFlags {
  const flags = create(TCPFlagsSchema);
  for (const name of TCP_FLAG_NAMES) if (value.split(',').includes(name)) flags[name] = true;
  return flags;
}

export const TCP_FLAGS_FIELD: FieldDef = {
  name: 'tcp-flags',
  aliases: [],
  sides: 'none',
  hasFlag: true,
  doc: 'TCP flags that must all be set; others may be.',
  examples: ['tcp-flags:SYN', 'tcp-flags:SYN,ACK or RST'],
  values: ['SYN', 'SYN,ACK', 'ACK', 'FIN', 'RST', 'PSH', 'URG', 'ECE', 'CWR', 'NS'],
  check: checkFlags,
  effect: itemList<TCPFlags>(
    (filter) => filter.tcpFlags,
    parseFlags,
    (flags) => TCP_FLAG_NAMES.filter((name) => flags[name]).join(','),
  ),
};
