// The map as a test sees it. What stands where is read from the picture that the page saves, so that a test clicks where
// a person would, and reads what is drawn.

import { expect, type Locator, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';

export type SvgElement = {
  readonly tag: 'rect' | 'text' | 'path';
  readonly text: string;
  readonly attribute: (name: string) => string;
};

export type Spot = { readonly x: number; readonly y: number };

export function mapCanvas(page: Page): Locator {
  return page.getByTestId('map-canvas');
}

/** What takes keys. */
export function mapArea(page: Page): Locator {
  return page.getByRole('application', { name: /^Map\./ });
}

/** The one line about the map. */
export function mapAbout(page: Page): Locator {
  return page.getByTestId('map-about');
}

/** Saves the map through its menu; the bytes of the file and its name. */
export async function savePicture(
  page: Page,
  kind: 'PNG' | 'SVG',
): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  await page.getByRole('button', { name: 'Save the map' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: `Save as ${kind}` }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** What is drawn, in order. */
export async function drawnElements(page: Page): Promise<readonly SvgElement[]> {
  const { bytes } = await savePicture(page, 'SVG');
  return [...bytes.toString('utf8').matchAll(/<(rect|text|path)\b([^>]*?)\/?>(?:([^<]*)<\/text>)?/g)].flatMap(
    ([, tag, attributes = '', text = '']) =>
      tag === 'rect' || tag === 'text' || tag === 'path'
        ? [
            {
              tag,
              text: unescaped(text),
              attribute: (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(attributes)?.[1] ?? '',
            },
          ]
        : [],
  );
}

/** Texts on the map. */
export async function drawnTexts(page: Page): Promise<readonly string[]> {
  return (await drawnElements(page)).flatMap(({ tag, text }) => (tag === 'text' ? [text] : []));
}

/** Where a text stands, in units of the map: the first one of its kind. */
export async function textSpot(page: Page, text: string): Promise<Spot> {
  const elements = await drawnElements(page);
  const found = elements.find((element) => element.tag === 'text' && element.text === text);
  if (found === undefined) throw new Error(`"${text}" is not on the map`);
  return toMap(elements, { x: Number(found.attribute('x')), y: Number(found.attribute('y')) });
}

/** The middle of the label that begins with a text: it lies on its link. */
export async function labelSpot(page: Page, text: string): Promise<Spot> {
  const elements = await drawnElements(page);
  const at = elements.findLastIndex((element) => element.tag === 'text' && element.text === text);
  const ground = elements.slice(0, Math.max(0, at)).findLast(({ tag }) => tag === 'rect');
  if (ground === undefined) throw new Error(`no link is labelled "${text}"`);
  const of = (name: string): number => Number(ground.attribute(name));
  return toMap(elements, { x: of('x') + of('width') / 2, y: of('y') + of('height') / 2 });
}

function toMap(elements: readonly SvgElement[], { x, y }: Spot): Spot {
  const [, left = '0', top = '0', scale = '1'] =
    elements
      .filter(({ tag }) => tag === 'path')
      .map((element) => /translate\((\S+) (\S+)\) scale\((\S+)\)/.exec(element.attribute('transform')))
      // Paths of links are in units of the map; glyphs are not, and stand elsewhere each.
      .find(
        (match, _at, all) => match !== null && all.filter((other) => other?.[0] === match[0]).length > 1,
      ) ?? [];
  return { x: (x - Number(left)) / Number(scale), y: (y - Number(top)) / Number(scale) };
}

/** The same spot in px of the page, as the map stands now. */
export async function onScreen(page: Page, { x, y }: Spot): Promise<Spot> {
  const canvas = mapCanvas(page);
  const box = await canvas.boundingBox();
  const [left = 0, top = 0, zoom = 1] =
    (await canvas.getAttribute('data-camera'))?.split(' ').map(Number) ?? [];
  if (box === null) throw new Error('the map is not on screen');
  return { x: box.x + left + x * zoom, y: box.y + top + y * zoom };
}

/** Where the name of a card, pill or island is on screen. */
export async function spotOf(page: Page, name: string): Promise<Spot> {
  const { x, y } = await onScreen(page, await textSpot(page, name));
  return { x: x + 2, y };
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

/** Walks with arrows until the mark of the keyboard is at the thing of that name, as a person does who looks. */
export async function markByKeys(page: Page, name: string): Promise<void> {
  const goal = await textSpot(page, name);
  const said = page.getByTestId('map-said');
  await mapArea(page).focus();
  await page.keyboard.press('ArrowDown');
  await expect(said).not.toBeEmpty();
  for (let steps = 0; steps < 12; steps++) {
    const words = await said.innerText();
    const at = (/^(?:[^.]*\/)?([^./]+(?:\.[a-z]+)*)\. /.exec(words)?.[1] ?? '').trim();
    if (at === name) return;
    const here = await textSpot(page, at);
    await mapArea(page).focus();
    const across = goal.x > here.x ? 'ArrowRight' : 'ArrowLeft';
    const along = goal.y > here.y ? 'ArrowDown' : 'ArrowUp';
    const acrossFirst = Math.abs(goal.x - here.x) > Math.abs(goal.y - here.y);
    for (const key of acrossFirst ? [across, along] : [along, across]) {
      await page.keyboard.press(key);
      if ((await said.innerText()) !== words) break;
    }
  }
  throw new Error(`the arrows did not lead to ${name}`);
}
