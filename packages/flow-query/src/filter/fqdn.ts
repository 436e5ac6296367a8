// source_fqdn, destination_fqdn: patterns over the DNS names known for an address. dns_query: expressions over the
// name that was looked up.

import { err, ok, type Result } from '@finderscope/base';
import { bothSides, compileAll, defineRule } from './define-rule.ts';
import { compileRegex } from './expression-engine.ts';
import { compileNamePattern, type NameTest } from './name-pattern.ts';
import type { FilterRule } from './rule.ts';

/** A pattern such as `*.cilium.io`, tested against a whole name as it stands in the flow. */
export function compileFqdn(value: string): Result<NameTest, string> {
  return compileNamePattern(value);
}

export const FQDN_RULES: readonly FilterRule[] = [
  ...bothSides((side) =>
    defineRule({
      field: side === 'source' ? 'sourceFqdn' : 'destinationFqdn',
      reads: [{ part: 'names', side }],
      values: (filter) => (side === 'source' ? filter.sourceFqdn : filter.destinationFqdn),
      compile: (values) => {
        const tests = compileAll(values, compileFqdn);
        if (!tests.ok) return tests;
        return ok((names) => {
          for (const name of names) for (const test of tests.value) if (test(name)) return true;
          return false;
        });
      },
    }),
  ),
  defineRule({
    field: 'dnsQuery',
    reads: [{ part: 'dnsQuery' }],
    values: (filter) => filter.dnsQuery,
    compile: (values) => {
      const tests = compileAll(values, compileRegex);
      if (!tests.ok) return err(`invalid DNS query filter: failed to compile regexp: ${tests.error}`);
      return ok((query) => {
        if (query === undefined) return false;
        for (const test of tests.value) if (test(query)) return true;
        return false;
      });
    },
  }),
];
