// source_port, destination_port: decimal numbers. Flows without TCP, UDP or SCTP have no port and never match.

import { err, ok, type Result } from '@finderscope/base';
import { bothSides, compileAll, defineRule } from './define-rule.ts';
import { goQuote } from './go-text.ts';
import type { FilterRule } from './rule.ts';

/** A port from 0 to 65535 in decimal digits; leading zeros are fine, signs are not. */
export function compilePort(value: string): Result<number, string> {
  const bad = (why: string) =>
    err(`invalid port ${goQuote(value)}: strconv.ParseUint: parsing ${goQuote(value)}: ${why}`);
  if (!/^[0-9]+$/.test(value)) return bad('invalid syntax');
  const port = Number(value);
  return port > 0xffff ? bad('value out of range') : ok(port);
}

export const PORT_RULES: readonly FilterRule[] = bothSides((side) =>
  defineRule({
    field: side === 'source' ? 'sourcePort' : 'destinationPort',
    reads: [{ part: 'port', side }],
    values: (filter) => (side === 'source' ? filter.sourcePort : filter.destinationPort),
    compile: (values) => {
      const ports = compileAll(values, compilePort);
      if (!ports.ok) return err(`invalid ${side} port filter: ${ports.error}`);
      const wanted = new Set(ports.value);
      return ok((port) => port !== undefined && wanted.has(port));
    },
  }),
);
