// The filter bar: every key of the language selects what the same filter selects among the flows the server sent, and
// what cannot be read is said at its place while the last good filter stays.

import '@finderscope/flow-query/expressions';
import { defined } from '@finderscope/base';
import { compactLine, compileFilters, compileFilterText, FIELDS, fieldByName } from '@finderscope/flow-query';
import type { GetFlowsResponse } from '@finderscope/hubble-api';
import type { Page } from '@playwright/test';
import { flowOf, readFlows } from './support/flow-calls.ts';
import {
  enterFilter,
  filterLine,
  filterOf,
  flowRows,
  idle,
  openPage,
  openWith,
  readStats,
} from './support/page.ts';
import { fixture, readLines, replayed, replayFlags } from './support/replay.ts';
import { startStack } from './support/stack.ts';
import { expect, test } from './support/test.ts';

const RECORDS = fixture('every-field.jsonl');

test.use({
  stackOptions: { demo: replayFlags(RECORDS) },
  // All rows fit, so that every line can be compared.
  viewport: { width: 1440, height: 1100 },
  permissions: ['clipboard-read', 'clipboard-write'],
});

let sent: readonly GetFlowsResponse[] = [];
test.beforeAll(async ({ stack }) => {
  const count = readLines(RECORDS).length;
  await replayed(stack, count);
  const responses = await readFlows(stack.url, { number: 1000n });
  sent = responses.filter((response) => flowOf(response) !== undefined);
  expect(sent).toHaveLength(count);
});

/** What `filter` selects among the flows sent, as the CLI writes them. */
function expectedLines(filter: string): readonly string[] {
  const lists = compileFilterText(filter);
  if (!lists.ok) throw new Error(`${filter}: ${lists.error.map(({ message }) => message).join(' ')}`);
  const matches = compileFilters(lists.value.allow, lists.value.deny);
  if (!matches.ok) throw new Error(`${filter}: ${matches.error}`);
  return sent
    .filter((response) => matches.value(defined(flowOf(response), 'a flow')))
    .map((response) => compactLine(response));
}

/** The rows on screen are exactly those that `filter` selects, and so are the page's counts. */
async function expectSelected(page: Page, filter: string): Promise<void> {
  const lines = expectedLines(filter);
  await expect(flowRows(page)).toHaveText([...lines]);
  await expect(page.getByTestId('match-count')).toContainText(`${lines.length} of ${sent.length}`);
  await idle(page);
  const { held, filtered } = await readStats(page);
  expect({ held, filtered }).toEqual({ held: sent.length, filtered: sent.length - lines.length });
}

/** Filters that some flows of the file match and some do not, by the field they are about. */
const BY_FIELD: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'who and whom': {
    namespace: ['namespace:kube-system', 'from-namespace:default', 'to-namespace:shop'],
    pod: ['pod:shop/cart', 'from-pod:default/web', 'to-pod:shop/'],
    ip: ['ip:10.2.0.0/16', 'from-ip:192.168.7.10', 'to-ip:fd00:10:1::5'],
    port: ['port:53', 'to-port:8080', 'from-port:5432'],
    label: ['label:app=db', 'from-label:"tier in (web,api)"', 'to-label:reserved:world'],
    workload: ['workload:StatefulSet/orders', 'from-workload:Deployment/', 'to-workload:db'],
    identity: ['identity:host', 'from-identity:24071', 'to-identity:22940'],
    service: ['service:shop/orders', 'to-service:shop/ord'],
    fqdn: ['fqdn:*.example.com', 'to-fqdn:api.example.com'],
    cluster: ['cluster:green', 'to-cluster:blue'],
    'all-namespaces': ['all-namespaces:true', 'from-all-namespaces:true from-pod:web'],
  },
  'what became of it': {
    verdict: ['verdict:DROPPED', 'verdict:AUDIT or REDIRECTED'],
    'drop-reason-desc': ['drop-reason-desc:POLICY_DENIED', 'drop-reason:policy_denied'],
    type: ['type:drop', 'type:trace:to-endpoint', 'type:l7 or policy-verdict'],
    'traffic-direction': ['traffic-direction:INGRESS', 'direction:unknown'],
    reply: ['reply:true', 'reply:false'],
    'node-name': ['node-name:blue/worker2', 'node-name:*1'],
    'node-label': ['node-label:zone=b'],
    interface: ['interface:eth0'],
    encrypted: ['encrypted:true'],
    'snat-ip': ['snat-ip:192.168.7.10'],
  },
  'what was sent': {
    protocol: ['protocol:udp', 'protocol:http or icmp'],
    'tcp-flags': ['tcp-flags:SYN', 'tcp-flags:SYN,ACK or RST'],
    'ip-version': ['ip-version:v6', 'ip-version:none'],
    'http-status': ['http-status:5+', 'http-status:200'],
    'http-method': ['http-method:get', 'http-method:PUT or POST'],
    'http-path': ['http-path:^/v1/', 'http-path:/admin$'],
    'http-url': ['http-url:[?]debug='],
    'http-header': ['http-header:X-Tenant:blue'],
    'dns-query': ['dns-query:example\\.com\\.$'],
  },
  'ids and expressions': {
    uuid: ['uuid:0f1d5c00-0003-4c1d-8e0a-5d1f0c3b2a19'],
    'trace-id': ['trace-id:4bf92f3577b34da6a3ce929d0e0e4736'],
    'ip-trace-id': ['ip-trace-id:42'],
    'cel-expression': ['cel-expression:"_flow.l4.TCP.destination_port == 443u"'],
    'raw-filter': [`raw-filter:'{"interface":[{"index":4}]}'`],
  },
};

test.describe('every key selects the same rows as its filter', () => {
  test('there is a filter here for each field', () => {
    const fields = Object.values(BY_FIELD).flatMap(Object.entries<readonly string[]>);
    expect(fields.map(([name]) => name).toSorted()).toEqual(FIELDS.map(({ name }) => name).toSorted());
    for (const [name, filters] of fields) {
      const keys = filters.map((filter) => filter.slice(0, filter.indexOf(':')));
      expect(keys.map((key) => fieldByName(key)?.name)).toContain(name);
    }
  });

  for (const [title, fields] of Object.entries(BY_FIELD)) {
    test(title, async ({ page, stack }) => {
      await openWith(page, `${stack.url}/?panes=flows&lines=1`, sent.length);
      for (const filter of Object.values(fields).flat()) {
        await test.step(filter, async () => {
          const some = expectedLines(filter).length;
          expect(some, 'some flows of the file match and not all').toBeGreaterThan(0);
          expect(some).toBeLessThan(sent.length);
          await enterFilter(page, filter);
          await expectSelected(page, filter);
          expect(filterOf(page)).toBe(filter);
          await page.getByRole('button', { name: 'Remove all filters' }).first().click();
          await expectSelected(page, '');
        });
      }
    });
  }
});

test.describe('together', () => {
  const combined = [
    'not verdict:FORWARDED',
    '-namespace:kube-system -port:8080',
    'verdict:DROPPED from-namespace:default',
    '(verdict:DROPPED to-port:443 or protocol:dns)',
    'not (protocol:http or verdict:DROPPED from-pod:default/web)',
    'namespace:shop not http-status:5+ (protocol:http or ip-version:v6)',
  ];
  test('negation and groups', async ({ page, stack }) => {
    await openWith(page, `${stack.url}/?panes=flows&lines=1`, sent.length);
    for (const filter of combined) {
      await test.step(filter, async () => {
        await enterFilter(page, filter);
        await expectSelected(page, filter);
        await page.getByRole('button', { name: 'Remove all filters' }).first().click();
      });
    }
  });

  test('tokens entered one after another add up, and each can be taken out again', async ({
    page,
    stack,
  }) => {
    await openWith(page, `${stack.url}/?panes=flows&lines=1`, sent.length);
    await enterFilter(page, 'protocol:tcp');
    await enterFilter(page, 'not verdict:DROPPED');
    await expectSelected(page, 'protocol:tcp not verdict:DROPPED');
    await page.getByRole('button', { name: 'Hidden', exact: false }).click();
    const hidden = page.getByRole('dialog', { name: 'Hidden flows' });
    const drops = expectedLines('protocol:tcp verdict:DROPPED').length;
    await expect(hidden).toContainText(`${drops} flows of this view are hidden`);
    await hidden.getByRole('button', { name: 'Show not verdict:DROPPED' }).click();
    await expectSelected(page, 'protocol:tcp');
    await page.getByRole('button', { name: 'Remove protocol:tcp' }).click();
    await expectSelected(page, '');
  });
});

test.describe('completion', () => {
  const option = (page: Page, name: string | RegExp) =>
    page.getByRole('listbox').getByRole('option', { name });

  test('a filter is made with arrows and Enter', async ({ page, stack }) => {
    await openWith(page, `${stack.url}/?panes=flows&lines=1`, sent.length);
    await page.keyboard.press('/');
    await expect(filterLine(page)).toBeFocused();
    await page.keyboard.type('verd');
    await expect(option(page, /^verdict/)).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await expect(option(page, /^verdict/)).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Enter');
    await expect(filterLine(page)).toHaveValue('verdict:');
    const drops = expectedLines('verdict:DROPPED').length;
    await expect(option(page, /^DROPPED/)).toHaveText(`DROPPED${drops}`);
    await page.keyboard.type('drop');
    await page.keyboard.press('ArrowDown');
    await expect(option(page, /^DROPPED/)).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Enter');
    await expectSelected(page, 'verdict:DROPPED');
    expect(filterOf(page)).toBe('verdict:DROPPED');
  });

  test('Tab completes and goes on; Alt and Enter exclude', async ({ page, stack }) => {
    await openWith(page, `${stack.url}/?panes=flows&lines=1`, sent.length);
    await filterLine(page).click();
    await page.keyboard.type('to-po');
    await expect(option(page, /^to-pod/)).toBeVisible();
    while ((await option(page, /^to-pod/).getAttribute('aria-selected')) !== 'true')
      await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await expect(filterLine(page)).toHaveValue('to-pod:');
    await expect(filterLine(page)).toBeFocused();
    await page.keyboard.type('orders');
    await expect(option(page, /orders-0/)).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Alt+Enter');
    await expectSelected(page, 'not to-pod:shop/orders-0');
    expect(filterOf(page)).toBe('not to-pod:shop/orders-0');
  });

  test('namespaces that the server knows are offered, and counted where flows are held', async ({ page }) => {
    await using stack = await startStack({ demo: ['--scenario', 'shop'] });
    // The server remembers namespaces for an hour; this page holds no flow of them.
    await page.route('**/observer.Observer/GetFlows', (route) => route.abort());
    await openPage(page, stack.url);
    await filterLine(page).click();
    await page.keyboard.type('from-namespace:sh');
    await expect(option(page, /^shop/)).toHaveText('shop');
    await page.unroute('**/observer.Observer/GetFlows');
    await openPage(page, stack.url);
    await expect(flowRows(page).first()).toBeVisible();
    await filterLine(page).click();
    await page.keyboard.type('from-namespace:sh');
    await expect(option(page, /^shop/)).toHaveText(/^shop[\d,]+$/);
  });

  test('Escape closes the list, then gives up what was typed', async ({ page, stack }) => {
    await openWith(page, `${stack.url}/?panes=flows&lines=1`, sent.length);
    await filterLine(page).click();
    await page.keyboard.type('pod:shop/');
    await expect(page.getByRole('listbox')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('listbox')).toBeHidden();
    await expect(filterLine(page)).toHaveValue('pod:shop/');
    await page.keyboard.press('Escape');
    await expect(filterLine(page)).toHaveValue('');
    await expectSelected(page, '');
  });
});

test.describe('what is wrong', () => {
  const bad: readonly [typed: string, at: string, said: RegExp][] = [
    ['http-status:9x', '9x', /9x.* is not an HTTP status\. Write a code from 100 to 599/],
    ['http-path:(a', '(a', /is not a regular expression/],
    ['ip:300.1.1.1', '300.1.1.1', /300\.1\.1\.1.* is not an IP address/],
    ['verdict:DROPED', 'DROPED', /DROPED.* is not a verdict/],
    ['protcol:tcp', 'protcol:', /protcol is not a key\. Did you mean protocol\?/],
  ];
  test('is said at its place, and the last good filter stays', async ({ page, stack }) => {
    await openWith(page, `${stack.url}/?panes=flows&lines=1`, sent.length);
    await enterFilter(page, 'verdict:DROPPED');
    await expectSelected(page, 'verdict:DROPPED');
    const search = page.getByRole('search', { name: 'Filter' });
    for (const [typed, at, said] of bad) {
      await test.step(typed, async () => {
        await enterFilter(page, `pod:shop/cart ${typed}`);
        const message = search.getByRole('status').filter({ hasText: said });
        await expect(message).toContainText('Still filtering by verdict:DROPPED.');
        await expect(filterLine(page)).toHaveAttribute('aria-invalid', 'true');
        await expect(filterLine(page)).toHaveAccessibleDescription(said);
        // The wavy line is under the part that is wrong.
        await expect(search.locator('.underline')).toHaveText(at);
        // Nothing typed is lost.
        await expect(filterLine(page)).toHaveValue(`pod:shop/cart ${typed}`);
        await expectSelected(page, 'verdict:DROPPED');
        expect(filterOf(page)).toBe('verdict:DROPPED');
        await filterLine(page).press('Escape');
        await expect(filterLine(page)).toHaveValue('');
        await expect(filterLine(page)).toHaveAttribute('aria-invalid', 'false');
      });
    }
  });

  test('is mended in place', async ({ page, stack }) => {
    await openWith(page, `${stack.url}/?panes=flows&lines=1`, sent.length);
    await enterFilter(page, 'http-status:5x');
    await expect(filterLine(page)).toHaveAttribute('aria-invalid', 'true');
    await filterLine(page).press('Backspace');
    await filterLine(page).press('+');
    await filterLine(page).press('Enter');
    await expectSelected(page, 'http-status:5+');
    await expect(filterLine(page)).toHaveAttribute('aria-invalid', 'false');
  });
});

/** Pastes as a person does, from the clipboard. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((content) => navigator.clipboard.writeText(content), text);
  await filterLine(page).click();
  await page.keyboard.press('Control+v');
}

test.describe('before what reads expressions is here', () => {
  /** Holds back RE2 and CEL until `release` is called. */
  async function withoutExpressions(page: Page): Promise<{ readonly release: () => void }> {
    const { promise, resolve } = Promise.withResolvers<void>();
    await page.route('**/assets/expressions-*.js', async (route) => {
      await promise;
      await route.continue();
    });
    return { release: resolve };
  }

  test('a filter that was entered waits for it in the line', async ({ page, stack }) => {
    const { release } = await withoutExpressions(page);
    await openWith(page, `${stack.url}/?panes=flows&lines=1`, sent.length);
    await enterFilter(page, 'http-path:^/v1/');
    const said = page.getByRole('search', { name: 'Filter' }).getByText('still being loaded');
    await expect(said).toBeVisible();
    await expect(filterLine(page)).toHaveValue('http-path:^/v1/');
    release();
    await expectSelected(page, 'http-path:^/v1/');
    await expect(filterLine(page)).toHaveValue('');
    await expect(said).toHaveCount(0);
  });

  test('a filter that was taken back meanwhile is not entered', async ({ page, stack }) => {
    const { release } = await withoutExpressions(page);
    await openWith(page, `${stack.url}/?panes=flows&lines=1`, sent.length);
    await enterFilter(page, 'http-path:^/v1/');
    await filterLine(page).fill('verdict:DROPPED http-path:^/v2/');
    release();
    await expect(filterLine(page)).toHaveAttribute('aria-invalid', 'false');
    await expect(filterLine(page)).toHaveValue('verdict:DROPPED http-path:^/v2/');
    expect(filterOf(page)).toBe('');
  });

  test('a filter that was given up meanwhile is not entered when the same is edited again', async ({
    page,
    stack,
  }) => {
    const { release } = await withoutExpressions(page);
    await openWith(page, `${stack.url}/?panes=flows&lines=1`, sent.length);
    await enterFilter(page, 'http-path:^/v1/');
    await filterLine(page).press('Escape');
    await expect(filterLine(page)).toHaveValue('');
    // A person who types it anew has not entered it yet.
    await filterLine(page).fill('http-path:^/v1/');
    release();
    await expect(filterLine(page)).toHaveAttribute('aria-invalid', 'false');
    await expect(filterLine(page)).toHaveValue('http-path:^/v1/');
    expect(filterOf(page)).toBe('');
  });

  test('what was pasted is entered whole, and what was said of it stays', async ({ page, stack }) => {
    const { release } = await withoutExpressions(page);
    await openWith(page, `${stack.url}/?panes=flows&lines=1`, sent.length);
    await paste(page, 'hubble observe --namespace shop --http-path ^/v1/ --last 20');
    await expectSelected(page, 'namespace:shop');
    await expect(filterLine(page)).toHaveValue('http-path:^/v1/');
    release();
    await expectSelected(page, 'namespace:shop http-path:^/v1/');
    await expect(
      page.getByRole('search', { name: 'Filter' }).getByText('--last 20 is no filter'),
    ).toBeVisible();
  });
});

test.describe('commands', () => {
  test('a pasted hubble observe becomes a filter', async ({ page, stack }) => {
    await openWith(page, `${stack.url}/?panes=flows&lines=1`, sent.length);
    await paste(page, 'hubble observe --namespace shop --verdict DROPPED --not --protocol http -f');
    await expectSelected(page, 'namespace:shop verdict:DROPPED not protocol:http');
    await expect(filterLine(page)).toHaveValue('');
    await expect(page.getByRole('button', { name: 'Remove verdict:DROPPED' })).toBeVisible();
  });

  test('the time that a pasted command asks for is the time window, and says so', async ({ page, stack }) => {
    await openWith(page, `${stack.url}/?panes=flows&lines=1`, sent.length);
    await paste(
      page,
      'zcat a.log.gz | hubble observe --since 2020-01-01T00:00:00Z --verdict DROPPED --last 20',
    );
    await expectSelected(page, 'verdict:DROPPED');
    await expect.poll(() => new URL(page.url()).searchParams.get('window')).toBe('2020-01-01T00:00:00Z/..');
    const said = page.getByRole('search', { name: 'Filter' }).getByRole('status');
    await expect(
      said.filter({ hasText: '--since 2020-01-01T00:00:00Z is the time window now.' }),
    ).toBeVisible();
    await expect(said.filter({ hasText: '--last 20 is no filter and is left out' })).toBeVisible();
    await page.goBack();
    await expect.poll(() => new URL(page.url()).searchParams.get('window')).toBe(null);
    // Also when it is all that can be read of the command.
    await paste(page, 'hubble observe --since 2020-01-01T00:00:00Z --colour');
    await expect.poll(() => new URL(page.url()).searchParams.get('window')).toBe('2020-01-01T00:00:00Z/..');
  });

  test('an unknown flag is named and the rest holds', async ({ page, stack }) => {
    await openWith(page, `${stack.url}/?panes=flows&lines=1`, sent.length);
    await paste(page, 'hubble observe --verdict DROPPED --frobnicate');
    await expectSelected(page, 'verdict:DROPPED');
    const search = page.getByRole('search', { name: 'Filter' });
    await expect(search.getByText('--frobnicate', { exact: true })).toBeVisible();
    await expect(search.getByRole('status').filter({ hasText: '--frobnicate' })).toBeVisible();
    // What stood behind it is no filter either, and is left to be mended.
    await paste(page, 'hubble observe --verdict AUDIT --frobnicate now');
    await expectSelected(page, 'verdict:AUDIT');
    await expect(search.getByText('--frobnicate', { exact: true })).toBeVisible();
    await expect(filterLine(page)).toHaveValue('now');
    await expect(filterLine(page)).toHaveAttribute('aria-invalid', 'true');
    // And a command of which nothing can be read takes nothing away.
    await filterLine(page).fill('');
    await paste(page, 'hubble observe --nonsense');
    await expect(search.getByText('--nonsense', { exact: true })).toBeVisible();
    await expectSelected(page, 'verdict:AUDIT');
  });

  test('a bad value is left in the line to be mended, and the rest holds', async ({ page, stack }) => {
    await openWith(page, `${stack.url}/?panes=flows&lines=1`, sent.length);
    await paste(page, 'hubble observe --verdict DROPPED --http-status 9x');
    await expectSelected(page, 'verdict:DROPPED');
    await expect(filterLine(page)).toHaveValue(/9x/);
    await expect(filterLine(page)).toHaveAttribute('aria-invalid', 'true');
  });

  test('copied as a command and pasted again, the filter is the same', async ({ page, stack }) => {
    const filter = 'namespace:shop not http-status:5+ (protocol:http or ip-version:v6)';
    await openWith(page, `${stack.url}/?panes=flows&lines=1&q=${encodeURIComponent(filter)}`, sent.length);
    await page.getByRole('button', { name: 'Copy as CLI' }).click();
    await expect(page.getByText('Copied', { exact: true }).first()).toBeVisible();
    const command = await page.evaluate(() => navigator.clipboard.readText());
    expect(command).toMatch(/^hubble observe /);
    expect(command).toContain(`--server 127.0.0.1:${stack.demo?.port ?? 0}`);
    await page.getByRole('button', { name: 'Remove all filters' }).first().click();
    await expectSelected(page, '');
    await paste(page, command);
    await expectSelected(page, filter);
  });
});
