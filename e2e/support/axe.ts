// axe on what is on screen, in both themes. A theme changes colours and nothing else: every rule is asked in dark, those
// about colours again in light, on the same page in the same state.

import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { idle } from './page.ts';

const ABOUT_COLOURS = ['color-contrast', 'link-in-text-block'];

/** axe has nothing to say about the page, or about what a selector of CSS finds. The page is left in light. */
export async function expectNoViolation(page: Page, within?: string): Promise<void> {
  for (const theme of ['dark', 'light'] as const) {
    // A colour on its way to another has no contrast worth measuring.
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    await idle(page);
    // The page has no frames, which the other mode opens a second page for; what passes is not looked at.
    const axe = new AxeBuilder({ page }).setLegacyMode().options({
      resultTypes: ['violations'],
      ...(theme === 'light' ? { runOnly: { type: 'rule', values: ABOUT_COLOURS } } : {}),
    });
    if (within !== undefined) axe.include(within);
    const { violations } = await axe.analyze();
    const found = violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id} (${help}): ${html} ${failureSummary ?? ''}`),
    );
    expect(found, `${theme}: what axe found`).toEqual([]);
  }
}
