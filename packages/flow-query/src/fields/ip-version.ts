import { err, ok, type Result } from '@finderscope/base';
import { IPVersion } from '@finderscope/hubble-api';
import { shown } from './checks.ts';
import type { FieldDef } from './field.ts';
import { itemList } from './list-effect.ts';

const VERSIONS: ReadonlyMap<string, IPVersion> = new Map([
  ['v4', IPVersion.IPv4],
  ['v6', IPVersion.IPv6],
  ['none', IPVersion.IP_NOT_USED],
]);

const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ...['4', 'v4', 'ipv4', 'ip4'].map((spelling) => [spelling, 'v4'] as const),
  ...['6', 'v6', 'ipv6', 'ip6'].map((spelling) => [spelling, 'v6'] as const),
  ...['none', 'ip_not_used'].map((spelling) => [spelling, 'none'] as const),
]);

/** The CLI takes every other text for `none`; a person who mistyped is better told. */
function checkVersion(value: string): Result<string, string> {
  const version = SPELLINGS.get(value.toLowerCase());
  return version === undefined
    ? err(`${shown(value)} is not an IP version. Write v4, v6, or none for flows without IP.`)
    : ok(version);
}

export const IP_VERSION_FIELD: FieldDef = {
  name: 'ip-version',
  aliases: [],
  sides: 'none',
  hasFlag: true,
  switches: [
    { flag: 'ipv4', short: '4', value: 'v4' },
    { flag: 'ipv6', short: '6', value: 'v6' },
  ],
  doc: 'IP version, or none for flows without IP such as ARP.',
  examples: ['ip-version:v6'],
  values: [...VERSIONS.keys()],
  check: checkVersion,
  effect: itemList<IPVersion>(
    (filter) => filter.ipVersion,
    (value) => VERSIONS.get(value) ?? IPVersion.IP_NOT_USED,
    (version) => [...VERSIONS].find(([, number]) => number === version)?.[0] ?? String(version),
  ),
};
