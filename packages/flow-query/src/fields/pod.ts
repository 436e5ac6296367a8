// Pods and services: both are sought by `namespace/prefix`.

import { compileNamePrefix } from '../filter/name-prefix.ts';
import { compiled } from './checks.ts';
import type { FieldDef } from './field.ts';
import { textList } from './list-effect.ts';

export const POD_FIELD: FieldDef = {
  name: 'pod',
  aliases: [],
  sides: 'either',
  hasFlag: true,
  doc: 'Pod by the beginning of its name, in the namespace before the slash, else in "default".',
  examples: ['pod:shop/cart', 'from-pod:default/xwing', 'pod:kube-system/'],
  check: compiled(
    compileNamePrefix,
    () =>
      'An empty value is not a pod. Write namespace/name or the beginning of a name, as in pod:shop/cart.',
  ),
  effect: textList((filter, side) => (side === 'source' ? filter.sourcePod : filter.destinationPod)),
};

export const SERVICE_FIELD: FieldDef = {
  name: 'service',
  aliases: ['svc'],
  sides: 'either',
  hasFlag: true,
  doc: 'Kubernetes service whose address was used, by the beginning of its name, in "default" without a namespace.',
  examples: ['service:shop/cart', 'to-service:kube-system/kube-dns'],
  check: compiled(
    compileNamePrefix,
    () =>
      'An empty value is not a service. Write namespace/name or the beginning of a name, as in service:shop/cart.',
  ),
  effect: textList((filter, side) => (side === 'source' ? filter.sourceService : filter.destinationService)),
};
