import { describe, expect, it } from 'vitest';
import { fakeBrowser, type FakeTab } from '../test-support/fake-databases.ts';
import { fakeTime } from '../test-support/fake-timers.ts';
import { ANSWER_MS, createDatabaseSlots } from './database-slots.ts';

const NAMES = ['1', '2', '3', '4'];

function openBrowser() {
  const { openTab, turn } = fakeBrowser();
  const time = fakeTime();
  return {
    time,
    turn,
    openTab: () => {
      const tab: FakeTab = openTab();
      const take = createDatabaseSlots(NAMES, tab, time.after);
      return {
        tab,
        ask: take,
        /** What the tab gets when everybody has had the time to answer. */
        take: async () => {
          const slot = take();
          await turn();
          time.advance(ANSWER_MS);
          return await slot;
        },
      };
    },
  };
}

describe('slots by databases', () => {
  it('four tabs of eight that open at once hold one, and a fifth gets one when another lets go', async () => {
    const { openTab, time, turn } = openBrowser();
    const tabs = Array.from({ length: 8 }, openTab);
    const asked = tabs.map(({ ask }) => ask());
    await turn();
    time.advance(ANSWER_MS);
    let releases = await Promise.all(asked);
    // Those that were told to wait while others made up their minds ask again.
    for (const [at, tab] of tabs.entries()) releases[at] ??= await tab.take();
    expect(releases.filter((release) => release !== undefined)).toHaveLength(4);
    for (const [at, tab] of tabs.entries()) {
      if (releases[at] === undefined) expect(await tab.take()).toBeUndefined();
    }
    releases.find((release) => release !== undefined)?.();
    await turn();
    const without = tabs.filter((_, at) => releases[at] === undefined);
    releases = [];
    for (const tab of without) releases.push(await tab.take());
    expect(releases.filter((release) => release !== undefined)).toHaveLength(1);
  });

  it('a tab that is gone holds nothing, and asks for nothing', async () => {
    const { openTab, turn } = openBrowser();
    const [holder, ...others] = Array.from({ length: 6 }, openTab);
    expect(await holder?.take()).toBeDefined();
    for (const other of others.slice(0, 3)) expect(await other.take()).toBeDefined();
    expect(await others[3]?.take()).toBeUndefined();
    expect(await others[4]?.take()).toBeUndefined();
    others[3]?.tab.close();
    holder?.tab.close();
    await turn();
    expect(await others[4]?.take()).toBeDefined();
  });

  it('waits no longer than it must, and lets go of what comes too late', async () => {
    const { openTab, time, turn } = openBrowser();
    const busy = openTab();
    busy.tab.busy = true;
    const slot = busy.ask();
    await turn();
    time.advance(ANSWER_MS);
    expect(await slot).toBeUndefined();
    // Its requests stand before anybody else's, and are not made again meanwhile.
    expect(await busy.take()).toBeUndefined();
    expect(await openTab().take()).toBeUndefined();
    busy.tab.busy = false;
    await turn();
    for (const tab of Array.from({ length: 4 }, openTab)) expect(await tab.take()).toBeDefined();
  });

  it('where databases are refused, every tab keeps its stream', async () => {
    const time = fakeTime();
    const refusing = {
      open: () => {
        throw new DOMException('storage is blocked', 'SecurityError');
      },
    };
    for (let tab = 0; tab < 8; tab++) {
      expect(await createDatabaseSlots(NAMES, refusing, time.after)()).toBeDefined();
    }
    expect(time.pending()).toBe(0);
  });
});
