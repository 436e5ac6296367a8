import { expect, it } from 'vitest';
import { type Asked, layoutWish, NOTHING_ASKED } from './layout-wish.ts';

const SEEN = {
  shape: 'a',
  links: 10,
  things: 10,
  view: 'all',
  turned: '',
  again: 0,
  aspect: 2,
  inHand: false,
} as const;

/** The mode of a wish, and what is known after it. */
function wish(before: Asked, seen: Partial<typeof SEEN> | Record<string, unknown>, nowMs: number) {
  const made = layoutWish(before, { ...SEEN, ...seen }, nowMs);
  return { mode: made?.mode, asked: made?.asked ?? before };
}

it('arranges anew while a view settles, then keeps what stands', () => {
  const first = wish(NOTHING_ASKED, {}, 100);
  expect(first.mode).toBe('fresh');
  expect(wish(first.asked, {}, 200).mode).toBeUndefined();
  expect(wish(first.asked, { shape: 'b' }, 3_000).mode).toBe('fresh');
  expect(wish(first.asked, { links: 12 }, 3_000).mode, 'many new links').toBe('fresh');
  expect(wish(first.asked, { links: 11 }, 3_000).mode, 'few').toBeUndefined();
  expect(wish(first.asked, { shape: 'b' }, 5_000).mode).toBe('keep');
  expect(wish(first.asked, { links: 20 }, 5_000).mode).toBeUndefined();
});

it('does what a person asks for', () => {
  const { asked } = wish(NOTHING_ASKED, {}, 0);
  expect(wish(asked, { turned: 'island' }, 5_000).mode).toBe('turn');
  expect(wish(asked, { again: 1 }, 5_000).mode).toBe('fresh');
  expect(wish(asked, { view: 'other' }, 5_000).mode).toBe('fresh');
});

it('settles again after the map was empty', () => {
  const { asked } = wish(NOTHING_ASKED, {}, 0);
  const emptied = { ...asked, view: undefined };
  const back = wish(emptied, { shape: 'first of many' }, 60_000);
  expect(back.mode).toBe('fresh');
  expect(wish(back.asked, { shape: 'more' }, 62_000).mode).toBe('fresh');
  expect(wish(back.asked, { shape: 'even more' }, 65_000).mode).toBe('keep');
});

it('arranges a young map anew that has grown by half, unless somebody has a hand on it', () => {
  const { asked } = wish(NOTHING_ASKED, {}, 0);
  const small = wish(NOTHING_ASKED, { things: 3 }, 0);
  expect(wish(small.asked, { shape: 'b', things: 5 }, 6_000).mode, 'a few more').toBe('keep');
  const more = { shape: 'b', things: 14 };
  const kept = wish(asked, more, 6_000);
  expect(kept.mode).toBe('keep');
  expect(wish(kept.asked, { shape: 'c', things: 15, inHand: true }, 8_000).mode).toBe('keep');
  expect(wish(kept.asked, { shape: 'c', things: 15 }, 31_000).mode, 'no longer young').toBe('keep');
  const grown = wish(kept.asked, { shape: 'c', things: 15 }, 8_000);
  expect(grown.mode).toBe('fresh');
  expect(wish(grown.asked, { shape: 'd', things: 20 }, 9_000).mode).toBe('keep');
  const turned = wish(grown.asked, { turned: 'island', things: 40 }, 9_000);
  expect(turned.mode).toBe('turn');
  expect(wish(turned.asked, { turned: 'island', shape: 'e', things: 41 }, 10_000).mode).toBe('keep');
});

it('arranges anew for a pane of another shape, and not for a panel that opens beside it', () => {
  const { asked } = wish(NOTHING_ASKED, {}, 0);
  expect(wish(asked, { aspect: 1.25 }, 60_000).mode, 'a panel').toBeUndefined();
  const alone = wish(asked, { aspect: 4 }, 60_000);
  expect(alone.mode).toBe('fresh');
  expect(wish(alone.asked, { aspect: 4 }, 61_000).mode).toBeUndefined();
});

it('leaves a map alone whose pane changed in the hands of somebody, also once they let go', () => {
  const { asked } = wish(NOTHING_ASKED, {}, 0);
  const held = wish(asked, { aspect: 4, inHand: true }, 60_000);
  expect(held.mode).toBe('keep');
  expect(wish(held.asked, { aspect: 4 }, 61_000).mode).toBeUndefined();
});
