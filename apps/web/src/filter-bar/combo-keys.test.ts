import { describe, expect, it } from 'vitest';
import { comboAction, type ComboState, tokenAction } from './combo-keys.ts';

const idle: ComboState = { open: false, marked: false, draftEmpty: true, caretAtStart: true };
const typing: ComboState = { open: true, marked: true, draftEmpty: false, caretAtStart: false };

function press(text: string) {
  const keys = text.split('+');
  return {
    key: keys.at(-1) ?? '',
    alt: keys.includes('Alt'),
    command: keys.includes('Ctrl') || keys.includes('Meta'),
    shift: keys.includes('Shift'),
  };
}

describe('comboAction', () => {
  it.each([
    ['ArrowDown', typing, { do: 'mark', by: 1 }],
    ['ArrowUp', typing, { do: 'mark', by: -1 }],
    ['ArrowDown', idle, { do: 'open' }],
    ['ArrowUp', idle, undefined],
    ['Enter', typing, { do: 'enter', not: false }],
    ['Alt+Enter', typing, { do: 'enter', not: true }],
    ['Tab', typing, { do: 'complete' }],
    ['Shift+Tab', typing, undefined],
    ['Tab', idle, undefined],
    ['Escape', typing, { do: 'close' }],
    ['Escape', idle, { do: 'cancel' }],
    ['Backspace', idle, { do: 'remove-last' }],
    ['Backspace', typing, undefined],
    ['ArrowLeft', idle, { do: 'to-token' }],
    ['ArrowLeft', typing, undefined],
    ['Ctrl+Enter', typing, undefined],
    ['a', typing, undefined],
  ] as const)('%s', (key, state, action) => {
    expect(comboAction(press(key), state)).toEqual(action);
  });
});

describe('tokenAction', () => {
  it.each([
    ['ArrowLeft', 'left'],
    ['ArrowRight', 'right'],
    ['Enter', 'edit'],
    ['Alt+Enter', 'negate'],
    ['Delete', 'remove'],
    ['Backspace', 'remove'],
    ['Escape', 'input'],
    ['Ctrl+ArrowLeft', undefined],
    ['x', undefined],
  ])('%s', (key, action) => {
    expect(tokenAction(press(key))).toBe(action);
  });
});
