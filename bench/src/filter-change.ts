// page.filter_1m: from a changed filter to the frame that shows its rows, in the page as it is, with table, rail and
// timeline open over a million flows held. The filter is changed as the browser's back button changes it, by the address.
// p50 and p95 over filters and rounds, by the clock. Needs a build (npm run build).

import { withPage } from './browser.ts';
import { FILTERS } from './filters.ts';
import { type Bench, median, quantile } from './measure.ts';
import { received, withServer } from './page.ts';

const ROUNDS = 5;
const FLOWS = 1_000_000;
const ROW = '[data-testid="flow-rows"] [role="row"]';
/** Filters that need an expression library measure its loading, too. */
const PLAIN = FILTERS.filter((filter) => !filter.includes('http-path') && !filter.includes('dns-query'));

export const FILTER_CHANGE: Bench = {
  name: 'page.filter_1m',
  run: async () =>
    withServer('flow-server.ts', FLOWS, async (url) =>
      withPage(async (page) => {
        await page.goto(`${url}/?panes=flows`);
        await page.waitForSelector(ROW);
        while ((await received(page)) < FLOWS) await page.waitForTimeout(100);
        await page.evaluate('window.finderscope.idle()');
        const held = await page.evaluate<number>('window.finderscope.stats().then(({ held }) => held)');
        const times: number[] = [];
        for (let round = 0; round < ROUNDS; round++) {
          for (const filter of PLAIN) {
            times.push(await page.evaluate(changeFilter, filter));
            await page.evaluate('window.finderscope.idle()');
            await page.evaluate(changeFilter, '');
            await page.evaluate('window.finderscope.idle()');
          }
        }
        return [
          { name: 'page.filter_1m.held', unit: 'flows', value: held },
          { name: 'page.filter_1m.p50', unit: 'ms', value: median(times) },
          { name: 'page.filter_1m', unit: 'ms', value: quantile(times, 0.95) },
        ];
      }),
    ),
};

/** Runs in the page: how long until a frame has been painted with another number of rows. */
async function changeFilter(filter: string): Promise<number> {
  const rowCount = (): string | null =>
    document.querySelector('[aria-rowcount]')?.getAttribute('aria-rowcount') ?? null;
  const before = rowCount();
  const begun = performance.now();
  const address = new URL(location.href);
  if (filter === '') address.searchParams.delete('q');
  else address.searchParams.set('q', filter);
  history.pushState(null, '', address);
  dispatchEvent(new PopStateEvent('popstate'));
  // Looked at in the task after each frame: what is in the document then is painted. A look in the frame's own callback
  // may come before the page's, and would find the rows a frame late.
  const afterFrame = new MessageChannel();
  afterFrame.port1.start();
  while (rowCount() === before) {
    if (performance.now() - begun > 10_000) throw new Error(`${filter}: still as many rows`);
    await new Promise((resolve) => {
      afterFrame.port1.addEventListener('message', resolve, { once: true });
      requestAnimationFrame(() => afterFrame.port2.postMessage(undefined));
    });
  }
  return performance.now() - begun;
}
