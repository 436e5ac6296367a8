// npm run bench: measures, prints a table and, with --json FILE, writes what it found.

import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { BENCHES } from './benches.ts';
import type { Result } from './measure.ts';

const HELP = `npm run bench -- [NAME ...] [--json FILE] [--list]

  NAME     only benches whose names begin like this: decode, query.rescan
  --json   writes [{name, unit, value, baseline, ratio}] to the file; null where there is no baseline
  --list   prints the names and ends
`;

function readOptions(): { only: readonly string[]; json: string | undefined; list: boolean } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'string' },
        list: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      process.stdout.write(HELP);
      process.exit(0);
    }
    return { only: positionals, json: values.json, list: values.list };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    process.exit(2);
  }
}

/** Four digits are more than the machine can tell apart. */
function shown(value: number | undefined): string {
  if (value === undefined) return '';
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}

function print({ name, unit, value, baseline }: Result): void {
  const ratio = baseline === undefined ? '' : `${shown(value / baseline)}x`;
  const columns = [name.padEnd(40), shown(value).padStart(12), unit.padEnd(8)];
  process.stdout.write(
    `${[...columns, shown(baseline).padStart(12), ratio.padStart(8)].join(' ').trimEnd()}\n`,
  );
}

const { only, json, list } = readOptions();
const chosen = BENCHES.filter(
  ({ name }) => only.length === 0 || only.some((start) => name.startsWith(start)),
);
if (list || chosen.length === 0) {
  for (const { name } of BENCHES) process.stdout.write(`${name}\n`);
  if (!list) process.stderr.write('No bench is called like this; these are all there are.\n');
  process.exit(list ? 0 : 2);
}
process.stdout.write(
  `${'name'.padEnd(40)} ${'value'.padStart(12)} ${'unit'.padEnd(8)} ${'baseline'.padStart(12)}    ratio\n`,
);
const results: Result[] = [];
let failed = 0;
for (const { name, run } of chosen) {
  try {
    const found = await run();
    results.push(...found);
    for (const result of found) print(result);
  } catch (error) {
    failed++;
    process.stderr.write(
      `${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
  }
}
if (json !== undefined) {
  const rows = results.map(({ name, unit, value, baseline }) => ({
    name,
    unit,
    value,
    baseline: baseline ?? null,
    ratio: baseline === undefined ? null : value / baseline,
  }));
  writeFileSync(json, `${JSON.stringify(rows, undefined, 2)}\n`);
}
process.exit(failed === 0 ? 0 : 1);
