// What axe finds on the page as it stands, in both themes: a page is brought into a state once and looked at twice.

import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Colours that are on their way to others are neither theme's, so nothing moves. `part`: a selector of what is looked at; all of the page when left out. */
export async function expectNoViolation(page: Page, part?: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    const axe = new AxeBuilder({ page });
    const { violations } = await (part === undefined ? axe : axe.include(part)).analyze();
    const found = violations.flatMap(({ id, help, nodes }) =>
      nodes.map(
        ({ html, failureSummary }) => `${colorScheme} ${id} (${help}): ${html} ${failureSummary ?? ''}`,
      ),
    );
    expect(found).toEqual([]);
  }
}
