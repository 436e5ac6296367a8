// protocol: names of L4 and L7 protocols. One list for both; a flow matches when either of its layers is listed.

import { err, ok, type Result } from '@finderscope/base';
import { compileAll, defineRule } from './define-rule.ts';
import { goLowerCase, goQuote } from './go-text.ts';
import type { FilterRule } from './rule.ts';

/** Which member of Layer4 or Layer7 each name stands for; `icmp` stands for two. */
const PROTOCOLS: ReadonlyMap<string, readonly string[]> = new Map([
  ['icmp', ['ICMPv4', 'ICMPv6']],
  ['icmpv4', ['ICMPv4']],
  ['icmpv6', ['ICMPv6']],
  ['tcp', ['TCP']],
  ['udp', ['UDP']],
  ['sctp', ['SCTP']],
  ['vrrp', ['VRRP']],
  ['igmp', ['IGMP']],
  ['dns', ['dns']],
  ['http', ['http']],
  ['kafka', ['kafka']],
]);

/** The names that the filter knows, in lower case. */
export const PROTOCOL_NAMES: readonly string[] = [...PROTOCOLS.keys()];

/** A protocol name in any case. Gives the members of Layer4 and Layer7 that it stands for. */
export function compileProtocol(value: string): Result<readonly string[], string> {
  const members = PROTOCOLS.get(goLowerCase(value));
  return members === undefined ? err(`unknown protocol: ${goQuote(value)}`) : ok(members);
}

export const PROTOCOL_RULE: FilterRule = defineRule({
  field: 'protocol',
  reads: [{ part: 'l4' }, { part: 'l7' }],
  values: (filter) => filter.protocol,
  compile: (values) => {
    const members = compileAll(values, compileProtocol);
    if (!members.ok) return err(`invalid protocol filter: ${members.error}`);
    const wanted = new Set(members.value.flat());
    return ok((l4, l7) => (l4 !== undefined && wanted.has(l4)) || (l7 !== undefined && wanted.has(l7)));
  },
});
