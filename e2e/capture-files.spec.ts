// Records of real clusters, each file opened in the page: every line of it is a row, or counted and named as what it is.

import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { captureFolder, captureNames, sortLines } from './support/captures.ts';
import { chooseFiles, dropFiles, upload } from './support/open-files.ts';
import { expectBalanced, flowRows, idle, openPage, readStats } from './support/page.ts';
import { readLines } from './support/replay.ts';
import { expect, test } from './support/test.ts';

/** Lines by kind as the strip's equation tells them; `lines` is its left side. */
async function toldLines(page: Page): Promise<Readonly<Record<string, number>>> {
  const strip = page.getByRole('contentinfo');
  await expect(strip.getByRole('button', { name: /^File .* (?:read|not opened)$/ })).toBeVisible();
  await idle(page);
  await strip.getByRole('button', { name: /^Lines / }).hover();
  const equation = page.getByText(/^[\d,]+ lines?(?: = .+)?$/).last();
  await expect(equation).toBeVisible();
  const parts = ((await equation.textContent()) ?? '').split(/ = | \+ /);
  return Object.fromEntries(
    parts.map((part) => {
      const [, count = '', kind = ''] = /^([\d,]+) (.+)$/.exec(part) ?? [];
      return [
        kind.replace(/^(line|flow|agent event|debug event|node state)$/, '$1s'),
        Number(count.replaceAll(',', '')),
      ];
    }),
  );
}

/** As `wc -l` does, with a last line that no line feed ends. */
function countLines(content: Buffer): number {
  const feeds = content.filter((byte) => byte === 0x0a).length;
  return content.length > 0 && content.at(-1) !== 0x0a ? feeds + 1 : feeds;
}

test('captured files are at hand', () => {
  test.skip(
    captureFolder === '',
    'FINDERSCOPE_CAPTURES names no folder of captured records: none was opened.',
  );
  expect(captureNames.length).toBeGreaterThan(0);
});

for (const [index, name] of captureNames.entries()) {
  test(`${name}, opened: every line is a row or counted`, async ({ page, stack }) => {
    const path = join(captureFolder, name);
    const content = readFileSync(path);
    const { flows, lost, broken } = sortLines(readLines(path));
    await openPage(page, `${stack.url}/?panes=flows`);
    if (index % 2 === 0) await chooseFiles(page, [path]);
    else await dropFiles(page, [upload(name, content)]);
    const { lines = 0, ...kinds } = await toldLines(page);
    expect(lines).toBe(countLines(content));
    expect(Object.values(kinds).reduce((sum, count) => sum + count, 0)).toBe(lines);
    expect(kinds).toMatchObject({
      ...(flows > 0 ? { flows } : {}),
      ...(broken.length > 0 ? { broken: broken.length } : {}),
    });
    const stats = await readStats(page);
    await expectBalanced(page);
    expect(stats).toMatchObject({ held: flows, filtered: 0, evicted: 0 });
    expect(stats.lost.total).toBe(lost);
    expect(stats.skipped.total).toBe(0);
    if (flows === 0) {
      await expect(page.getByRole('region', { name: 'No flows' })).toBeVisible();
      return;
    }
    await expect(flowRows(page).first()).toBeVisible();
    await expect(page.getByTestId('row-count')).toHaveText(
      `${flows.toLocaleString('en')} ${flows === 1 ? 'row' : 'rows'}`,
    );
    if (broken.length === 0) return;
    const bar = page.getByRole('region', { name: 'Files' });
    await bar.getByText('Where and why').click();
    for (const line of broken) await expect(bar).toContainText(`${name}:${String(line)}: `);
  });
}

test('all captured files together are one list', async ({ page, stack }) => {
  test.skip(
    captureFolder === '',
    'FINDERSCOPE_CAPTURES names no folder of captured records: none was opened.',
  );
  const paths = captureNames.map((name) => join(captureFolder, name));
  const contents = paths.map((path) => readFileSync(path));
  await openPage(page, `${stack.url}/?panes=flows`);
  await chooseFiles(page, paths);
  const { lines = 0, flows = 0 } = await toldLines(page);
  expect(lines).toBe(contents.reduce((sum, content) => sum + countLines(content), 0));
  const sorted = paths.map((path) => sortLines(readLines(path)));
  expect(flows).toBe(sorted.reduce((sum, one) => sum + one.flows, 0));
  expect((await readStats(page)).held).toBe(flows);
  await expectBalanced(page);
});
