import { describe, expect, it } from 'vitest';
import type { Brush } from './brush.ts';
import { type KeyOutcome, type KeyState, NO_KEYS, pressKey } from './brush-keys.ts';

const bounds = {
  bucketMs: 1000,
  nowMs: 100_400,
  span: { startMs: 40_400, endMs: 100_400 },
  eventsMs: [50_000, 70_000, 98_000],
};

/** Presses keys one after the other; `S-` is shift. */
function press(keys: string, applied?: Brush, from: KeyState = NO_KEYS): KeyOutcome | undefined {
  let outcome: KeyOutcome | undefined = { kind: 'state', state: from };
  for (const name of keys.split(' ')) {
    const state: KeyState = outcome?.kind === 'state' ? outcome.state : from;
    const shiftKey = name.startsWith('S-');
    outcome = pressKey({ key: shiftKey ? name.slice(2) : name, shiftKey }, { ...bounds, state, applied });
  }
  return outcome;
}

function stateOf(outcome: KeyOutcome | undefined): KeyState | undefined {
  return outcome?.kind === 'state' ? outcome.state : undefined;
}

describe('the keyboard on the timeline', () => {
  it('starts at the newest bar and moves from there', () => {
    expect(stateOf(press('ArrowLeft'))?.cursorMs).toBe(100_000);
    expect(stateOf(press('ArrowLeft ArrowLeft ArrowLeft'))?.cursorMs).toBe(98_000);
    expect(stateOf(press('ArrowLeft PageUp'))?.cursorMs).toBe(90_000);
    expect(stateOf(press('ArrowLeft Home'))?.cursorMs).toBe(41_000);
    expect(stateOf(press('ArrowLeft Home PageUp'))?.cursorMs).toBe(40_000);
    expect(stateOf(press('ArrowLeft ArrowRight'))?.cursorMs).toBe(100_000);
  });

  it('goes from one thing that agents told to the next', () => {
    expect(stateOf(press('ArrowLeft Home e'))?.cursorMs).toBe(50_000);
    expect(stateOf(press('ArrowLeft Home e e'))?.cursorMs).toBe(70_000);
    expect(stateOf(press('ArrowLeft S-E'))?.cursorMs).toBe(98_000);
    expect(stateOf(press('S-E S-E S-E'))?.cursorMs).toBe(50_000);
    expect(press('ArrowLeft e')).toBeUndefined();
  });

  it('spreads a window from the cursor, and shrinks it again', () => {
    const from = { cursorMs: 80_000, draft: undefined };
    expect(stateOf(press('S-ArrowRight', undefined, from))?.draft?.brush).toEqual({
      startMs: 80_000,
      endMs: 82_000,
    });
    expect(stateOf(press('S-ArrowRight S-ArrowRight S-ArrowLeft', undefined, from))?.draft?.brush).toEqual({
      startMs: 80_000,
      endMs: 82_000,
    });
    expect(stateOf(press('S-ArrowLeft S-ArrowLeft', undefined, from))?.draft?.brush).toEqual({
      startMs: 78_000,
      endMs: 81_000,
    });
    expect(stateOf(press('S-End', undefined, from))?.draft?.brush).toEqual({
      startMs: 80_000,
      endMs: undefined,
    });
  });

  it('moves and resizes the window in force', () => {
    const applied = { startMs: 60_000, endMs: 70_000 };
    expect(stateOf(press('ArrowLeft', applied))?.draft?.brush).toEqual({ startMs: 59_000, endMs: 69_000 });
    expect(stateOf(press('ArrowLeft ArrowLeft', applied))?.draft?.brush).toEqual({
      startMs: 58_000,
      endMs: 68_000,
    });
    expect(stateOf(press('S-ArrowRight', applied))?.draft?.brush).toEqual({ startMs: 60_000, endMs: 71_000 });
    const far = stateOf(press('PageDown PageDown PageDown PageDown', applied))?.draft?.brush;
    expect(far).toEqual({ startMs: 91_000, endMs: undefined });
  });

  it('applies with Enter and gives up with Escape', () => {
    const from = { cursorMs: 80_000, draft: undefined };
    expect(press('S-ArrowRight Enter', undefined, from)).toEqual({
      kind: 'apply',
      brush: { startMs: 80_000, endMs: 82_000 },
    });
    expect(stateOf(press('S-ArrowRight Escape', undefined, from))?.draft).toBeUndefined();
    expect(press('Escape')).toEqual({ kind: 'leave' });
    expect(press('Enter')).toBeUndefined();
  });

  it('zooms around the cursor and leaves other keys alone', () => {
    expect(press('+', undefined, { cursorMs: 80_000, draft: undefined })).toEqual({
      kind: 'zoom',
      factor: 0.5,
      atMs: 80_500,
    });
    for (const key of ['d', ' ', 'Tab', '/', 'ArrowUp']) expect(press(key)).toBeUndefined();
  });
});
