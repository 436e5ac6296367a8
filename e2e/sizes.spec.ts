// Small windows: nothing is cut off at the side, and what can be pressed is not under something else.

import type { Page } from '@playwright/test';
import { mapCanvas } from './support/map-page.ts';
import { flowRows, idle, openPage } from './support/page.ts';
import { startStack } from './support/stack.ts';
import { expect, test } from './support/test.ts';

/** Controls on screen that reach beyond the window, or that a click on their middle does not reach. */
async function outOfReach(page: Page): Promise<readonly string[]> {
  return await page.evaluate(() => {
    /** The part of a box that its scrolling ancestors let be seen. */
    const seen = (element: Element): { left: number; top: number; right: number; bottom: number } => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      const box = { left, top, right, bottom };
      for (let above = element.parentElement; above !== null; above = above.parentElement) {
        if (getComputedStyle(above).overflow === 'visible') continue;
        const clip = above.getBoundingClientRect();
        box.left = Math.max(box.left, clip.left);
        box.top = Math.max(box.top, clip.top);
        box.right = Math.min(box.right, clip.right);
        box.bottom = Math.min(box.bottom, clip.bottom);
      }
      return box;
    };
    const controls = [...document.querySelectorAll('button, input, select, a[href], [role="slider"]')];
    return controls.flatMap((control) => {
      if (!control.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return [];
      const whole = control.getBoundingClientRect();
      const box = seen(control);
      const name = `${control.getAttribute('aria-label') ?? ''} ${control.textContent}`.trim().slice(0, 40);
      const scrolls = box.right - box.left < 4 || box.bottom - box.top < 4;
      if (scrolls || whole.width < 2) return [];
      if (whole.left < -1 || whole.right > innerWidth + 1) return [`${name}: cut at the side`];
      const hit = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
      const reached =
        hit !== null && (control.contains(hit) || hit.contains(control) || hit.closest('label') !== null);
      return reached
        ? []
        : [`${name}: under ${hit?.tagName ?? 'nothing'} ${hit?.textContent.slice(0, 30) ?? ''}`];
    });
  });
}

async function expectFits(page: Page): Promise<void> {
  await idle(page);
  await expect.poll(() => outOfReach(page)).toEqual([]);
  const { scroll, view } = await page.evaluate(() => ({
    scroll: document.documentElement.scrollWidth,
    view: innerWidth,
  }));
  expect(scroll, 'nothing to scroll to at the side').toBe(view);
}

for (const [name, width, height] of [
  ['a small window', 1024, 700],
  ['a phone', 390, 844],
] as const) {
  test(`${name} has room for every pane`, async ({ page, stack }) => {
    await page.setViewportSize({ width, height });
    await openPage(page, `${stack.url}/?panes=map,flows`);
    await page.getByRole('radio', { name: /^Pause/ }).click();
    await expectFits(page);
    await expect(flowRows(page).nth(2)).toBeInViewport();
    if (width > 720) {
      await expect(mapCanvas(page)).toHaveAttribute('data-camera', /\d/);
      expect((await mapCanvas(page).boundingBox())?.height).toBeGreaterThan(120);
    }
    await flowRows(page).nth(1).click();
    await expect(page.getByTestId('why')).toBeInViewport();
    await expectFits(page);
    for (const pane of ['map', 'overview', 'l7']) {
      await openPage(page, `${stack.url}/?panes=${pane}`);
      await expectFits(page);
    }
    await openPage(page, `${stack.url}/?panes=map,flows,overview,l7`);
    await expectFits(page);
  });
}

type Cut = { readonly cut: boolean; readonly ends: string; readonly sparePx: number };

test('a name that is cut ends where its letters do, and a node keeps the end of its name', async ({
  page,
}) => {
  await using stack = await startStack({ demo: ['--scenario', 'shop', '--stage', 'B1'] });
  await page.setViewportSize({ width: 1024, height: 900 });
  await openPage(
    page,
    `${stack.url}/?panes=flows&q=from-pod:shop/frontend&columns=time,source,destination,type,node`,
  );
  await page.getByRole('radio', { name: /^Pause/ }).click();
  await idle(page);
  const readEnds = (column: number): Promise<readonly Cut[]> =>
    flowRows(page).evaluateAll(
      (rows, at) =>
        rows.flatMap((row) => {
          const cell = row.querySelectorAll('[role=gridcell]')[at];
          const [tail, head] = [cell?.lastElementChild, cell?.lastElementChild?.previousElementSibling];
          if (!cell || !tail || !head) return [];
          const sparePx = cell.getBoundingClientRect().right - tail.getBoundingClientRect().right;
          return [{ cut: head.scrollWidth > head.clientWidth, ends: tail.textContent, sparePx }];
        }),
      column,
    );
  const cut = async (): Promise<readonly Cut[]> => (await readEnds(1)).filter((one) => one.cut);
  await expect.poll(async () => (await cut()).length).toBeGreaterThan(0);
  for (const { ends, sparePx } of await cut()) {
    expect(ends).toMatch(/^(-\w{5})?(:\d+)?$/);
    // Beyond the padding on the right there is less than a letter, and not always nothing.
    expect(sparePx).toBeGreaterThanOrEqual(4);
    expect(sparePx).toBeLessThan(4 + 12);
  }
  const spare = new Set((await cut()).map(({ sparePx }) => sparePx));
  expect(Math.max(...spare), 'what is left over stands behind the name').toBeGreaterThan(4.5);
  await expect(flowRows(page).first().getByRole('gridcell').last()).toContainText(/shop-pool-\d$/);
});
