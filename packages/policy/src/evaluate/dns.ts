// DNS rules: whether the proxy lets a lookup pass, and which names a pattern means.

import type { DnsRule } from '../model/policy.ts';

const LETTERS = '[-a-z0-9_]*';

/** A name as rules compare it: lower case, no dot at the end. */
export function normalizeName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

/** `matchName`: this name only. */
export function exactName(text: string): DnsRule {
  const name = normalizeName(text);
  return { text: name, names: new RegExp(`^${escapeDots(name)}$`) };
}

/** `matchPattern`: `*` is any run of characters within a label, alone every name, `**.` any number of labels. */
export function namePattern(text: string): DnsRule {
  const pattern = normalizeName(text);
  if (pattern === '*') return { text: pattern, names: /^/ };
  const anyLabels = pattern.startsWith('**.');
  const rest = escapeDots(anyLabels ? pattern.slice(3) : pattern).replace(/\*+/g, LETTERS);
  return { text: pattern, names: new RegExp(`^${anyLabels ? '(?:[-a-z0-9_]+\\.)+' : ''}${rest}$`) };
}

function escapeDots(text: string): string {
  return text.replaceAll('.', '\\.');
}

/** True when one of the rules fits the name, which may end in a dot. */
export function allowsDns(rules: readonly DnsRule[], query: string): boolean {
  const name = normalizeName(query);
  return rules.some((rule) => rule.names.test(name));
}
