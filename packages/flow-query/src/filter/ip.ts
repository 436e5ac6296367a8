// source_ip, destination_ip, source_ip_xlated. An address is compared as text, so only the spelling that Hubble writes
// can match; a prefix is compared as a prefix.

import { err, ok, type Result } from '@finderscope/base';
import { checkAddress, inAnyPrefix, parsePrefix, type Prefix } from './address.ts';
import { bothSides, defineRule } from './define-rule.ts';
import { goQuote } from './go-text.ts';
import type { FilterRule } from './rule.ts';

type IpTest = (ip: string) => boolean;

function compileIps(values: readonly string[]): Result<IpTest, string> {
  const addresses = new Set<string>();
  const prefixes: Prefix[] = [];
  for (const value of values) {
    if (value.includes('/')) {
      const prefix = parsePrefix(value);
      if (!prefix.ok) return err(`invalid IP prefix ${goQuote(value)} in filter: ${prefix.error}`);
      prefixes.push(prefix.value);
    } else {
      const address = checkAddress(value);
      if (!address.ok) return err(`invalid IP address ${goQuote(value)} in filter: ${address.error}`);
      addresses.add(value);
    }
  }
  return ok((ip) => ip !== '' && (addresses.has(ip) || (prefixes.length > 0 && inAnyPrefix(prefixes, ip))));
}

/** An address or a prefix with a slash. IPv4 and IPv6 never match each other; '' matches nothing. */
export function compileIp(value: string): Result<IpTest, string> {
  return compileIps([value]);
}

export const IP_RULES: readonly FilterRule[] = [
  ...bothSides((side) =>
    defineRule({
      field: side === 'source' ? 'sourceIp' : 'destinationIp',
      reads: [{ part: 'ip', side }],
      values: (filter) => (side === 'source' ? filter.sourceIp : filter.destinationIp),
      compile: compileIps,
    }),
  ),
  defineRule({
    field: 'sourceIpXlated',
    reads: [{ part: 'xlatedIp' }],
    values: (filter) => filter.sourceIpXlated,
    compile: compileIps,
  }),
];
