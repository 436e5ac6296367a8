import { expect, it } from 'vitest';
import { createSlots } from './stream-slots.ts';

it('four tabs of a browser hold a slot each, a fifth gets one when another lets go', async () => {
  const tabs = Array.from({ length: 5 }, () => createSlots(navigator.locks));
  const held = await Promise.all(tabs.slice(0, 4).map((take) => take()));
  expect(held.every((release) => release !== undefined)).toBe(true);
  const fifth = tabs[4];
  expect(await fifth?.()).toBeUndefined();
  held[2]?.();
  expect(await fifth?.()).toBeDefined();
});

it('where the browser has no locks, every tab keeps its stream', async () => {
  const take = createSlots(undefined);
  for (let tab = 0; tab < 8; tab++) expect(await take()).toBeDefined();
});

it('where the browser refuses locks, every tab keeps its stream', async () => {
  const refusing = {
    request: () => Promise.reject(new DOMException('storage is blocked', 'SecurityError')),
    query: () => Promise.resolve({}),
  };
  expect(await createSlots(refusing)()).toBeDefined();
});
