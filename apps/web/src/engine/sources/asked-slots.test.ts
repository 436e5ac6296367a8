import { beforeEach, describe, expect, it } from 'vitest';
import { createAskedSlots, type TabChannel, type TabMessage } from './asked-slots.ts';

/** Tabs of one browser: what one says the others hear, before a moment is over. */
function browser() {
  const listeners: ((event: { readonly data: TabMessage }) => void)[] = [];
  let waiting: (() => void)[] = [];
  return {
    openTab: (random: () => number = Math.random) => {
      let own: (event: { readonly data: TabMessage }) => void = () => undefined;
      const channel: TabChannel = {
        postMessage: (data) => {
          for (const listener of listeners) if (listener !== own) listener({ data });
        },
        addEventListener: (_type, listener) => {
          own = listener;
          listeners.push(listener);
        },
      };
      const take = createAskedSlots(4, {
        channel,
        random,
        moment: () => new Promise((resolve) => waiting.push(resolve)),
      });
      return { take, close: () => listeners.splice(listeners.indexOf(own), 1) };
    },
    /** Everybody has had the time to answer. */
    moment: () => {
      for (const resolve of waiting) resolve();
      waiting = [];
    },
  };
}

describe('tabs without locks', () => {
  let tabs = browser();
  beforeEach(() => {
    tabs = browser();
  });

  async function taken<T>(takes: readonly Promise<T>[]): Promise<readonly T[]> {
    tabs.moment();
    return await Promise.all(takes);
  }

  it('four hold a slot each, a fifth gets one when another lets go', async () => {
    const open = Array.from({ length: 4 }, () => tabs.openTab());
    const held = [];
    for (const tab of open) held.push(...(await taken([tab.take()])));
    expect(held).not.toContain(undefined);
    const last = tabs.openTab();
    const fifth = () => taken([last.take()]);
    expect(await fifth()).toEqual([undefined]);
    held[2]?.();
    expect(await fifth()).not.toEqual([undefined]);
    expect(await taken([tabs.openTab().take()])).toEqual([undefined]);
  });

  it('four of eight that open at once get one', async () => {
    const open = Array.from({ length: 8 }, (_, at) => tabs.openTab(() => ((at * 5) % 8) / 8));
    const got = await taken(open.map(({ take }) => take()));
    expect(got.filter((release) => release !== undefined)).toHaveLength(4);
  });

  it('a tab that is gone holds nothing', async () => {
    const open = Array.from({ length: 4 }, () => tabs.openTab());
    for (const tab of open) await taken([tab.take()]);
    open[1]?.close();
    expect(await taken([tabs.openTab().take()])).not.toEqual([undefined]);
  });
});
