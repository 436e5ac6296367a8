// Addresses of the ends, and the source address after masquerading.

import { ok, type Result } from '@finderscope/base';
import { compileIp } from '../filter/ip.ts';
import { compiled, shown } from './checks.ts';
import type { FieldDef } from './field.ts';
import { textList } from './list-effect.ts';

const checkText = compiled(compileIp, (value) =>
  value.includes('/')
    ? `${shown(value)} is not an IP prefix. Write an address and a length, as in 10.0.0.0/8 or fd00::/8.`
    : `${shown(value)} is not an IP address. Write one such as 10.0.1.7 or fd00::7, or a prefix such as 10.0.0.0/8.`,
);

/** Hubble compares single addresses as text, so that `FD00:0::7` would never match: it becomes `fd00::7`. */
function checkIp(value: string): Result<string, string> {
  const checked = checkText(value);
  return checked.ok ? ok(shortIpv6(value)) : checked;
}

/** The short form of an IPv6 address. Prefixes, zones and embedded IPv4 addresses stay as they are. */
function shortIpv6(address: string): string {
  if (!address.includes(':') || /[/%.]/.test(address)) return address;
  const short = new URL(`http://[${address}]`).hostname.slice(1, -1);
  return short.startsWith('::ffff:') ? address : short;
}

export const IP_FIELD: FieldDef = {
  name: 'ip',
  aliases: [],
  sides: 'either',
  hasFlag: true,
  doc: 'Address of an end, or a prefix that holds it.',
  examples: ['ip:10.0.0.0/8', 'to-ip:1.1.1.1'],
  check: checkIp,
  effect: textList((filter, side) => (side === 'source' ? filter.sourceIp : filter.destinationIp)),
};

export const SNAT_IP_FIELD: FieldDef = {
  name: 'snat-ip',
  aliases: [],
  sides: 'none',
  hasFlag: true,
  since: '1.16',
  doc: 'Source address or prefix after masquerading.',
  examples: ['snat-ip:192.168.33.11'],
  check: checkIp,
  effect: textList((filter) => filter.sourceIpXlated),
};
