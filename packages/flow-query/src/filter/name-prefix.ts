// source_pod, destination_pod, source_service, destination_service: `namespace/prefix`.
//
//   web       namespace default, name begins with web          ns/     everything in ns
//   /web      any namespace, name begins with web              /       everything that has a name or namespace

import { err, ok, type Result } from '@finderscope/base';
import { bothSides, compileAll, defineRule } from './define-rule.ts';

type NameTest = (namespace: string, name: string) => boolean;

/** Case-sensitive: namespace exactly, name by prefix, each empty part matches all. Nothing matches two empty names. */
export function compileNamePrefix(value: string): Result<NameTest, string> {
  if (value === '') return err('invalid filter, name must not be empty');
  const parts = value.split('/');
  const [first = '', second] = parts;
  const wantNamespace = second === undefined ? 'default' : first;
  const wantPrefix = second ?? first;
  return ok(
    (namespace, name) =>
      (namespace !== '' || name !== '') &&
      (wantPrefix === '' || name.startsWith(wantPrefix)) &&
      (wantNamespace === '' || namespace === wantNamespace),
  );
}

function anyName(tests: readonly NameTest[], namespace: string, name: string): boolean {
  for (const test of tests) if (test(namespace, name)) return true;
  return false;
}

export const POD_RULES = bothSides((side) =>
  defineRule({
    field: side === 'source' ? 'sourcePod' : 'destinationPod',
    reads: [{ part: 'endpoint', side }],
    values: (filter) => (side === 'source' ? filter.sourcePod : filter.destinationPod),
    compile: (values) => {
      const tests = compileAll(values, compileNamePrefix);
      if (!tests.ok) return tests;
      return ok(
        (endpoint) => endpoint !== undefined && anyName(tests.value, endpoint.namespace, endpoint.podName),
      );
    },
  }),
);

export const SERVICE_RULES = bothSides((side) =>
  defineRule({
    field: side === 'source' ? 'sourceService' : 'destinationService',
    reads: [{ part: 'service', side }],
    values: (filter) => (side === 'source' ? filter.sourceService : filter.destinationService),
    compile: (values) => {
      const tests = compileAll(values, compileNamePrefix);
      if (!tests.ok) return err(`invalid ${side} service filter: ${tests.error}`);
      return ok((service) => service !== undefined && anyName(tests.value, service.namespace, service.name));
    },
  }),
);
