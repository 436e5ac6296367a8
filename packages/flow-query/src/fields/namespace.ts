import type { FieldDef } from './field.ts';
import { someText } from './checks.ts';

export const NAMESPACE_FIELD: FieldDef = {
  name: 'namespace',
  aliases: ['ns'],
  sides: 'either',
  short: 'n',
  hasFlag: true,
  doc: 'Kubernetes namespace of a pod or service at one of the ends.',
  examples: ['namespace:kube-system', 'from-namespace:shop'],
  check: someText('a namespace', 'namespace:shop, or all-namespaces:true for any'),
  effect: { kind: 'namespace', namespaceOf: (value) => value },
};
