// IP addresses and prefixes as Go's netip reads them: IPv4 without leading zeros, IPv6 with `::`, an embedded IPv4 and
// a zone, never an IPv4 address inside IPv6 (`::ffff:10.0.0.1` stays IPv6).
//
// An address is read into one shared buffer of eight 16-bit groups, so that testing a flow's address against a prefix
// allocates nothing.

import { err, ok, type Result } from '@finderscope/base';
import { goQuote } from './go-text.ts';

/** What kind of address stands in the scratch buffer. A zoned address lies in no prefix. */
type Family = 'ipv4' | 'ipv6' | 'ipv6-zoned';

/** Groups of the address read last. IPv4 uses the first two. */
const scratch = new Uint16Array(8);
const octets = new Uint8Array(4);

/** Text and place of the failure met last, written into an error text only when somebody asks. */
let failure = '';
let failureAt = '';

function fail(message: string, at = ''): undefined {
  failure = message;
  failureAt = at;
  return undefined;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Reads `text[from..end)` as dotted decimal into `octets`; false on failure. */
function readOctets(text: string, from: number, end: number): boolean {
  let value = 0;
  let index = 0;
  let digits = 0;
  for (let i = from; i < end; i++) {
    const code = text.charCodeAt(i);
    if (isDigit(code)) {
      if (digits === 1 && value === 0) {
        fail('IPv4 field has octet with leading zero');
        return false;
      }
      value = value * 10 + code - 0x30;
      digits++;
      if (value > 255) {
        fail('IPv4 field has value >255');
        return false;
      }
    } else if (code === 0x2e) {
      if (i === from || i === end - 1 || text.charCodeAt(i - 1) === 0x2e) {
        fail('IPv4 field must have at least one digit', text.slice(i, end));
        return false;
      }
      if (index === 3) {
        fail('IPv4 address too long');
        return false;
      }
      octets[index++] = value;
      value = 0;
      digits = 0;
    } else {
      fail('unexpected character', text.slice(i, end));
      return false;
    }
  }
  if (index < 3) {
    fail('IPv4 address too short');
    return false;
  }
  octets[3] = value;
  return true;
}

function octet(index: number): number {
  return octets[index] ?? 0;
}

function hexValue(code: number): number {
  if (isDigit(code)) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : -1;
}

/** Moves the groups after the `::` to the end and fills the gap with zeros. */
function expandEllipsis(count: number, ellipsis: number): void {
  const shift = 8 - count;
  for (let i = count - 1; i >= ellipsis; i--) scratch[i + shift] = scratch[i] ?? 0;
  scratch.fill(0, ellipsis, ellipsis + shift);
}

/** Reads `text[0..end)` as IPv6 without zone; false on failure. */
function readGroups(text: string, end: number): boolean {
  scratch.fill(0);
  let at = 0;
  let count = 0;
  let ellipsis = -1;
  if (end >= 2 && text.startsWith('::')) {
    ellipsis = 0;
    at = 2;
    if (at === end) return true;
  }
  while (count < 8) {
    const start = at;
    let value = 0;
    for (; at < end; at++) {
      const digit = hexValue(text.charCodeAt(at));
      if (digit < 0) break;
      if (at - start > 3) {
        fail('each group must have 4 or less digits', text.slice(start, end));
        return false;
      }
      value = value * 16 + digit;
    }
    if (at === start) {
      fail('each colon-separated field must have at least one digit', text.slice(start, end));
      return false;
    }
    if (at < end && text.charCodeAt(at) === 0x2e) {
      if (ellipsis < 0 && count !== 6) {
        fail('embedded IPv4 address must replace the final 2 fields of the address', text.slice(start, end));
        return false;
      }
      if (count + 2 > 8) {
        fail('too many hex fields to fit an embedded IPv4 at the end of the address', text.slice(start, end));
        return false;
      }
      if (!readOctets(text, start, end)) return false;
      scratch[count++] = octet(0) * 256 + octet(1);
      scratch[count++] = octet(2) * 256 + octet(3);
      at = end;
      break;
    }
    scratch[count++] = value;
    if (at === end) break;
    if (text.charCodeAt(at) !== 0x3a) {
      fail('unexpected character, want colon', text.slice(at, end));
      return false;
    }
    if (at === end - 1) {
      fail('colon must be followed by more characters', text.slice(at, end));
      return false;
    }
    at++;
    if (text.charCodeAt(at) === 0x3a) {
      if (ellipsis >= 0) {
        fail('multiple :: in address', text.slice(at, end));
        return false;
      }
      ellipsis = count;
      at++;
      if (at === end) break;
    }
  }
  if (at !== end) {
    fail('trailing garbage after address', text.slice(at, end));
    return false;
  }
  if (count < 8) {
    if (ellipsis < 0) {
      fail('address string too short');
      return false;
    }
    expandEllipsis(count, ellipsis);
  } else if (ellipsis >= 0) {
    fail('the :: must expand to at least one field of zeros');
    return false;
  }
  return true;
}

/** Reads an address into the scratch buffer; undefined when it is none. */
function readAddress(text: string): Family | undefined {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x2e) {
      if (!readOctets(text, 0, text.length)) return undefined;
      scratch[0] = octet(0) * 256 + octet(1);
      scratch[1] = octet(2) * 256 + octet(3);
      return 'ipv4';
    }
    if (code === 0x3a) {
      const zone = text.indexOf('%');
      if (zone === text.length - 1) return fail('zone must be a non-empty string');
      if (!readGroups(text, zone < 0 ? text.length : zone)) return undefined;
      return zone < 0 ? 'ipv6' : 'ipv6-zoned';
    }
    if (code === 0x25) return fail('missing IPv6 address');
  }
  return fail('unable to parse IP');
}

function failureText(text: string): string {
  const at = failureAt === '' ? '' : ` (at ${goQuote(failureAt)})`;
  return `ParseAddr(${goQuote(text)}): ${failure}${at}`;
}

export type Prefix = {
  readonly family: 'ipv4' | 'ipv6';
  readonly groups: readonly number[];
  /** 0 to 32 or 0 to 128. */
  readonly bits: number;
};

/** Accepts what Go's netip.ParseAddr accepts; the error is its text. */
export function checkAddress(text: string): Result<string, string> {
  return readAddress(text) === undefined ? err(failureText(text)) : ok(text);
}

/** Accepts what Go's netip.ParsePrefix accepts, host bits included; the error is its text. */
export function parsePrefix(text: string): Result<Prefix, string> {
  const bad = (message: string) => err(`netip.ParsePrefix(${goQuote(text)}): ${message}`);
  const slash = text.lastIndexOf('/');
  if (slash < 0) return bad("no '/'");
  const address = text.slice(0, slash);
  const family = readAddress(address);
  if (family === undefined) return bad(failureText(address));
  if (family === 'ipv6-zoned') return bad('IPv6 zones cannot be present in a prefix');
  const bitsText = text.slice(slash + 1);
  // Nineteen digits and more overflow Go's int; none of them is a length either way, only the text differs.
  if (!/^(0|[1-9][0-9]{0,17})$/.test(bitsText)) return bad(`bad bits after slash: ${goQuote(bitsText)}`);
  const bits = Number(bitsText);
  if (bits > (family === 'ipv4' ? 32 : 128)) return bad('prefix length out of range');
  return ok({ family, groups: [...scratch.subarray(0, family === 'ipv4' ? 2 : 8)], bits });
}

/** Whether the first `prefix.bits` bits of the scratch buffer are those of the prefix. */
function scratchInPrefix(prefix: Prefix): boolean {
  let left = prefix.bits;
  for (let i = 0; left > 0; i++, left -= 16) {
    const drop = left >= 16 ? 0 : 16 - left;
    if ((scratch[i] ?? 0) >> drop !== (prefix.groups[i] ?? 0) >> drop) return false;
  }
  return true;
}

/** Whether `address` lies in one of the prefixes. What is no address, or has a zone, lies in none. No allocation. */
export function inAnyPrefix(prefixes: readonly Prefix[], address: string): boolean {
  const family = readAddress(address);
  if (family === undefined) return false;
  for (const prefix of prefixes) {
    if (prefix.family === family && scratchInPrefix(prefix)) return true;
  }
  return false;
}

/** Whether every address of `inner` is one of `outer`. */
export function prefixContains(outer: Prefix, inner: Prefix): boolean {
  if (outer.family !== inner.family || outer.bits > inner.bits) return false;
  scratch.set(inner.groups);
  return scratchInPrefix(outer);
}
