// A file of a million lines, opened in the page as it is, by the clock. Needs a build (npm run build).
//
//   file.first_rows_1m             from choosing it to the frame that shows its first rows
//   file.first_rows_1m.address     the same from the start of a visit to ?file=, the page's own loading included
//   file.first_rows_1m.cancel      from a click on Cancel while it is read to the strip that says so
//   file.read_1m                   from choosing it to its last line
//   file.read_1m.longest_task      longest task of the main thread meanwhile

import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { withPage } from './browser.ts';
import { loadCorpus } from './corpus.ts';
import { linesOf } from './file.ts';
import { type Bench, median, type Result } from './measure.ts';
import { withServer } from './page.ts';

const ROUNDS = 5;
const LINES = 1_000_000;
const ROW = '[data-testid="flow-rows"] [role="row"]';
const NAME = 'flows-1m.jsonl';
/** Of a line, to the second. */
const TIME = /"time":"([^"Z.]+)/;
const UUID = /"uuid":"[^"]*"/;
/** Where flow-server.ts finds it, too. Some 1.7 GB, deleted when the bench is done. */
const path = fileURLToPath(new URL(`../../.cache/bench-file/${NAME}`, import.meta.url));

export const FILE_PAGE: Bench = {
  name: 'file.first_rows_1m',
  run: async () => {
    try {
      await writeLines();
      // It sends no flow by itself, so that the first row is the file's.
      return await withServer('flow-server.ts', 0, async (url) => {
        const chosen: number[] = [];
        const visited: number[] = [];
        const cancelled: number[] = [];
        for (let round = 0; round < ROUNDS; round++) {
          await withPage(async (page) => {
            await page.addInitScript(watchPage, ROW);
            await choose(page, url);
            chosen.push(await firstRowsMs(page));
            cancelled.push(await page.evaluate(cancel));
            await page.goto(`${url}/?panes=flows&file=${NAME}`);
            visited.push(await firstRowsMs(page));
          });
        }
        return [
          { name: 'file.first_rows_1m', unit: 'ms', value: median(chosen) },
          { name: 'file.first_rows_1m.address', unit: 'ms', value: median(visited) },
          { name: 'file.first_rows_1m.cancel', unit: 'ms', value: median(cancelled) },
          ...(await withPage((page) => readWhole(page, url))),
        ];
      });
    } finally {
      rmSync(dirname(path), { recursive: true, force: true });
    }
  },
};

/** Reads the file to its end, once. */
async function readWhole(page: Page, url: string): Promise<readonly Result[]> {
  await page.addInitScript(watchPage, ROW);
  await choose(page, url);
  const end = page.getByRole('contentinfo').getByRole('button', { name: /^File .* read$/ });
  await end.waitFor({ timeout: 0 });
  const readMs = await page.evaluate<number>('performance.now() - window.watched.begunAt');
  await page.evaluate('window.finderscope.idle()');
  const long = await page.evaluate<number>('Math.max(0, ...window.watched.long)');
  return [
    { name: 'file.read_1m', unit: 's', value: readMs / 1000 },
    { name: 'file.read_1m.longest_task', unit: 'ms', value: long },
  ];
}

async function choose(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/?panes=flows`);
  await page.evaluate('window.finderscope.idle()');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /^Source/ }).click();
  await page.getByText('Open a file…').click();
  await (await chooser).setFiles(path);
}

async function firstRowsMs(page: Page): Promise<number> {
  await page.waitForFunction('window.watched.rowsAt !== undefined');
  return await page.evaluate<number>('window.watched.rowsAt - window.watched.begunAt');
}

/** Runs in the page, before anything else does: notes when a file is chosen and when a row has been painted after that. */
function watchPage(row: string): void {
  const watched: { begunAt: number; rowsAt: number | undefined; long: number[] } = {
    begunAt: 0,
    rowsAt: undefined,
    long: [],
  };
  Object.assign(window, { watched });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watched.long.push(duration);
  }).observe({ type: 'longtask' });
  const look = (): void => {
    if (watched.rowsAt !== undefined) return;
    // What a frame's callbacks find is painted before the next task.
    if (document.querySelector(row) === null) requestAnimationFrame(look);
    else setTimeout(() => (watched.rowsAt = performance.now()));
  };
  const begin = (): void => {
    watched.begunAt = performance.now();
    watched.long.length = 0;
  };
  window.addEventListener('change', begin, true);
  requestAnimationFrame(look);
}

/** Runs in the page: clicks Cancel and waits until the strip says that reading has stopped. */
async function cancel(): Promise<number> {
  const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Cancel');
  if (button === undefined) throw new Error('the file was read before it could be cancelled');
  const begun = performance.now();
  button.click();
  while (!/stopped/.test(document.querySelector('footer')?.textContent ?? '')) {
    if (performance.now() - begun > 10_000) throw new Error('it is still being read');
    await new Promise((resolve) => {
      requestAnimationFrame(resolve);
    });
  }
  return performance.now() - begun;
}

/** A million lines of which no two are the same: those of the corpus, each cycle with times and uuids of its own. */
async function writeLines(): Promise<void> {
  const corpus = await loadCorpus();
  corpus.stamp(0);
  const lines = linesOf(corpus);
  const spanMs = spanOf(lines);
  mkdirSync(dirname(path), { recursive: true });
  const pieces = function* (): Generator<string> {
    for (let cycle = 0; cycle * lines.length < LINES; cycle++)
      yield lines.map((line, i) => stamped(line, cycle * spanMs, cycle * lines.length + i)).join('');
  };
  await pipeline(Readable.from(pieces()), createWriteStream(path));
}

/** A whole number of seconds, so that the digits behind the point stay as they are. */
function spanOf(lines: readonly string[]): number {
  const times = lines.map((line) => Date.parse(TIME.exec(line)?.[1] ?? ''));
  return Math.ceil((Math.max(...times) - Math.min(...times)) / 1000) * 1000;
}

function stamped(line: string, laterMs: number, number: number): string {
  const time = TIME.exec(line)?.[1] ?? '';
  const later = new Date(Date.parse(`${time}Z`) + laterMs).toISOString().slice(0, 19);
  const uuid = `"uuid":"00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}"`;
  return `${line.replaceAll(time, later).replace(UUID, uuid)}\n`;
}
