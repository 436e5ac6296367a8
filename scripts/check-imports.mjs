// Checks that imports only go where import-rules.mjs lets them. npm's hoisting hides undeclared imports, and no
// compiler minds a cycle or a reach into another package's inside.

import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './paths.mjs';
import { BROWSER, LAYERS, WORKSPACES } from './import-rules.mjs';

const RULES = { BROWSER, LAYERS, WORKSPACES };

/** Tests and what only they use. */
const isTest = (path) => /\.test\.tsx?$|\/(testing|test-support)\//.test(path);

/** Specifiers a module imports, re-exports, loads later or starts as a worker. */
export function importsOf(source) {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const patterns = [
    /^\s*(?:import|export)\b[^'"`;=]*?\bfrom\s*['"]([^'"]+)['"]/gm,
    /^\s*import\s*['"]([^'"]+)['"]/gm,
    /\bimport\(\s*['"]([^'"]+)['"]/g,
    /\bnew URL\(\s*['"](\.{1,2}\/[^'"]+\.tsx?)['"],\s*import\.meta\.url/g,
  ];
  return [...new Set(patterns.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1])))];
}

/**
 * Everything that is wrong, one line each.
 * `files` is a map of path to source; `manifests` a map of folder ('' is the root) to package.json.
 */
export function checkImports(files, manifests, rules = RULES) {
  const folders = Object.keys(rules.WORKSPACES);
  const folderOf = (path) => folders.find((folder) => path.startsWith(`${folder}/`)) ?? '';
  const byName = new Map(folders.map((folder) => [manifests.get(folder)?.name, folder]));
  const problems = [];
  const graph = new Map();

  for (const [path, source] of files) {
    const home = folderOf(path);
    const own = manifests.get(home) ?? {};
    const tools = isTest(path) || home === 'e2e' || home === '' ? manifests.get('')?.devDependencies : {};
    const declared = { ...own.dependencies, ...own.peerDependencies, ...own.devDependencies, ...tools };
    const edges = [];
    const refuse = (specifier, why) => problems.push(`${path}: ${specifier}: ${why}`);

    for (const raw of importsOf(source)) {
      const specifier = raw.replace(/\?.*$/, '');
      if (specifier.startsWith('.')) {
        const target = posix.join(posix.dirname(path), specifier);
        edges.push(target);
        if (folderOf(target) !== home) refuse(raw, 'leaves its workspace; import the package instead');
        if (isTest(target)) {
          if (!isTest(path)) refuse(raw, 'is only for tests');
          continue;
        }
        const reason = crossesLayers(path, target, rules.LAYERS);
        if (reason !== undefined) refuse(raw, reason);
        continue;
      }
      if (specifier.startsWith('node:')) {
        if (rules.BROWSER.includes(home) && !isTest(path))
          refuse(raw, 'runs in a browser, where Node is not');
        continue;
      }
      if (builtinModules.includes(specifier)) {
        refuse(raw, `write node:${specifier}`);
        continue;
      }
      const name = specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/');
      const target = byName.get(name);
      if (declared[name] === undefined)
        refuse(raw, `is not declared in ${home === '' ? '' : `${home}/`}package.json`);
      if (target === undefined) continue;
      const entry = `.${specifier.slice(name.length)}`;
      if (manifests.get(target).exports?.[entry] === undefined) {
        refuse(raw, `reaches behind what ${name} exports`);
      }
      if (home !== '' && target !== home && !rules.WORKSPACES[home].includes(target)) {
        refuse(raw, `${home} may not import ${target}`);
      }
    }
    graph.set(path, edges);
  }
  return [...problems, ...findCycles(graph).map((cycle) => `cycle: ${cycle.join(' -> ')}`)];
}

/** Why a relative import inside a workspace is not allowed, or undefined. */
function crossesLayers(from, to, layers) {
  for (const [base, table] of Object.entries(layers)) {
    if (!from.startsWith(`${base}/`) || !to.startsWith(`${base}/`)) continue;
    const source = layerOf(from.slice(base.length + 1), table);
    const target = layerOf(to.slice(base.length + 1), table);
    if (source === undefined || target === undefined || source.folder === target.folder) return undefined;
    if (table[source.rule].includes(target.rule)) return undefined;
    return `${source.folder} may not import ${target.folder}`;
  }
  return undefined;
}

/** The rule a path falls under and the folder it names: `panes/*` and `panes/flows`. */
function layerOf(path, table) {
  if (table[path] !== undefined) return { rule: path, folder: path };
  const [first, second, ...deeper] = path.split('/');
  if (table[`${first}/*`] !== undefined && deeper.length > 0)
    return { rule: `${first}/*`, folder: `${first}/${second}` };
  return table[first] !== undefined && second !== undefined ? { rule: first, folder: first } : undefined;
}

/** Groups of files that import each other in a ring, each once, as a path that ends where it starts. */
export function findCycles(graph) {
  const state = new Map();
  const stack = [];
  const cycles = [];
  const visit = (node) => {
    state.set(node, 'open');
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!graph.has(next)) continue;
      if (state.get(next) === 'open') cycles.push([...stack.slice(stack.indexOf(next)), next]);
      else if (!state.has(next)) visit(next);
    }
    stack.pop();
    state.set(node, 'done');
  };
  for (const node of graph.keys()) if (!state.has(node)) visit(node);
  return cycles;
}

/** Folders of apps/web and the like that no rule speaks of. */
export function unknownFolders(paths, rules = RULES) {
  const unknown = new Set();
  for (const path of paths) {
    const inWorkspace = Object.keys(rules.WORKSPACES).some((folder) => path.startsWith(`${folder}/`));
    if (/^(packages|apps)\//.test(path) && !inWorkspace) unknown.add(path.split('/').slice(0, 2).join('/'));
    for (const [base, table] of Object.entries(rules.LAYERS)) {
      if (!path.startsWith(`${base}/`)) continue;
      const inside = path.slice(base.length + 1);
      if (inside.includes('/') && !isTest(path) && layerOf(inside, table) === undefined)
        unknown.add(`${base}/${inside.split('/')[0]}`);
    }
  }
  return [...unknown].sort();
}

function readSources(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      return ['node_modules', 'dist', 'gen', 'test-results'].includes(entry.name) ? [] : readSources(path);
    }
    return /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [path] : [];
  });
}

function main() {
  const paths = ['packages', 'apps', 'e2e', 'bench']
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap(readSources);
  const files = new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
  const manifests = new Map(
    ['', ...Object.keys(WORKSPACES)]
      .map((folder) => [folder, join(root, folder, 'package.json')])
      .filter(([, file]) => existsSync(file))
      .map(([folder, file]) => [folder, JSON.parse(readFileSync(file, 'utf8'))]),
  );
  const problems = [
    ...checkImports(files, manifests),
    ...unknownFolders(paths).map((folder) => `${folder}: has no place in scripts/import-rules.mjs`),
  ];
  for (const problem of problems) console.log(problem);
  console.log(`${files.size} files, ${problems.length} imports that may not be`);
  process.exit(problems.length === 0 ? 0 : 1);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) main();
