// Addresses and prefixes of IPv4 and IPv6 as numbers.

/** `bits` has the length of the family (32 or 128), zero below the prefix. */
export type Cidr = { readonly family: 4 | 6; readonly bits: bigint; readonly length: number };

const WIDTH = { 4: 32, 6: 128 } as const;
const GROUP_BITS = 16n;
const GROUPS = 8;

/** `10.0.0.0/8`, `fd00::/8`, or an address, which is a prefix of full length. undefined for anything else. */
export function parseCidr(text: string): Cidr | undefined {
  const [, address = '', lengthText] = /^([0-9a-fA-F:.]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const family = address.includes(':') ? 6 : 4;
  const value = family === 6 ? parseIpv6(address) : parseIpv4(address);
  const length = lengthText === undefined ? WIDTH[family] : Number(lengthText);
  if (value === undefined || length > WIDTH[family]) return undefined;
  const below = BigInt(WIDTH[family] - length);
  return { family, bits: (value >> below) << below, length };
}

/** True when every address of `inner` lies in `outer`. */
export function containsCidr(outer: Cidr, inner: Cidr): boolean {
  if (outer.family !== inner.family || outer.length > inner.length) return false;
  const below = BigInt(WIDTH[outer.family] - outer.length);
  return outer.bits >> below === inner.bits >> below;
}

/** The prefix as people write it: zeros of IPv6 left out once. */
export function formatCidr({ family, bits, length }: Cidr): string {
  const width = family === 4 ? 8 : 16;
  const count = family === 4 ? 4 : 8;
  const parts = Array.from({ length: count }, (_, index) =>
    Number((bits >> BigInt(width * (count - 1 - index))) & ((1n << BigInt(width)) - 1n)),
  );
  if (family === 4) return `${parts.join('.')}/${length}`;
  const text = parts.map((part) => part.toString(16)).join(':');
  // The longest run of zeros, the first of equals, is left out.
  const runs = [...text.matchAll(/(?:^|:)(?:0(?::|$)){2,}/g)].toSorted((a, b) => b[0].length - a[0].length);
  const run = runs[0];
  const short =
    run === undefined ? text : `${text.slice(0, run.index)}::${text.slice(run.index + run[0].length)}`;
  return `${short}/${length}`;
}

/** The label of a prefix: IPv6 with `-` for `:`, and a 0 where it would begin or end with one. */
export function cidrLabel(cidr: Cidr): string {
  const text = formatCidr(cidr);
  if (cidr.family === 4) return `cidr:${text}`;
  const [address = '', length = ''] = text.split('/');
  const padded = address.replace(/^::/, '0::').replace(/::$/, '::0');
  return `cidr:${padded.replaceAll(':', '-')}/${length}`;
}

/** The prefix that a label (`10.0.0.0/8`, `fd00--0/8`) names. */
export function parseCidrLabel(key: string): Cidr | undefined {
  return parseCidr(key.includes('.') ? key : key.replaceAll('-', ':'));
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let value = 0n;
  for (const part of parts) {
    if (!/^(?:0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    value = (value << 8n) | BigInt(part);
  }
  return value;
}

function parseIpv6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const groupsOf = (half: string | undefined): readonly string[] =>
    half === undefined || half === '' ? [] : half.split(':');
  const head = groupsOf(halves[0]);
  const tail = groupsOf(halves[1]);
  const missing = GROUPS - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  let value = 0n;
  for (const group of groups) {
    if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return undefined;
    value = (value << GROUP_BITS) | BigInt(`0x${group}`);
  }
  return value;
}
