// Documents that can be checked against what they describe.

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { VIEW_FIELDS, VIEW_KEYS } from '../apps/web/src/view-state/fields.ts';
import { VIEW_VERSION } from '../apps/web/src/view-state/upgrade.ts';
import { FLAGS } from '../packages/flow-query/src/cli/flags.ts';
import { compileFilterText } from '../packages/flow-query/src/language/compile.ts';
import '../packages/flow-query/src/expressions.ts';
import { root } from './paths.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');
const readJson = (path) => JSON.parse(read(path));
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`),
].filter((path) => path.endsWith('.md'));

describe('README', () => {
  test('holds the gateway’s option table', () => {
    const table = execFileSync(process.execPath, ['apps/gateway/src/main.ts', '--print-config-table'], {
      cwd: root,
      encoding: 'utf8',
    });
    const held = /<!-- options: .*?-->\n\n([\s\S]*?)\n<!-- end of options -->/.exec(read('README.md'))?.[1];
    expect(held).toBe(table);
  });

  test('names only commands that exist', () => {
    const { scripts } = readJson('package.json');
    for (const document of documents) {
      for (const [, name] of read(document).matchAll(/npm run ([\w:-]+)/g)) {
        expect(scripts, `${document}: npm run ${name}`).toHaveProperty([name]);
      }
    }
  });
});

describe('docs/url-format.md', () => {
  const text = read('docs/url-format.md');
  const firstCells = (part) =>
    [...part.matchAll(/^\| (?:`([\w-]+)`|(\d+)) \|/gm)].map(([, code, number]) => code ?? number);
  const [fields, changes] = text.split('## Change log').map(firstCells);

  test('names every field of the address', () => {
    expect(fields).toEqual(expect.arrayContaining(VIEW_KEYS.map((key) => VIEW_FIELDS[key].param)));
    expect(fields).toHaveLength(VIEW_KEYS.length + 1);
  });

  test('logs every version', () => {
    expect(changes).toEqual(Array.from({ length: VIEW_VERSION }, (_, i) => String(i + 1)));
  });
});

describe('docs/deploying.md', () => {
  const fragments = [...read('docs/deploying.md').matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(
    ([, text]) => text,
  );
  const objects = fragments.flatMap((text) => parseAllDocuments(text));

  test('has only YAML that can be read', () => {
    expect(fragments.length).toBeGreaterThan(5);
    expect(objects.flatMap(({ errors }) => errors)).toEqual([]);
  });

  test('asks for no right that the gateway does not need, and probes what answers', () => {
    const deployment = objects.map((object) => object.toJS()).find(({ kind }) => kind === 'Deployment');
    const { containers, ...pod } = deployment.spec.template.spec;
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true },
    });
    expect(pod).not.toHaveProperty('serviceAccountName');
    const [gateway] = containers;
    expect(gateway.securityContext).toMatchObject({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(gateway.resources.limits).toHaveProperty('memory');
    const probes = [gateway.livenessProbe, gateway.readinessProbe].map(({ httpGet }) => httpGet.path);
    expect(probes).toEqual(['/healthz', '/healthz']);
    const options = read('README.md');
    for (const { name } of gateway.env) expect(options).toContain(name);
  });
});

describe('links between documents', () => {
  const links = documents.flatMap((document) =>
    [...read(document).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
      .map(([, target]) => target)
      .filter((target) => !/^https?:/.test(target))
      .map((target) => [document, target]),
  );

  test.each(links)('%s -> %s', (document, target) => {
    expect(existsSync(join(root, normalize(join(dirname(document), target))))).toBe(true);
  });
});

describe('pictures', () => {
  const held = readdirSync(join(root, 'docs/images')).toSorted();
  const specs = readdirSync(join(root, 'e2e')).filter((name) => name.endsWith('.spec.ts'));
  const taken = specs.flatMap((name) =>
    [...read(`e2e/${name}`).matchAll(/\bpicture\(page, '([\w-]+)'/g)].map(([, title]) => `${title}.webp`),
  );
  const shown = documents.flatMap((path) =>
    [...read(path).matchAll(/!\[[^\]]+\]\((?:docs\/)?images\/([^)]+)\)/g)].map(([, name]) => name),
  );

  test('are taken by the walks through the labs, each once', () => {
    expect(taken.toSorted()).toEqual(held);
  });

  test('are all shown somewhere', () => {
    expect([...new Set(shown)].toSorted()).toEqual(held);
  });

  test('are small', () => {
    for (const name of held)
      expect(statSync(join(root, 'docs/images', name)).size, name).toBeLessThan(250_000);
  });
});

describe('docs/from-hubble-observe.md', () => {
  test('names every flag of the CLI, and no other', () => {
    const rows = read('docs/from-hubble-observe.md').matchAll(/^\| (`-[^|]*) \|/gm);
    const named = [...rows].flatMap(([, cell]) =>
      [...cell.matchAll(/`--([\w-]+)`/g)].map(([, name]) => name),
    );
    expect(named.toSorted()).toEqual(FLAGS.map(({ name }) => name).toSorted());
  });

  test('shows tokens that the language takes', () => {
    const rows = [...read('docs/from-hubble-observe.md').matchAll(/^\| `--[^|]*\| (`[^|]*) \| [^|]* \|$/gm)];
    const tokens = rows.flatMap(([, cell]) => [...cell.matchAll(/`([^`]+)`/g)].map(([, token]) => token));
    expect(tokens.length).toBeGreaterThan(30);
    for (const token of tokens.filter((text) => !text.includes('{...}'))) {
      expect(compileFilterText(token), token).toMatchObject({ ok: true });
    }
  });
});

describe('docs/libraries.md', () => {
  const rows = new Map(
    [...read('docs/libraries.md').matchAll(/^\| `([^`]+)` \| ([^|]+) \|/gm)].map(([, name, licence]) => [
      name,
      licence.trim(),
    ]),
  );
  const manifests = ['package.json', 'bench/package.json', 'e2e/package.json'].concat(
    ['packages', 'apps'].flatMap((folder) =>
      readdirSync(join(root, folder)).map((name) => `${folder}/${name}/package.json`),
    ),
  );
  const named = new Set(
    manifests
      .map(readJson)
      .flatMap(({ dependencies, devDependencies }) => Object.keys({ ...dependencies, ...devDependencies })),
  );

  test('has a row for each dependency, and no other', () => {
    expect([...rows.keys()].toSorted()).toEqual(
      [...named].filter((name) => !name.startsWith('@finderscope/')).toSorted(),
    );
  });

  test.each([...rows])('%s is under %s', (name, licence) => {
    expect(readJson(`node_modules/${name}/package.json`).license).toBe(licence);
  });

  test('versions are exact, and one for all workspaces', () => {
    const versions = new Map();
    for (const { dependencies, devDependencies } of manifests.map(readJson)) {
      for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
        expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
        expect(versions.get(name) ?? version, name).toBe(version);
        versions.set(name, version);
      }
    }
  });
});

describe('containers', () => {
  const stages = read('Dockerfile')
    .split(/^FROM /m)
    .slice(1);

  test('copy only what the repository or an earlier stage holds', () => {
    const names = stages.map((stage) => /^\S+ AS (\w+)/.exec(stage)?.[1]);
    const copies = stages.flatMap((stage) => [...stage.matchAll(/^COPY (?:--from=(\w+) )?(.+) \S+$/gm)]);
    expect(copies.length).toBeGreaterThan(0);
    const missing = copies.filter(([, from, sources]) =>
      from === undefined
        ? sources.split(' ').some((source) => !existsSync(join(root, source)))
        : !names.includes(from),
    );
    expect(missing.map(([line]) => line)).toEqual([]);
  });

  test('run as nobody special, on the Node that the repository pins', () => {
    expect(stages.at(-1)).toMatch(/^USER node$/m);
    for (const stage of stages)
      expect(stage).toContain(`node:${readJson('package.json').devDependencies.node}-`);
  });

  test('start what exists', () => {
    const { services } = parse(read('docker-compose.yml'));
    const own = JSON.parse(/^CMD (\[.*\])$/m.exec(stages.at(-1))?.[1] ?? '[]');
    const commands = [...Object.values(services).map(({ command }) => command), own];
    const files = commands.map((command) => command.find((part) => !part.startsWith('--')));
    for (const file of files) expect(existsSync(join(root, file)), file).toBe(true);

    // Node is told the same wherever the gateway is started.
    const flags = readJson('apps/gateway/node-flags.json');
    const gateways = commands.filter((command) => command.includes('apps/gateway/src/main.ts'));
    expect(gateways).toHaveLength(2);
    for (const command of gateways) expect(command.slice(0, flags.length)).toEqual(flags);
  });

  test('are wired to each other', () => {
    const { services } = parse(read('docker-compose.yml'));
    const [host, port] = services.gateway.environment.FINDERSCOPE_SERVER.split(':');
    expect(services[host].command).toContain(`0.0.0.0:${port}`);
    expect(services[host].expose).toContain(port);
  });
});
