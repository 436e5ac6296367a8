// What a suggested policy is called: for people who is let in where, for kubectl a name that no other suggestion has.

import type { Denied } from './denied.ts';

const MAX_DNS_LABEL_CHARS = 63;

/** `deathstar-from-xwing-80-tcp-1b2c3d4`. `spec` is all that the policy says; another spec has another name. */
export function policyName(
  { direction, subject, peer, protocol, port, icmp, request }: Denied,
  spec: string,
): string {
  const what =
    icmp === undefined
      ? [String(port), protocol, request?.kind ?? '']
      : ['icmp', `ipv${String(icmp.family)}`, String(icmp.type)];
  const words = [subject.name, direction === 'ingress' ? 'from' : 'to', peer.name, ...what].filter(Boolean);
  const hash = shortHash(spec);
  const readable = words
    .join('-')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_DNS_LABEL_CHARS - 1 - hash.length)
    .replaceAll(/^-+|-+$/g, '');
  return `${readable || 'allow'}-${hash}`;
}

/** FNV-1a over UTF-16 code units, in seven characters of base 36. */
function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36).padStart(7, '0');
}
