// Pictures for README and docs, made by the specs that walk through the labs, so that they show what is tested.
// FINDERSCOPE_PICTURES names the folder; without it none is made (`npm run pictures` sets it).

import { expect, type Page } from '@playwright/test';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { idle } from './page.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = process.env['FINDERSCOPE_PICTURES'] ?? '';
const QUALITY = 82;
const MAX_BYTES = 250_000;

/** Writes what the page shows as `<name>.webp`, in a theme; the page is dark again afterwards. */
export async function takePicture(page: Page, name: string, colorScheme: 'dark' | 'light'): Promise<void> {
  if (folder === '') return;
  await page.emulateMedia({ colorScheme });
  // Nothing that is pointed at by chance.
  await page.mouse.move(0, 0);
  // What the page has just said about itself goes away again.
  await expect(page.getByRole('banner').getByRole('status')).toBeEmpty();
  await idle(page);
  await twoFrames(page);
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
  await session.detach();
  const bytes = Buffer.from(data, 'base64');
  expect(bytes.length, `bytes of ${name}`).toBeLessThan(MAX_BYTES);
  await mkdir(resolve(root, folder), { recursive: true });
  await writeFile(join(resolve(root, folder), `${name}.webp`), bytes);
  await page.emulateMedia({ colorScheme: 'dark' });
}

async function twoFrames(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(undefined)))),
  );
}
