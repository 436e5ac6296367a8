import { describe, expect, it } from 'vitest';
import { matchCommands } from './command-palette.tsx';
import { COMMANDS } from './commands.ts';
import { commandOf, keyCaps, type FocusKind, type KeyPress } from './shortcut.ts';

function press(key: string, mods: Partial<KeyPress> = {}): KeyPress {
  return { key, ctrlKey: false, metaKey: false, altKey: false, repeat: false, ...mods };
}

describe('the command table', () => {
  it('gives each id and each key once', () => {
    const ids = COMMANDS.map((command) => command.id);
    expect(new Set(ids).size).toBe(ids.length);
    const keys = COMMANDS.flatMap((command): readonly string[] => command.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('commandOf', () => {
  it.each<[KeyPress, FocusKind, string | undefined]>([
    [press(' '), 'page', 'toggle-pause'],
    [press(' '), 'control', undefined],
    [press('n'), 'control', 'next-drop'],
    [press('n', { repeat: true }), 'page', 'next-drop'],
    [press(' ', { repeat: true }), 'page', undefined],
    [press('d'), 'typing', undefined],
    [press('k', { ctrlKey: true }), 'typing', 'open-palette'],
    [press('K', { metaKey: true }), 'page', 'open-palette'],
    [press('d', { ctrlKey: true }), 'page', undefined],
    [press('d', { altKey: true }), 'page', undefined],
    [press('?'), 'page', 'open-help'],
    [press('Enter'), 'page', 'open-flow'],
    [press('Enter'), 'control', undefined],
    [press('ArrowDown'), 'page', undefined],
    [press('q'), 'page', undefined],
  ])('%j with focus on %s', (key, focus, command) => {
    expect(commandOf(key, focus)).toBe(command);
  });
});

describe('keyCaps', () => {
  it('names keys as they are printed', () => {
    expect(keyCaps('mod+k', true)).toEqual(['⌘', 'K']);
    expect(keyCaps('mod+k', false)).toEqual(['Ctrl', 'K']);
    expect(keyCaps('ArrowUp', false)).toEqual(['↑']);
    expect(keyCaps('Alt+1', true)).toEqual(['⌥', '1']);
    expect(keyCaps('Space', false)).toEqual(['Space']);
  });
});

describe('matchCommands', () => {
  it('finds by words of title and group in any order', () => {
    expect(matchCommands('drop next').map((command) => command.id)).toEqual(['next-drop']);
    expect(matchCommands('FILTER drops').map((command) => command.id)).toEqual(['drops-only']);
    expect(matchCommands('no such thing')).toEqual([]);
    expect(matchCommands('').length).toBeGreaterThan(10);
  });
});
