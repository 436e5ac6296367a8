// DNS response codes, in Hubble's words and by the names that people know them by.

const RCODE_TEXTS: ReadonlyMap<number, string> = new Map([
  [0, 'No Error'],
  [1, 'Format Error'],
  [2, 'Server Failure'],
  [3, 'Non-Existent Domain'],
  [4, 'Not Implemented'],
  [5, 'Query Refused'],
  [6, 'Name Exists when it should not'],
  [7, 'RR Set Exists when it should not'],
  [8, 'RR Set that should exist does not'],
  [9, 'Server Not Authoritative for zone'],
  [10, 'Name not contained in zone'],
  [16, 'Bad OPT Version'],
  [17, 'Key not recognized'],
  [18, 'Signature out of time window'],
  [19, 'Bad TKEY Mode'],
  [20, 'Duplicate key name'],
  [21, 'Algorithm not supported'],
  [22, 'Bad Truncation'],
  [23, 'Bad Cookie'],
]);

/** `Non-Existent Domain`; `Unknown` for a code without a text. Hubble's summaries never name code 0. */
export function dnsRcodeText(rcode: number): string {
  return RCODE_TEXTS.get(rcode) ?? 'Unknown';
}

/** As in the IANA registry of DNS parameters. */
const RCODE_NAMES: ReadonlyMap<number, string> = new Map([
  [0, 'NOERROR'],
  [1, 'FORMERR'],
  [2, 'SERVFAIL'],
  [3, 'NXDOMAIN'],
  [4, 'NOTIMP'],
  [5, 'REFUSED'],
  [6, 'YXDOMAIN'],
  [7, 'YXRRSET'],
  [8, 'NXRRSET'],
  [9, 'NOTAUTH'],
  [10, 'NOTZONE'],
  [16, 'BADVERS'],
  [17, 'BADKEY'],
  [18, 'BADTIME'],
  [19, 'BADMODE'],
  [20, 'BADNAME'],
  [21, 'BADALG'],
  [22, 'BADTRUNC'],
  [23, 'BADCOOKIE'],
]);

const RCODE_BY_NAME = new Map([...RCODE_NAMES].map(([rcode, name]) => [name, rcode]));
const NAMELESS = 'RCODE ';

/** `NXDOMAIN`; `RCODE 42` for a code without a name. */
export function dnsRcodeName(rcode: number): string {
  return RCODE_NAMES.get(rcode) ?? `${NAMELESS}${rcode}`;
}

/** The code of a name as `dnsRcodeName` gives it; undefined when it is none. */
export function dnsRcodeOf(name: string): number | undefined {
  const known = RCODE_BY_NAME.get(name);
  if (known !== undefined) return known;
  const rcode = name.startsWith(NAMELESS) ? Number(name.slice(NAMELESS.length)) : Number.NaN;
  return rcode >= 0 && Number.isInteger(rcode) && dnsRcodeName(rcode) === name ? rcode : undefined;
}
