// Random filter texts for property tests: valid ones built by the grammar, and others out of its fragments.

import fc from 'fast-check';
import { KEYS, type KeyDef } from '../../fields/key.ts';
import { formatToken } from '../format.ts';
import { exampleOf } from '../word-advice.ts';

/** Values each field takes, canonical. */
function valuesOf({ name, field }: KeyDef): readonly string[] {
  const more: Record<string, readonly string[]> = {
    namespace: ['shop', 'kube-system', 'not', 'or'],
    pod: ['shop/cart', 'web', 'kube-system/', '/x', 'a b'],
    service: ['shop/cart', 'web', 'ip:x'],
    label: ['app=x', 'tier in (a,b)', '!k8s:x', 'reserved:world', ''],
    workload: ['cart', 'Deployment/', 'a/b/c', ''],
    'http-path': ['^/v1/', '/a(b|c)', '"quoted"', '\\d+', "it's"],
    'http-header': ['x:y z', 'x:"y"', ':'],
    interface: ['eth0', '', '-x'],
    'raw-filter': ['{"interface":[{"index":4}]}', '{"uuid":["u"],"verdict":["ERROR"]}', '{}'],
    type: ['l7', 'trace:to-endpoint', '4:0', 'agent:message', '254'],
  };
  const example = exampleOf(name).slice(name.length + 1);
  return more[field.name] ?? field.values ?? [example.replaceAll('"', '')];
}

/** `key:value` or `key:a or b`, valid by itself. */
export const tokenArbitrary = fc
  .constantFrom(...KEYS)
  .chain((key) =>
    fc
      .uniqueArray(fc.constantFrom(...valuesOf(key)), { minLength: 1, maxLength: 3 })
      .map((values) => formatToken(key.name, values)),
  );

/** Items that together make a text without syntax errors; they may still contradict each other. */
export const validTextArbitrary: fc.Arbitrary<string> = fc.letrec<{
  item: string;
  items: string;
  group: string;
}>((tie) => ({
  item: fc.oneof(
    { weight: 6, arbitrary: tokenArbitrary },
    { weight: 2, arbitrary: tokenArbitrary.map((token) => `not ${token}`) },
    { weight: 1, arbitrary: tie('group') },
    { weight: 1, arbitrary: tie('group').map((group) => `not ${group}`) },
  ),
  group: fc
    .array(tie('items'), { minLength: 1, maxLength: 3 })
    .map((alternatives) => `( ${alternatives.join(' or ')} )`),
  items: fc
    .array(tie('item'), { minLength: 1, maxLength: 3, depthIdentifier: 'items' })
    .map((items) => items.join(' ')),
})).items;

/** Anything a person may leave in the bar while typing. */
export const anyTextArbitrary: fc.Arbitrary<string> = fc.oneof(
  fc
    .array(
      fc.oneof(
        tokenArbitrary,
        fc.constantFrom(
          ' ',
          '(',
          ')',
          ' or ',
          ' not ',
          '-',
          '--',
          '"',
          "'",
          '\\',
          ':',
          'or',
          'not',
          'pod:',
          'x',
          'a:b',
        ),
        fc.constantFrom('pod:a', 'verdict:"', 'http-status:9x', '\t', '\n', '( ', ' )', 'é', '😀', '\u0000'),
        fc.string({ maxLength: 4 }),
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
  fc.string({ maxLength: 40 }),
);
