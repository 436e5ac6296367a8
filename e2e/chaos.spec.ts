// npm run chaos: one thing after another goes wrong, in a seeded order, for ten minutes (FINDERSCOPE_CHAOS_S seconds).
// After each the page lives, goes on, and its books balance; in the end no flow is there twice, none that the server has
// is missing where the page says it is complete, every break of the stream is a gap, and memory is what it was.

import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { timestampDate } from '@bufbuild/protobuf/wkt';
import { type Flow, LostEventSource } from '@finderscope/hubble-api';
import type { Browser, CDPSession, Page } from '@playwright/test';
import { injectFault } from './support/demo-control.ts';
import { flowOf, readFlows } from './support/flow-calls.ts';
import { type Network, startNetwork } from './support/network.ts';
import { expectBalanced, openPage, readAllRows, readStats } from './support/page.ts';
import { startStack, type Stack } from './support/stack.ts';
import { expect, test } from './support/test.ts';

const SECONDS = Number(process.env['FINDERSCOPE_CHAOS_S'] ?? 600);
const SEED = Number(process.env['FINDERSCOPE_CHAOS_SEED'] ?? 1);
const RATE = 20;
/** How long the network stops: a minute of ten. */
const SILENCE_MS = SECONDS * 100;
const DAY_MS = 24 * 3600 * 1000;
const NODE = 'k8s-w1';
const RECOVERY = { timeout: 90_000 };
const MB = 1 << 20;

type World = {
  readonly page: Page;
  readonly stack: Stack;
  readonly cdp: CDPSession;
  /** Between browser and gateway. */
  readonly network: Network;
};

const inject = ({ stack }: World, fault: Parameters<typeof injectFault>[1], node?: string): Promise<number> =>
  injectFault(stack.url, fault, node);

/** Each brings it about and ends it; whether the stream has to break by it. */
const TROUBLES: readonly {
  readonly name: string;
  readonly breaks: boolean;
  readonly run: (world: World) => Promise<unknown>;
}[] = [
  {
    name: 'the gateway dies and is started again',
    breaks: true,
    run: async ({ stack }) => {
      await stack.gateway.kill();
      await delay(1000);
      await stack.gateway.start();
    },
  },
  {
    name: 'Relay and agents die and are started again',
    breaks: true,
    run: async ({ stack }) => {
      await stack.demo?.kill();
      await delay(1000);
      await stack.demo?.start();
    },
  },
  {
    name: 'connections to Relay are cut',
    breaks: true,
    run: (world) => inject(world, { case: 'closeConnections', value: {} }),
  },
  {
    name: 'a frame ends in the middle',
    breaks: true,
    run: (world) => inject(world, { case: 'truncatedStream', value: {} }),
  },
  {
    name: 'a frame of garbage',
    breaks: false,
    run: (world) => inject(world, { case: 'garbageFrame', value: {} }),
  },
  {
    name: 'a node loses events',
    breaks: false,
    run: (world) =>
      inject(
        world,
        { case: 'lostEvents', value: { source: LostEventSource.OBSERVER_EVENTS_QUEUE, count: 11n } },
        NODE,
      ),
  },
  {
    name: 'a node goes and comes back',
    breaks: false,
    run: async (world) => {
      await inject(world, { case: 'nodeLost', value: {} }, NODE);
      await delay(3000);
      await inject(world, { case: 'nodeBack', value: {} }, NODE);
    },
  },
  ...[DAY_MS, -600_000].map((offsetMs) => ({
    name: `a node's clock is off by ${offsetMs / 1000} s`,
    breaks: false,
    run: async (world: World) => {
      await inject(world, { case: 'clockSkew', value: { offsetMs: BigInt(offsetMs) } }, NODE);
      await delay(2000);
      await inject(world, { case: 'clockSkew', value: { offsetMs: 0n } }, NODE);
    },
  })),
  {
    name: 'a node is slow',
    breaks: false,
    run: async (world) => {
      await inject(world, { case: 'slowNode', value: { flowsPerSecond: 1 } }, NODE);
      await delay(3000);
      await inject(world, { case: 'slowNode', value: { flowsPerSecond: 0 } }, NODE);
    },
  },
  {
    name: 'the network is silent',
    breaks: false,
    run: async ({ network }) => {
      network.stop();
      await delay(SILENCE_MS);
      network.goOn();
    },
  },
  {
    name: 'the network breaks',
    breaks: true,
    run: ({ network }) => Promise.resolve(network.cut()),
  },
  {
    name: 'the tab is suspended',
    breaks: false,
    run: async ({ cdp }) => {
      await cdp.send('Page.setWebLifecycleState', { state: 'frozen' });
      await delay(5000);
      await cdp.send('Page.setWebLifecycleState', { state: 'active' });
    },
  },
  {
    name: 'the machine is slow',
    breaks: false,
    run: async ({ cdp }) => {
      await cdp.send('Emulation.setCPUThrottlingRate', { rate: 8 });
      await delay(3000);
      await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    },
  },
];

test('ten minutes in which everything goes wrong', async ({ page, browser }) => {
  test.setTimeout((SECONDS + SECONDS / 2 + 600) * 1000);
  await using stack = await startStack({ demo: ['--scenario', 'load', '--rate', String(RATE)] });
  await using network = await startNetwork(stack.gateway.port);
  const cdp = await page.context().newCDPSession(page);
  const world = { page, stack, cdp, network };
  let crashed = false;
  page.on('crash', () => (crashed = true));
  await openPage(page, `http://127.0.0.1:${network.port}/?panes=flows&columns=time,uuid`);
  await moreFlows(page, 40);
  const before = await memoryOf(world, browser);

  const random = seededRandom(SEED);
  const endMs = Date.now() + SECONDS * 1000;
  let garbage = 0;
  let breaks = 0;
  let queue: (typeof TROUBLES)[number][] = [];
  for (let turn = 0; Date.now() < endMs || turn < TROUBLES.length; turn++) {
    if (queue.length === 0) queue = shuffled(TROUBLES, random);
    const trouble = queue.pop();
    if (trouble === undefined) break;
    const { reconnects } = await readStats(page);
    await test.step(trouble.name, async () => {
      await trouble.run(world);
      if (trouble.breaks) {
        await expect
          .poll(async () => (await readStats(page)).reconnects, RECOVERY)
          .toBeGreaterThan(reconnects);
        breaks++;
      }
      if (trouble.name.includes('garbage')) garbage++;
      await moreFlows(page, 20);
      await expectBalanced(page);
      // Nobody scrolled.
      await expect(page.getByRole('button', { name: 'Follow' })).toHaveAttribute('aria-pressed', 'true');
    });
    expect(crashed, 'the page crashed').toBe(false);
  }

  const stats = await readStats(page);
  expect(stats.reconnects).toBeGreaterThanOrEqual(breaks);
  expect(stats.skipped.malformed).toBe(garbage);
  expect(stats.skipped.total).toBe(stats.skipped.malformed + stats.skipped.duplicate);
  expect(await gapsTold(page), 'gaps').toBeGreaterThanOrEqual(Math.min(breaks, stats.reconnects));
  await expectNothingMissing(world);
  await page.getByRole('radio', { name: /^Paused/ }).waitFor();
  const after = await memoryOf(world, browser);
  test.info().annotations.push({
    type: 'chaos',
    description: JSON.stringify({ breaks, garbage, stats, before, after }),
  });
  process.stdout.write(`memory in MB before ${JSON.stringify(before)}, after ${JSON.stringify(after)}\n`);
  // Forty flows at first and thousands at the end: what they take is bounded, and small.
  expect(after.heapMb).toBeLessThan(before.heapMb * 2 + 24);
  expect(after.nodes).toBeLessThan(before.nodes * 3);
  expect(after.rssMb).toBeLessThan(before.rssMb + 200);
  expect(after.gatewayMb).toBeGreaterThan(0);
  expect(after.gatewayMb).toBeLessThan(before.gatewayMb + 150);
});

async function moreFlows(page: Page, more: number): Promise<void> {
  const { received } = await readStats(page);
  await expect
    .poll(async () => (await readStats(page)).received, RECOVERY)
    .toBeGreaterThanOrEqual(received + more);
}

/** Gaps that the status strip names, those it only counts included. */
async function gapsTold(page: Page): Promise<number> {
  await page.getByRole('contentinfo').getByRole('button', { name: /^Gaps/ }).hover();
  const told = page.getByRole('tooltip');
  await expect(told).toContainText('Times without a connection.');
  const text = await told.innerText();
  return text.split('\n').reduce((sum, line) => {
    const older = /^And ([\d,]+) before/.exec(line)?.[1];
    if (older !== undefined) return sum + Number(older.replaceAll(',', ''));
    return sum + (/^\d\d:\d\d:\d\d.* to |^Since /.test(line) ? 1 : 0);
  }, 0);
}

/** Paused: no row twice, and of what the server still has nothing is missing from the time on that the strip gives. */
async function expectNothingMissing({ page, stack }: World): Promise<void> {
  await page.getByRole('radio', { name: /^Pause/ }).click();
  const pausedMs = Date.now();
  const complete = page.getByRole('contentinfo').getByRole('button', { name: /^Complete/ });
  await expect(complete).toHaveText(/^Complete\s*(all|since \d\d:\d\d:\d\d)$/);
  const since = /\d\d:\d\d:\d\d/.exec(await complete.innerText())?.[0] ?? '';
  // Thousands of rows, read a screen at a time.
  await page.setViewportSize({ width: 1440, height: 8000 });
  const rows = await readAllRows(page);
  expect(new Set(rows).size, 'no row twice').toBe(rows.length);
  const ids = new Set(rows.map((row) => row.trim().split(/\s+/).at(-1) ?? ''));
  const sent = (await readFlows(stack.url, { number: 10_000n })).flatMap(
    (response) => flowOf(response) ?? [],
  );
  const timeOf = ({ time }: Flow): string => (time === undefined ? '' : timestampDate(time).toISOString());
  const first = sent.findIndex(({ uuid }) => ids.has(uuid));
  expect(first).toBeGreaterThanOrEqual(0);
  // A node may be some seconds behind the others in the moment of the pause.
  const until = new Date(pausedMs - 10_000).toISOString();
  const missing = sent
    .slice(first)
    .filter((flow) => !ids.has(flow.uuid) && timeOf(flow) < until)
    .map((flow) => `${timeOf(flow)} ${flow.nodeName}`);
  // The strip has no parts of a second.
  expect(
    missing.filter((flow) => flow.slice(11, 19) > since),
    `of ${missing.length} missing`,
  ).toEqual([]);
}

type Memory = {
  readonly heapMb: number;
  readonly nodes: number;
  readonly rssMb: number;
  readonly gatewayMb: number;
};

/**
 * Heap and elements of the page after a collection; resident memory of its process, the worker's included, and of the
 * gateway since it was started last.
 */
async function memoryOf({ cdp, stack }: World, browser: Browser): Promise<Memory> {
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('Performance.enable');
  const { metrics } = await cdp.send('Performance.getMetrics');
  const metric = (wanted: string): number => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
  const whole = await browser.newBrowserCDPSession();
  const { processInfo } = await whole.send('SystemInfo.getProcessInfo');
  const rss = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => residentMb(id));
  await whole.detach();
  const told = await (await fetch(`${stack.url}/metrics`)).text();
  const gatewayBytes = /^process_resident_memory_bytes (\S+)$/m.exec(told)?.[1];
  return {
    heapMb: metric('JSHeapUsedSize') / MB,
    nodes: metric('Nodes'),
    rssMb: rss.reduce((sum, mb) => sum + mb, 0),
    gatewayMb: Number(gatewayBytes) / MB,
  };
}

/** 0 where the system has no /proc. */
function residentMb(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
}

/** Mulberry32: numbers from 0 to 1, the same for the same seed. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffled<Value>(values: readonly Value[], random: () => number): Value[] {
  return values
    .map((value) => ({ value, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ value }) => value);
}
