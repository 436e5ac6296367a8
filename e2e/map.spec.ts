// The service map: each thing that a person can do with it, by mouse and by keyboard, on flows of a known picture.

import type { Page } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import { expectNoViolation } from './support/axe.ts';
import { flowLines } from './support/map-flows.ts';
import {
  drawnElements,
  drawnTexts,
  labelSpot,
  mapAbout,
  mapArea,
  mapCanvas,
  markByKeys,
  onScreen,
  savePicture,
  spotOf,
  textSpot,
} from './support/map-page.ts';
import { filterOf, flowRows, idle, openWith } from './support/page.ts';
import { startReplay } from './support/replay.ts';
import type { Stack } from './support/stack.ts';
import { expect, test } from './support/test.ts';

const LINES = flowLines(`
  shop/frontend -> shop/cart            24 port:8080
  shop/frontend -> shop/catalog         18 port:8081 sockets:5
  shop/cart     -> data/redis           12 port:6379
  shop/cart     -> data/postgres         6 port:5432 dropped:4
  shop/frontend -> kube-system/coredns   8 port:53
  shop/cart     -> api.stripe.com        4 port:443
  shop/batch    -> shop/catalog          3 port:9000 age:50
`);

let stack: Stack;
// oxlint-disable-next-line no-empty-pattern -- Playwright reads which fixtures are wanted from the pattern
test.beforeAll(async ({}, testInfo) => {
  const file = testInfo.outputPath('map.jsonl');
  await writeFile(file, LINES.join('\n'));
  stack = await startReplay(file, LINES.length);
});
test.afterAll(async () => {
  await stack[Symbol.asyncDispose]();
});

async function openMap(page: Page, query = '?panes=map,flows&full=map'): Promise<void> {
  await openWith(page, `${stack.url}/${query}`, LINES.length);
  await expect(mapAbout(page)).toContainText('link');
  await settled(page);
}

/** The layout runs beside the page: resolves when the whole map has been drawn. */
async function settled(page: Page): Promise<void> {
  await expect(mapCanvas(page)).toHaveAttribute('data-camera', /\d/);
  await idle(page);
}

function param(page: Page, name: string): string {
  return new URL(page.url()).searchParams.get(name) ?? '';
}

async function clickAt(page: Page, name: string, options: { readonly shift?: boolean } = {}): Promise<void> {
  const { x, y } = await spotOf(page, name);
  if (options.shift === true) await page.keyboard.down('Shift');
  await page.mouse.click(x, y);
  if (options.shift === true) await page.keyboard.up('Shift');
}

async function rowTexts(page: Page): Promise<readonly string[]> {
  await idle(page);
  return await flowRows(page).allInnerTexts();
}

test('the first page has the map above the flows; a link that asks for flows has them alone', async ({
  page,
}) => {
  await openMap(page, '');
  await expect(page.getByRole('region', { name: 'Flows' })).toBeVisible();
  const map = await page.getByRole('region', { name: 'Service map' }).boundingBox();
  const flows = await page.getByRole('region', { name: 'Flows' }).boundingBox();
  expect(map?.y).toBeLessThan(flows?.y ?? 0);
  for (const query of ['?panes=flows', '?v=1']) {
    await openWith(page, `${stack.url}/${query}`, LINES.length);
    await expect(flowRows(page).first()).toBeVisible();
    await expect(page.getByRole('region', { name: 'Service map' })).toHaveCount(0);
  }
});

test('callers stand left, the called right, DNS below and the world aside; what is not drawn is told', async ({
  page,
}) => {
  await openMap(page);
  const frontend = await textSpot(page, 'frontend');
  const cart = await textSpot(page, 'cart');
  const redis = await textSpot(page, 'redis');
  const coredns = await textSpot(page, 'coredns');
  const stripe = await textSpot(page, 'api.stripe.com');
  expect(frontend.x).toBeLessThan(cart.x);
  expect(cart.x).toBeLessThan(redis.x);
  expect(redis.x).toBeLessThan(stripe.x);
  expect(coredns.y).toBeGreaterThan(Math.max(cart.y, redis.y));
  await expect(mapAbout(page)).toHaveText('7 workloads in 3 islands, 1 outside, 7 links. Rates: last 60 s');
  await page.getByRole('button', { name: 'What is drawn, and what is not' }).click();
  await expect(page.getByRole('dialog', { name: 'About the map' })).toContainText(
    '5 flows of the socket load balancer',
  );
});

test('the scope changes by mouse and by keyboard, and back undoes it', async ({ page }) => {
  await openMap(page);
  await page.getByRole('radio', { name: 'Namespace' }).click();
  await expect(mapAbout(page)).toHaveText('3 namespaces, 1 outside, 3 links. Rates: last 60 s');
  expect(param(page, 'scope')).toBe('namespace');
  await expect.poll(() => drawnTexts(page)).toContain('shop');
  await page.goBack();
  await expect(mapAbout(page)).toContainText('7 workloads');
  await page.goForward();
  await expect(mapAbout(page)).toContainText('3 namespaces');
  await page.goBack();
  await page.getByRole('radio', { name: 'Workload' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(mapAbout(page)).toContainText('7 pods');
  expect(param(page, 'scope')).toBe('pod');
  await expect.poll(() => drawnTexts(page)).toContain('redis-0');
});

test.describe('an island', () => {
  test.use({ colorScheme: 'dark' });
  /** In this theme text and outline have one colour. */
  const DROPPED = '#ff6140';

  /** The closed island `data` tells the drops inside it, in the colour of drops. */
  async function expectClosedWithDrops(page: Page): Promise<void> {
    await expect.poll(() => param(page, 'folds')).toBe('island:/data');
    await settled(page);
    await expect.poll(() => drawnTexts(page)).toContain('2 workloads');
    const elements = await drawnElements(page);
    expect(elements.some(({ text }) => text === 'redis')).toBe(false);
    const told = elements.filter(
      (element) => element.tag === 'text' && element.attribute('fill') === DROPPED,
    );
    expect(told.map(({ text }) => text)).toContain('0.1/s');
    const outlined = elements.filter(
      (element) => element.tag === 'rect' && element.attribute('stroke') === DROPPED,
    );
    expect(outlined.length, 'outlines in the colour of drops').toBeGreaterThan(0);
  }

  test('closes and opens by a click and by keyboard, and shows the drops inside', async ({ page }) => {
    await openMap(page);
    await clickAt(page, 'data');
    await expectClosedWithDrops(page);
    await clickAt(page, 'data');
    await expect.poll(() => param(page, 'folds')).toBe('');
    await expect.poll(() => drawnTexts(page)).toContain('redis');
    await page.goBack();
    await expectClosedWithDrops(page);
    await page.goForward();
    await expect.poll(() => drawnTexts(page)).toContain('redis');
    await settled(page);
    await markByKeys(page, 'data');
    await page.keyboard.press('Enter');
    await expectClosedWithDrops(page);
    await mapArea(page).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => param(page, 'folds')).toBe('');
  });
});

test.describe('a choice', () => {
  test('of a node narrows the flows, not the map; Shift adds; another click lets go', async ({ page }) => {
    await openMap(page, '');
    const about = await mapAbout(page).innerText();
    await clickAt(page, 'redis');
    await expect.poll(() => filterOf(page)).toBe('pod:data/redis-');
    await expect
      .poll(async () => new Set((await rowTexts(page)).map((row) => /redis/.test(row))))
      .toEqual(new Set([true]));
    await expect(mapAbout(page)).toHaveText(about);
    await expect(page.getByRole('complementary', { name: 'Chosen on the map' })).toContainText('data/redis');
    await clickAt(page, 'postgres', { shift: true });
    await expect.poll(() => filterOf(page)).toBe('pod:data/redis- or data/postgres-');
    expect(param(page, 'pick')).toMatch(/redis,.*postgres,/);
    await page.goBack();
    await expect.poll(() => filterOf(page)).toBe('pod:data/redis-');
    await clickAt(page, 'redis');
    await expect.poll(() => filterOf(page)).toBe('');
    expect(param(page, 'pick')).toBe('');
  });

  test('of a node works by keyboard', async ({ page }) => {
    await openMap(page);
    await markByKeys(page, 'cart');
    await page.keyboard.press('Enter');
    await expect.poll(() => filterOf(page)).toBe('pod:shop/cart-');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Shift+Enter');
    await expect.poll(() => filterOf(page)).toMatch(/^pod:\S+ or \S+$/);
    await page.keyboard.press('Escape');
    await expect.poll(() => filterOf(page)).toBe('');
  });

  test('of a link narrows the flows to it', async ({ page }) => {
    await openMap(page);
    const { x, y } = await onScreen(page, await labelSpot(page, '5432/TCP'));
    await page.mouse.click(x, y);
    await expect.poll(() => filterOf(page)).toBe('from-pod:shop/cart- to-pod:data/postgres-');
    const card = page.getByRole('complementary', { name: 'Chosen on the map' });
    await expect(card).toContainText('Policy denied, on ingress, at the target.');
    await card.getByRole('button', { name: 'Show flows' }).click();
    await expect(flowRows(page)).toHaveCount(10);
    await page.getByRole('button', { name: 'Let go' }).click();
    await expect.poll(() => filterOf(page)).toBe('');
  });

  test('of a link in a filter that Hubble takes no more of narrows it, and gives it back', async ({
    page,
  }) => {
    await openMap(page, '?panes=map,flows&full=map&q=namespace:shop+type:trace');
    const about = await mapAbout(page).innerText();
    const { x, y } = await onScreen(page, await labelSpot(page, '443/TCP'));
    await page.mouse.click(x, y);
    await expect.poll(() => filterOf(page)).toBe('type:trace from-pod:shop/cart- to-fqdn:api.stripe.com');
    await expect(page.getByTestId('match-count')).toHaveText(/^4 of/);
    await expect(mapAbout(page)).toHaveText(about);
    await page.getByRole('button', { name: 'Let go' }).click();
    await expect.poll(() => filterOf(page)).toBe('namespace:shop type:trace');
  });

  test('of a link of an older version is told by pods instead', async ({ page }) => {
    const pick = encodeURIComponent('workload:/shop/Deployment/cart > workload:/data/Deployment/redis');
    const old = 'from-namespace:shop from-workload:cart to-namespace:data to-workload:redis';
    await openMap(page, `?panes=map,flows&pick=${pick}&q=${encodeURIComponent(`port:6379 ${old}`)}`);
    await expect.poll(() => filterOf(page)).toBe('port:6379 from-pod:shop/cart- to-pod:data/redis-');
    await expect(page.getByRole('complementary', { name: 'Chosen on the map' })).toContainText('data/redis');
    await page.reload();
    await settled(page);
    await expect(page.getByRole('complementary', { name: 'Chosen on the map' })).toContainText('data/redis');
    await page.getByRole('button', { name: 'Let go' }).click();
    await expect.poll(() => filterOf(page)).toBe('port:6379');
  });

  test('is over when its value leaves the filter bar', async ({ page }) => {
    await openMap(page, `?pick=workload:/data/Deployment/redis&q=port:6379`);
    // The link's filter does not hold the choice, so there is none.
    await expect.poll(() => param(page, 'pick')).toBe('');
    expect(filterOf(page)).toBe('port:6379');
  });
});

test.describe('what is around a node', () => {
  test('is drawn alone after a double click, one hop further after another', async ({ page }) => {
    await openMap(page);
    const { x, y } = await spotOf(page, 'redis');
    await page.mouse.dblclick(x, y);
    await expect.poll(() => param(page, 'around')).toContain('redis');
    await expect.poll(() => drawnTexts(page)).not.toContain('frontend');
    await expect.poll(() => drawnTexts(page)).toContain('cart');
    await settled(page);
    const again = await spotOf(page, 'redis');
    await page.mouse.dblclick(again.x, again.y);
    await expect.poll(() => param(page, 'hops')).toBe('2');
    await expect.poll(() => drawnTexts(page)).toContain('frontend');
    await page.getByRole('button', { name: /^Around redis/ }).click();
    await expect.poll(() => param(page, 'around')).toBe('');
    await expect.poll(() => drawnTexts(page)).toContain('catalog');
  });

  test('is drawn by H, and Shift adds another', async ({ page }) => {
    await openMap(page);
    await markByKeys(page, 'cart');
    await page.keyboard.press('h');
    await expect.poll(() => param(page, 'around')).toContain('cart');
    await expect.poll(() => drawnTexts(page)).not.toContain('catalog');
  });
});

test.describe('a card', () => {
  test('is dragged, stays there after a reload, and is put back', async ({ page }) => {
    await openMap(page);
    const before = await textSpot(page, 'catalog');
    const { x, y } = await spotOf(page, 'catalog');
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 30, y + 40, { steps: 4 });
    await page.mouse.move(x + 60, y + 80, { steps: 4 });
    await page.mouse.up();
    await expect.poll(async () => (await textSpot(page, 'catalog')).y - before.y).toBeGreaterThan(20);
    const moved = await textSpot(page, 'catalog');
    expect(param(page, 'pick'), 'a drag is no click').toBe('');
    await page.reload();
    await settled(page);
    await expect.poll(async () => (await textSpot(page, 'catalog')).y).toBeCloseTo(moved.y, 0);
    await clickAt(page, 'catalog');
    await page.getByRole('button', { name: 'Put back' }).click();
    await expect.poll(async () => (await textSpot(page, 'catalog')).y).toBeCloseTo(before.y, 0);
  });

  test('is moved and put back by keyboard; arranging again lets go of all', async ({ page }) => {
    await openMap(page);
    const before = await textSpot(page, 'cart');
    await markByKeys(page, 'cart');
    await page.keyboard.press('Control+ArrowDown');
    await page.keyboard.press('Control+ArrowDown');
    await expect.poll(async () => (await textSpot(page, 'cart')).y - before.y).toBeCloseTo(40, 0);
    await mapArea(page).focus();
    await page.keyboard.press('Backspace');
    await expect.poll(async () => (await textSpot(page, 'cart')).y - before.y).toBeCloseTo(0, 0);
    await mapArea(page).focus();
    await page.keyboard.press('Control+ArrowRight');
    await page.getByRole('button', { name: 'Arrange again, and let go of what was moved' }).click();
    await expect(page.getByRole('button', { name: 'Arrange again', exact: true })).toBeVisible();
    await expect.poll(async () => (await textSpot(page, 'cart')).x - before.x).toBeCloseTo(0, 0);
  });
});

test('the map zooms, pans and shows all again, by buttons, wheel, drag and keys', async ({ page }) => {
  await openMap(page);
  const camera = async (): Promise<readonly number[]> =>
    ((await mapCanvas(page).getAttribute('data-camera')) ?? '').split(' ').map(Number);
  await expect.poll(() => drawnTexts(page)).toContain('api.stripe.com');
  await page.getByRole('button', { name: 'Show all of the map' }).click();
  const all = await camera();
  const zoom = async (): Promise<number> => (await camera())[2] ?? 0;
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await expect.poll(zoom).toBeGreaterThan(all[2] ?? 0);
  await page.getByRole('button', { name: 'Show all of the map' }).click();
  await expect.poll(camera).toEqual(all);
  await mapArea(page).focus();
  await page.keyboard.press('-');
  await expect.poll(zoom).toBeLessThan(all[2] ?? 0);
  await page.keyboard.press('0');
  await expect.poll(camera).toEqual(all);
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(async () => (await camera())[0]).toBeCloseTo((all[0] ?? 0) - 60, 1);
  await page.keyboard.press('0');
  await expect.poll(camera).toEqual(all);
  const box = await mapCanvas(page).boundingBox();
  if (box === null) throw new Error('the map is not on screen');
  await page.mouse.move(box.x + 8, box.y + box.height - 40);
  await page.mouse.wheel(0, -240);
  await expect.poll(zoom).toBeGreaterThan(all[2] ?? 0);
  const [x = 0] = await camera();
  await page.mouse.down();
  await page.mouse.move(box.x + 58, box.y + box.height - 40, { steps: 5 });
  await page.mouse.up();
  await expect.poll(async () => (await camera())[0]).toBeCloseTo(x + 50, 0);
});

test('while the map is dragged it looks as it does at rest', async ({ page }) => {
  await openMap(page);
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await idle(page);
  const canvas = mapCanvas(page);
  /** How many of its values are not what they were when it was looked at before: by far, and beside the rims of lines. */
  const look = (): Promise<number> =>
    canvas.evaluate(async (element: HTMLCanvasElement & { seen?: Uint8ClampedArray }) => {
      await new Promise((drawn) => {
        requestAnimationFrame(() => requestAnimationFrame(drawn));
      });
      const now = element.getContext('2d')?.getImageData(0, 0, element.width, element.height).data;
      const before = element.seen;
      element.seen = now ?? new Uint8ClampedArray();
      return element.seen.filter((value, i) => Math.abs(value - (before?.[i] ?? 0)) > 64).length;
    });
  /** What is kept to be moved: none at rest. */
  const kept = (): Promise<number> =>
    canvas.locator('canvas').evaluate((picture: HTMLCanvasElement) => picture.width);
  const box = await canvas.boundingBox();
  if (box === null) throw new Error('the map is not on screen');
  await page.mouse.move(box.x + 8, box.y + box.height - 40);
  await page.mouse.down();
  const atFirst = await look();
  // The page may be too busy to see the steps as one movement.
  await expect(async () => {
    await page.mouse.move(box.x + 8, box.y + box.height - 40, { steps: 3 });
    await page.mouse.move(box.x + 68, box.y + box.height - 70, { steps: 6 });
    await look();
    expect(await kept()).toBeGreaterThan(box.width);
  }).toPass();
  await expect.poll(kept).toBe(0);
  expect(await look()).toBe(0);
  await page.mouse.move(box.x + 90, box.y + box.height - 90, { steps: 6 });
  expect(await look()).toBeGreaterThan(100);
  expect(atFirst).toBeGreaterThan(0);
  await page.mouse.up();
});

test('find dims all else, counts, walks, and brings what it finds into sight', async ({ page }) => {
  await openMap(page);
  const find = page.getByRole('searchbox', { name: 'Find on the map' });
  await find.fill('ca');
  await expect(page.getByText('2 found')).toBeVisible();
  await find.press('Enter');
  await expect(page.getByText('1 of 2')).toBeVisible();
  await find.press('Enter');
  await expect(page.getByText('2 of 2')).toBeVisible();
  await find.fill('redis');
  await find.press('Enter');
  const canvas = await mapCanvas(page).boundingBox();
  const spot = await spotOf(page, 'redis');
  expect(Math.abs(spot.x - ((canvas?.x ?? 0) + (canvas?.width ?? 0) / 2))).toBeLessThan(120);
  const faded = (await drawnElements(page)).find(({ text }) => text === 'frontend');
  expect(Number(faded?.attribute('opacity'))).toBeLessThan(0.5);
  await find.fill('nothing like that');
  await expect(page.getByText('not found')).toBeVisible();
  await find.press('Escape');
  await expect(find).toHaveValue('');
});

test('what has been idle is faded and dashed, what points at it says since when', async ({ page }) => {
  await openMap(page);
  const elements = await drawnElements(page);
  const idleName = elements.find(({ text }) => text === 'batch');
  const busyName = elements.find(({ text }) => text === 'cart');
  expect(Number(idleName?.attribute('opacity'))).toBeCloseTo(0.6);
  expect(busyName?.attribute('opacity')).toBe('');
  expect(
    elements.some(
      (element) =>
        element.tag === 'path' &&
        element.attribute('stroke-dasharray') !== '' &&
        Number(element.attribute('opacity')) < 0.5,
    ),
  ).toBe(true);
  await page.getByRole('button', { name: 'Show as table' }).click();
  await expect(page.getByRole('row', { name: /batch/ })).toContainText('50 s ago');
});

test.describe('the picture', () => {
  test('as SVG is a file of its own with every name, as PNG the map in the colours on screen', async ({
    page,
  }) => {
    await openMap(page);
    const { name, bytes } = await savePicture(page, 'SVG');
    expect(name).toBe('service-map.svg');
    const text = bytes.toString('utf8');
    expect(text).not.toMatch(/<script|href=|url\(/);
    const read = await page.evaluate((svg) => {
      const { documentElement } = new DOMParser().parseFromString(svg, 'image/svg+xml');
      return {
        root: documentElement.tagName,
        errors: documentElement.querySelectorAll('parsererror').length,
        texts: [...documentElement.querySelectorAll('text')].map((node) => node.textContent),
        width: Number(documentElement.getAttribute('width')),
      };
    }, text);
    expect(read).toMatchObject({ root: 'svg', errors: 0 });
    for (const node of ['frontend', 'cart', 'catalog', 'redis', 'postgres', 'coredns', 'batch'])
      expect(read.texts).toContain(node);
    expect(read.width).toBeGreaterThan(400);

    const png = await savePicture(page, 'PNG');
    expect(png.name).toBe('service-map.png');
    expect(png.bytes.subarray(1, 4).toString('latin1')).toBe('PNG');
    const painted = await page.evaluate(
      async (numbers) => {
        const image = await createImageBitmap(new Blob([new Uint8Array(numbers)], { type: 'image/png' }));
        const canvas = new OffscreenCanvas(image.width, image.height);
        const brush = canvas.getContext('2d');
        brush?.drawImage(image, 0, 0);
        const { data } = brush?.getImageData(0, 0, image.width, image.height) ?? { data: [] };
        const colours = new Map<string, number>();
        for (let i = 0; i < data.length; i += 4) {
          const colour = `${data[i]} ${data[i + 1]} ${data[i + 2]}`;
          colours.set(colour, (colours.get(colour) ?? 0) + 1);
        }
        const [ground] = [...colours].toSorted((a, b) => b[1] - a[1]);
        return {
          width: image.width,
          colours: colours.size,
          ground: ground?.[0] ?? '',
          drops: colours.get('255 97 64'),
        };
      },
      [...png.bytes],
    );
    expect(painted.width).toBeGreaterThan(800);
    expect(painted.colours).toBeGreaterThan(50);
    expect(['11 13 16', '16 19 23', '241 243 245', '255 255 255']).toContain(painted.ground);
  });
});

test('the table holds the same, and is used by keyboard alone', async ({ page }) => {
  await openMap(page);
  await page.getByRole('button', { name: 'Show as table' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => param(page, 'twin')).toBe('1');
  const table = page.getByRole('table', { name: 'Who talks to whom, 7 links' });
  await expect(table.getByRole('row')).toHaveCount(8);
  // Drops first; then the one with most.
  await expect(table.getByRole('row').nth(1)).toContainText('data/postgres');
  await expect(table.getByRole('row').nth(1)).toContainText('5432/TCP');
  await table.getByRole('button', { name: 'From' }).focus();
  await page.keyboard.press('Enter');
  await expect(table.getByRole('row').nth(1)).toContainText('batch');
  const link = table.getByRole('button', { name: 'shop/cart to data/redis' });
  await link.focus();
  await page.keyboard.press('Enter');
  await expect(link).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(() => filterOf(page)).toContain('to-pod:data/redis-');
  await expect(table.getByRole('row'), 'a choice does not hide its alternatives').toHaveCount(8);
  await page.keyboard.press('Enter');
  await expect.poll(() => filterOf(page)).toBe('');
  await page.goBack();
  await expect.poll(() => filterOf(page)).toContain('to-pod:data/redis-');
});

test('a filter narrows the map, and an empty one says why and how to go on', async ({ page }) => {
  await openMap(page, '?panes=map&q=namespace:data');
  await expect(mapAbout(page)).toHaveText('3 workloads in 2 islands, 2 links. Rates: last 60 s');
  await openWith(page, `${stack.url}/?panes=map&q=namespace:nowhere`, LINES.length);
  await expect(page.getByText('No link matches this filter.')).toBeVisible();
  await page
    .getByRole('region', { name: 'Service map' })
    .getByRole('button', { name: 'Remove all filters' })
    .click();
  await expect(mapAbout(page)).toContainText('7 links');
});

test('a window that somebody picked stands still: what was idle there is not', async ({ page }) => {
  await openMap(page, '?panes=map&window=2026-03-01T10:04:00Z/2026-03-01T10:04:20Z');
  await expect(mapAbout(page)).toHaveText(/^2 workloads in 1 island, 1 link. Rates: \d+ s in view$/);
  await expect.poll(() => drawnTexts(page)).toContain('batch');
  const name = (await drawnElements(page)).find(({ text }) => text === 'batch');
  expect(name?.attribute('opacity')).toBe('');
});

test('panes stand one below the other or side by side, are resized, and the address holds it', async ({
  page,
}) => {
  await openMap(page, '');
  const place = async (name: string): Promise<{ x: number; y: number; width: number; height: number }> =>
    (await page.getByRole('region', { name }).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.getByRole('button', { name: 'Panes side by side' }).click();
  expect(param(page, 'beside')).toBe('1');
  await expect.poll(async () => (await place('Flows')).x).toBeGreaterThan((await place('Service map')).x);
  expect((await place('Flows')).y).toBe((await place('Service map')).y);
  const splitter = page.getByRole('separator', { name: 'Map and Flows' });
  await expect(splitter).toHaveAttribute('aria-orientation', 'vertical');
  const { width } = await place('Service map');
  const hold = await splitter.boundingBox();
  if (hold === null) throw new Error('there is no splitter');
  await page.mouse.move(hold.x + hold.width / 2, hold.y + 200);
  await page.mouse.down();
  await page.mouse.move(hold.x + 100 + hold.width / 2, hold.y + 200, { steps: 5 });
  await page.mouse.up();
  await expect.poll(async () => (await place('Service map')).width).toBeGreaterThan(width + 80);
  expect(param(page, 'sizes')).toMatch(/^map:\d+,flows:\d+$/);
  await splitter.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect.poll(() => param(page, 'sizes')).toBe('');
  await page.keyboard.press('b');
  await expect.poll(() => param(page, 'beside')).toBe('');
  await expect(splitter).toHaveAttribute('aria-orientation', 'horizontal');
  await page.goBack();
  await expect(splitter).toHaveAttribute('aria-orientation', 'vertical');
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.getByRole('region', { name: 'Flows' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Service map' })).toBeHidden();
  await page.getByRole('button', { name: 'Pane: Flows' }).click();
  await page.getByRole('menuitemradio', { name: 'Map' }).click();
  await expect(page.getByRole('region', { name: 'Service map' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Flows' })).toBeHidden();
});

test('too many to draw fold into islands, and that is said', async ({ page }, testInfo) => {
  const many = flowLines(
    Array.from(
      { length: 450 },
      (_, i) =>
        `ns-${String(i % 9)}/from-${String(i)} -> ns-${String((i + 1) % 9)}/to-${String(i)} 1 port:80`,
    ).join('\n'),
  );
  const file = testInfo.outputPath('many.jsonl');
  await writeFile(file, many.join('\n'));
  await using own = await startReplay(file, many.length);
  await openWith(page, `${own.url}/?panes=map`, many.length);
  await expect(mapAbout(page)).toContainText('900 workloads folded into 9 islands');
  await page.getByRole('button', { name: 'What is drawn, and what is not' }).click();
  await expect(page.getByRole('dialog', { name: 'About the map' })).toContainText(
    '900 workloads stand in closed islands',
  );
  await page.keyboard.press('Escape');
  await settled(page);
  await clickAt(page, 'ns-3');
  await expect.poll(() => param(page, 'folds')).toBe('island:/ns-3');
  await expect.poll(() => drawnTexts(page)).toContain('from-3');
});

test('axe has nothing to say', async ({ page }) => {
  await openMap(page);
  await expectNoViolation(page);
  await clickAt(page, 'postgres');
  await expect(page.getByRole('complementary', { name: 'Chosen on the map' })).toBeVisible();
  await markByKeys(page, 'cart');
  await expectNoViolation(page);
  await page.getByRole('button', { name: 'Show as table' }).click();
  await expectNoViolation(page);
  await openWith(page, `${stack.url}/?panes=map&q=namespace:nowhere`, LINES.length);
  await expect(page.getByText('No link matches this filter.')).toBeVisible();
  await expectNoViolation(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await openMap(page, '?panes=map');
  await expectNoViolation(page);
});
