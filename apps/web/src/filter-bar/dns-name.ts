// DNS names as the filter takes them.

import type { Choice } from './choice.ts';

/** Asks for exactly this name: the language reads it as an expression found anywhere. */
export function dnsChoice(name: string): Choice {
  return name === ''
    ? []
    : [{ field: 'dns-query', value: `^${name.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$` }];
}
