// Files opened in the page as a person does: by the menu, or dropped on it.

import type { Page } from '@playwright/test';
import { expect } from './test.ts';

/** As Playwright takes it for a file. */
export type Upload = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

export function upload(name: string, content: string | Buffer): Upload {
  return { name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) };
}

export async function chooseFiles(page: Page, files: readonly Upload[] | readonly string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /^Source/ }).click();
  await page.getByRole('menuitem', { name: /^Open a file/ }).click();
  await (await chooser).setFiles(files);
}

export async function dropFiles(page: Page, files: readonly Upload[]): Promise<void> {
  const transfer = await page.evaluateHandle(
    (contents) => {
      const data = new DataTransfer();
      for (const { name, text } of contents) {
        const bytes = Uint8Array.from(atob(text), (char) => char.codePointAt(0) ?? 0);
        data.items.add(new File([bytes], name));
      }
      return data;
    },
    files.map(({ name, buffer }) => ({ name, text: buffer.toString('base64') })),
  );
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: transfer });
  await expect(page.getByText('Drop to look at these files')).toBeVisible();
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  await expect(page.getByText('Drop to look at these files')).toBeHidden();
}
