import { expect, it, vi } from 'vitest';
import { fakeBrowser } from '../test-support/fake-databases.ts';
import { fakeTime } from '../test-support/fake-timers.ts';
import { ANSWER_MS } from './database-slots.ts';
import { createSlots } from './stream-slots.ts';

const { after } = fakeTime();

it('four tabs of a browser hold a slot each, a fifth gets one when another lets go', async () => {
  const none = { open: () => expect.unreachable('there are locks') };
  const tabs = Array.from({ length: 5 }, () => createSlots(navigator.locks, none, after));
  const held = await Promise.all(tabs.slice(0, 4).map((take) => take()));
  expect(held.every((release) => release !== undefined)).toBe(true);
  const fifth = tabs[4];
  expect(await fifth?.()).toBeUndefined();
  held[2]?.();
  expect(await fifth?.()).toBeDefined();
});

it('where the browser has no locks, databases take their place', async () => {
  const { openTab, turn } = fakeBrowser();
  const time = fakeTime();
  // The code of them has to come first: before it has, nobody waits for an answer.
  const take = async () => {
    const slot = createSlots(undefined, openTab(), time.after)();
    await vi.waitUntil(() => time.pending() > 0);
    await turn();
    time.advance(ANSWER_MS);
    return await slot;
  };
  for (let tab = 0; tab < 4; tab++) expect(await take()).toBeDefined();
  expect(await take()).toBeUndefined();
});

it('where the browser refuses locks, every tab keeps its stream', async () => {
  const refusing = {
    request: () => Promise.reject(new DOMException('storage is blocked', 'SecurityError')),
    query: () => Promise.resolve({}),
  };
  expect(await createSlots(refusing, fakeBrowser().openTab(), after)()).toBeDefined();
});
