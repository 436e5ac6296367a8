// Holds the generated descriptors against hubble-api.table.txt, and the generated files against proto/.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  fromBinary,
  ScalarType,
  toBinary,
  type DescEnum,
  type DescField,
  type DescFile,
  type DescMessage,
  type DescService,
} from '@bufbuild/protobuf';
import { afterAll, describe, expect, test } from 'vitest';
import {
  file_flow_flow,
  file_observer_observer,
  file_relay_relay,
  FlowSchema,
  GetFlowsResponseSchema,
  peer,
  Verdict,
} from './index.ts';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const files: readonly DescFile[] = [
  file_flow_flow,
  file_observer_observer,
  file_relay_relay,
  peer.file_peer_peer,
];

/** One block of the table: its heading and its indented lines. */
type Block = { readonly heading: string; readonly lines: readonly string[] };

function readTable(): readonly Block[] {
  const blocks: { heading: string; lines: string[] }[] = [];
  const text = readFileSync(new URL('hubble-api.table.txt', import.meta.url), 'utf8');
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    if (line.startsWith('  ')) blocks.at(-1)?.lines.push(line.trim());
    else blocks.push({ heading: line, lines: [] });
  }
  return blocks;
}

function words(...parts: readonly (string | false)[]): string {
  return parts.filter((part) => part !== false && part !== '').join(' ');
}

function reserved(ranges: readonly { start: number; end: number }[], endIsIncluded: boolean): string {
  const numbers = ranges.flatMap(({ start, end }) =>
    Array.from({ length: end - start + (endIsIncluded ? 1 : 0) }, (_, i) => start + i),
  );
  return numbers.length === 0 ? '' : `reserved ${numbers.join(',')}`;
}

function fieldType(field: DescField): string {
  if (field.message !== undefined) return field.message.typeName;
  if (field.enum !== undefined) return field.enum.typeName;
  return ScalarType[field.scalar ?? 0]?.toLowerCase() ?? '?';
}

function messageBlocks(message: DescMessage): readonly Block[] {
  const own: Block = {
    heading: words(
      `message ${message.typeName}`,
      message.deprecated && 'deprecated',
      reserved(message.proto.reservedRange, false),
    ),
    lines: message.fields.map((field) =>
      words(
        String(field.number),
        field.name,
        fieldType(field),
        field.fieldKind === 'list' && 'repeated',
        field.oneof !== undefined && `in ${field.oneof.name}`,
        field.deprecated && 'deprecated',
      ),
    ),
  };
  return [own, ...message.nestedMessages.flatMap(messageBlocks), ...message.nestedEnums.map(enumBlock)];
}

function enumBlock(desc: DescEnum): Block {
  return {
    heading: words(`enum ${desc.typeName}`, reserved(desc.proto.reservedRange, true)),
    lines: desc.values.map((value) =>
      words(String(value.number), value.name, value.deprecated && 'deprecated'),
    ),
  };
}

function serviceBlock(service: DescService): Block {
  return {
    heading: `service ${service.typeName}`,
    lines: service.methods.map((method) =>
      words(
        method.name,
        method.input.typeName,
        method.methodKind === 'server_streaming' && 'stream',
        method.output.typeName,
      ),
    ),
  };
}

const declared = new Map(
  files
    .flatMap((file) => [
      ...file.messages.flatMap(messageBlocks),
      ...file.enums.map(enumBlock),
      ...file.services.map(serviceBlock),
    ])
    .map((block) => [block.heading, block]),
);

describe('descriptors', () => {
  const table = readTable();

  test.each(table)('$heading', ({ heading, lines }) => {
    expect(declared.get(heading)?.lines).toEqual(lines);
  });

  test('declare nothing beside the table', () => {
    expect([...declared.keys()].toSorted()).toEqual(table.map(({ heading }) => heading).toSorted());
  });

  test('have no scalar with presence', () => {
    const fields = files.flatMap((file) => file.messages).flatMap((message) => message.fields);
    expect(fields.filter((field) => field.proto.proto3Optional)).toEqual([]);
  });
});

describe('messages', () => {
  test('keep enum values that have no name here', () => {
    // flow { verdict: 250 }
    const bytes = Uint8Array.from([0x0a, 0x03, 0x10, 0xfa, 0x01]);
    const response = fromBinary(GetFlowsResponseSchema, bytes);
    expect(response.responseTypes.value).toMatchObject({ verdict: 250 });
    expect(toBinary(GetFlowsResponseSchema, response)).toEqual(bytes);
  });

  test('keep fields that have no name here', () => {
    // 42424: "x"
    const bytes = Uint8Array.from([0xc2, 0xdb, 0x14, 0x01, 0x78]);
    expect(toBinary(FlowSchema, fromBinary(FlowSchema, bytes))).toEqual(bytes);
  });

  test('read bytes that another encoder wrote', () => {
    // flow { verdict: DROPPED, Summary (100000): "x" }, node_name (1000): "n"
    const bytes = Uint8Array.from([
      0x0a, 0x07, 0x10, 0x02, 0x82, 0xea, 0x30, 0x01, 0x78, 0xc2, 0x3e, 0x01, 0x6e,
    ]);
    const response = fromBinary(GetFlowsResponseSchema, bytes);
    expect(response.nodeName).toBe('n');
    expect(response.responseTypes.value).toMatchObject({ verdict: Verdict.DROPPED, Summary: 'x' });
  });
});

describe('generated code', () => {
  const out = mkdtempSync(join(tmpdir(), 'hubble-api-'));
  afterAll(() => {
    rmSync(out, { recursive: true });
  });

  test('is what buf makes of proto/', { timeout: 60_000 }, () => {
    const bin = join(repository, 'node_modules/.bin');
    execFileSync(join(bin, 'buf'), ['generate', '--output', out], {
      cwd: repository,
      env: { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` },
      stdio: 'pipe',
    });
    const gen = 'packages/hubble-api/src/gen';
    const made = readTree(join(out, gen));
    expect(made.size).toBeGreaterThan(0);
    expect(readTree(join(repository, gen)), 'run `npm run generate`').toEqual(made);
  });
});

/** Content of every file under a folder, by relative path. */
function readTree(root: string): ReadonlyMap<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path): [string, string] => [relative(root, path), readFileSync(path, 'utf8')])
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}
