// Slots where the browser has no Web Locks: tabs ask each other. Nothing is kept anywhere, so a tab that is gone holds
// nothing. Whoever wants a slot says so; tabs that hold one and tabs that want one too answer; after a moment the n-th of
// those who want, by their random numbers, takes the n-th slot that nobody holds. Two tabs that know different rivals may
// take the same one: a stream more than there should be, of six that the browser can have.

import type { TakeSlot } from '../session/env.ts';

/** What a BroadcastChannel does. */
export type TabChannel = {
  readonly postMessage: (message: TabMessage) => void;
  readonly addEventListener: (
    type: 'message',
    listener: (event: { readonly data: TabMessage }) => void,
  ) => void;
};

export type TabMessage =
  | { readonly say: 'want'; readonly id: number }
  | { readonly say: 'want too'; readonly id: number }
  | { readonly say: 'hold'; readonly slot: number };

export type AskedSlotsEnv = {
  readonly channel: TabChannel;
  readonly random: () => number;
  /** Resolves when tabs of this browser have had the time to answer. */
  readonly moment: () => Promise<void>;
};

/** Slots 1 to `slots`, shared with every tab that has the same channel. */
export function createAskedSlots(slots: number, { channel, random, moment }: AskedSlotsEnv): TakeSlot {
  let held: number | undefined;
  let wanting: { readonly id: number; readonly rivals: Set<number>; readonly taken: Set<number> } | undefined;
  channel.addEventListener('message', ({ data }) => {
    switch (data.say) {
      case 'want':
        wanting?.rivals.add(data.id);
        if (held !== undefined) channel.postMessage({ say: 'hold', slot: held });
        else if (wanting !== undefined) channel.postMessage({ say: 'want too', id: wanting.id });
        return;
      case 'want too':
        wanting?.rivals.add(data.id);
        return;
      case 'hold':
        wanting?.taken.add(data.slot);
    }
  });
  return async () => {
    const id = random();
    const mine = { id, rivals: new Set<number>(), taken: new Set<number>() };
    wanting = mine;
    channel.postMessage({ say: 'want', id });
    await moment();
    wanting = undefined;
    const free = Array.from({ length: slots }, (_, at) => at + 1).filter((slot) => !mine.taken.has(slot));
    const slot = free[[...mine.rivals].filter((rival) => rival < id).length];
    if (slot === undefined) return undefined;
    held = slot;
    return () => {
      held = undefined;
    };
  };
}
