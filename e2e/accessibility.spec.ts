// axe finds nothing to complain about, in both themes, on the page as a newcomer sees it.

import { AxeBuilder } from '@axe-core/playwright';
import { openPage } from './support/page.ts';
import { expect, test } from './support/test.ts';

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('the flows pane has no violation', async ({ page, stack }) => {
      await openPage(page, stack.url);
      await expect(page.getByRole('gridcell').first()).toBeVisible();
      // Paused: what axe measures must not change under it.
      await page.keyboard.press('Space');
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
      expect(found).toEqual([]);
    });
  });
}
