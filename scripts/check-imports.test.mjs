import { describe, expect, test } from 'vitest';
import { checkImports, findCycles, importsOf, unknownFolders } from './check-imports.mjs';

const rules = {
  WORKSPACES: {
    'packages/base': [],
    'packages/query': ['packages/base'],
    'apps/web': ['packages/query'],
    e2e: [],
  },
  BROWSER: ['packages/base', 'packages/query', 'apps/web'],
  LAYERS: {
    'apps/web/src': {
      widgets: [],
      'panes/pane.ts': [],
      'panes/registry.ts': ['panes/pane.ts', 'panes/*'],
      'panes/*': ['widgets', 'panes/pane.ts'],
      shell: ['widgets', 'panes/registry.ts'],
    },
  },
};
const manifests = new Map([
  ['', { devDependencies: { vitest: '1.0.0' } }],
  ['packages/base', { name: '@x/base', exports: { '.': './src/index.ts', './clock': './src/clock.ts' } }],
  [
    'packages/query',
    {
      name: '@x/query',
      exports: { '.': './src/index.ts' },
      dependencies: { '@x/base': '1.0.0', re2js: '1.0.0' },
    },
  ],
  ['apps/web', { name: '@x/web', dependencies: { '@x/query': '1.0.0', '@x/base': '1.0.0' } }],
]);

/** Problems of one file that imports one thing. */
function check(path, specifier) {
  return checkImports(new Map([[path, `import { a } from '${specifier}';`]]), manifests, rules);
}

describe('imports are read', () => {
  test.each([
    ['a value', `import { a } from './a.ts';`, ['./a.ts']],
    ['a type', `import type { A } from './a.ts';`, ['./a.ts']],
    ['several lines', `import {\n  a,\n  type B,\n} from './a.ts';`, ['./a.ts']],
    ['an effect', `import './a.css';`, ['./a.css']],
    ['a re-export', `export * as b from "./b.ts";`, ['./b.ts']],
    ['a later load', `const a = await import('./a.ts');`, ['./a.ts']],
    ['a worker', `new Worker(new URL('./w.ts', import.meta.url), {})`, ['./w.ts']],
    ['once', `import { a } from './a.ts';\nexport { b } from './a.ts';`, ['./a.ts']],
    ['not from comments', `// import { a } from './a.ts';\n/*\nimport './b.ts';\n*/`, []],
    ['not from other code', `export const from = ['./a.ts'];\nexport function f(a = "b") {}`, []],
  ])('%s', (_name, source, expected) => {
    expect(importsOf(source)).toEqual(expected);
  });
});

describe('workspaces', () => {
  test.each([
    ['along an arrow', 'packages/query/src/a.ts', '@x/base', undefined],
    ['against an arrow', 'packages/base/src/a.ts', '@x/query', 'packages/base may not import packages/query'],
    [
      'over an arrow that is not drawn',
      'apps/web/src/a.ts',
      '@x/base',
      'apps/web may not import packages/base',
    ],
    ['behind an index', 'packages/query/src/a.ts', '@x/base/src/b.ts', 'reaches behind what @x/base exports'],
    ['a second entry', 'packages/query/src/a.ts', '@x/base/clock', undefined],
    ['by a path', 'packages/query/src/a.ts', '../../base/src/b.ts', 'leaves its workspace'],
    ['a declared package', 'packages/query/src/a.ts', 're2js', undefined],
    [
      'a package that only hoisting offers',
      'apps/web/src/a.ts',
      're2js',
      'is not declared in apps/web/package.json',
    ],
    ['Node in a browser', 'packages/base/src/a.ts', 'node:fs', 'runs in a browser'],
    ['Node in a test', 'packages/base/src/a.test.ts', 'node:fs', undefined],
    ['Node without its prefix', 'e2e/a.ts', 'fs', 'write node:fs'],
    ['the test runner in a test', 'packages/base/src/a.test.ts', 'vitest', undefined],
    ['the test runner elsewhere', 'packages/base/src/a.ts', 'vitest', 'is not declared'],
  ])('%s', (_name, path, specifier, problem) => {
    const found = check(path, specifier).filter((line) => problem === undefined || line.includes(problem));
    expect(found).toHaveLength(problem === undefined ? 0 : 1);
  });
});

describe('layers', () => {
  test.each([
    ['a pane uses widgets', 'panes/map/index.tsx', '../../widgets/index.ts', true],
    ['a pane uses itself', 'panes/map/index.tsx', './draw/edges.ts', true],
    ['a pane keeps its contract', 'panes/map/index.tsx', '../pane.ts', true],
    ['a pane does not use another', 'panes/map/index.tsx', '../flows/row.ts', false],
    ['a pane does not use the shell', 'panes/map/index.tsx', '../../shell/layout.tsx', false],
    ['a widget does not use a pane', 'widgets/chip.tsx', '../panes/map/index.tsx', false],
    ['the registry lists panes', 'panes/registry.ts', './map/index.tsx', true],
    ['the shell reads the registry', 'shell/layout.tsx', '../panes/registry.ts', true],
    ['the shell does not read a pane', 'shell/layout.tsx', '../panes/map/index.tsx', false],
    ['a test uses what tests share', 'panes/map/index.test.ts', '../testing/rows.ts', true],
    ['nothing else does', 'panes/map/index.tsx', '../testing/rows.ts', false],
    ['the entry may do all', 'main.tsx', './shell/layout.tsx', true],
  ])('%s', (_name, path, specifier, allowed) => {
    expect(check(`apps/web/src/${path}`, specifier)).toHaveLength(allowed ? 0 : 1);
  });

  test('a folder without a rule is named', () => {
    const paths = [
      'apps/web/src/main.tsx',
      'apps/web/src/misc/a.ts',
      'apps/new/src/a.ts',
      'packages/base/src/a.ts',
    ];
    expect(unknownFolders(paths, rules)).toEqual(['apps/new', 'apps/web/src/misc']);
  });
});

describe('cycles', () => {
  test('are found once, as the way round', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', ['a']],
      ['d', ['outside']],
    ]);
    expect(findCycles(graph)).toEqual([['a', 'b', 'c', 'a']]);
  });

  test('two ways to one file are none', () => {
    expect(
      findCycles(
        new Map([
          ['a', ['b', 'c']],
          ['b', ['d']],
          ['c', ['d']],
          ['d', []],
        ]),
      ),
    ).toEqual([]);
  });

  test('a file that imports itself is one', () => {
    expect(findCycles(new Map([['a', ['a']]]))).toEqual([['a', 'a']]);
  });

  test('are seen through relative paths', () => {
    const files = new Map([
      ['packages/base/src/a.ts', `import { b } from './deep/b.ts';`],
      ['packages/base/src/deep/b.ts', `import { a } from '../a.ts';`],
    ]);
    expect(checkImports(files, manifests, rules)).toEqual([
      'cycle: packages/base/src/a.ts -> packages/base/src/deep/b.ts -> packages/base/src/a.ts',
    ]);
  });
});
