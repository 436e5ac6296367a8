// node_name: `node` in any cluster or `cluster/node`, each a name pattern, an empty part meaning any name.

import { err, ok, type Result } from '@finderscope/base';
import { compileAll, defineRule } from './define-rule.ts';
import { compileNamePattern, isAnyName, type NameTest } from './name-pattern.ts';
import type { FilterRule } from './rule.ts';

/** A pattern such as `worker-*` or `kind/`. Nodes without a cluster in their name belong to "default". */
export function compileNodeName(value: string): Result<NameTest, string> {
  if (value === '') return err('empty pattern');
  const parts = value.split('/');
  if (parts.length > 2) return err('too many slashes in pattern');
  const [cluster = '', node = ''] = parts.length === 2 ? parts : ['', value];
  const tests = compileAll([cluster, node], (part) =>
    part === '' ? ok(isAnyName) : compileNamePattern(part),
  );
  if (!tests.ok) return tests;
  const [matchesCluster = isAnyName, matchesNode = isAnyName] = tests.value;
  return ok((name) => {
    if (name === '') return false;
    const slash = name.indexOf('/');
    if (slash < 0) return matchesCluster('default') && matchesNode(name);
    return matchesCluster(name.slice(0, slash)) && matchesNode(name.slice(slash + 1));
  });
}

export const NODE_NAME_RULE: FilterRule = defineRule({
  field: 'nodeName',
  reads: [{ part: 'nodeName' }],
  values: (filter) => filter.nodeName,
  compile: (values) => {
    const tests = compileAll(values, compileNodeName);
    if (!tests.ok) return tests;
    return ok((name) => {
      for (const test of tests.value) if (test(name)) return true;
      return false;
    });
  },
});
