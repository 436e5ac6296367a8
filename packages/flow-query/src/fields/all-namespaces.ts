import { err, ok } from '@finderscope/base';
import { shown } from './checks.ts';
import type { FieldDef } from './field.ts';

export const ALL_NAMESPACES_FIELD: FieldDef = {
  name: 'all-namespaces',
  aliases: [],
  sides: 'either',
  hasFlag: false,
  switches: [{ flag: 'all-namespaces', short: 'A', value: 'true' }],
  doc: 'In any namespace: pods named without one are then not looked for in "default", and ends outside are left out.',
  examples: ['all-namespaces:true', 'all-namespaces:true pod:web'],
  values: ['true'],
  check: (value) =>
    value.toLowerCase() === 'true'
      ? ok('true')
      : err(`${shown(value)} cannot be said of all-namespaces. Write all-namespaces:true, or leave it out.`),
  effect: { kind: 'namespace', namespaceOf: () => '' },
};
