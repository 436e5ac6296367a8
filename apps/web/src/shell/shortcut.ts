// From a key press to a command, and from a command's keys to what stands on the key cap.

import { COMMANDS, isPageCommand, type PageCommandId } from './commands.ts';

/** The part of a KeyboardEvent that decides. */
export type KeyPress = {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly repeat: boolean;
};

/** What has focus: nothing that eats keys, a control that Space and Enter press, or a field that takes every key. */
export type FocusKind = 'page' | 'control' | 'typing';

/** The command that a key press means; undefined for none. Fields take all keys but those with Ctrl or Command. */
export function commandOf(press: KeyPress, focus: FocusKind): PageCommandId | undefined {
  const mod = press.ctrlKey || press.metaKey;
  if (press.altKey) return undefined;
  if (focus === 'typing' && !mod) return undefined;
  const key = press.key === ' ' ? 'Space' : press.key;
  if (focus === 'control' && (key === 'Space' || key === 'Enter')) return undefined;
  const wanted = mod ? `mod+${key.toLowerCase()}` : key;
  const command = COMMANDS.filter(isPageCommand).find((row) => row.keys.some((name) => name === wanted));
  // Holding n walks from drop to drop; holding Space must not flicker between live and paused.
  if (command === undefined || (press.repeat && command.group !== 'Move')) return undefined;
  return command.id;
}

const CONTROLS =
  'button, a[href], summary, select, [role="button"], [role="radio"], [role^="menuitem"], [role="option"]';
const TYPING =
  'textarea, select, [contenteditable="true"], [role="textbox"], [role="combobox"], [role="searchbox"]';
const NOT_TYPED_INTO = new Set(['checkbox', 'radio', 'button', 'range', 'color', 'file', 'submit', 'reset']);

export function focusKind(element: Element | null): FocusKind {
  if (element === null) return 'page';
  if (element instanceof HTMLInputElement) return NOT_TYPED_INTO.has(element.type) ? 'control' : 'typing';
  if (element.matches(TYPING)) return 'typing';
  return element.matches(CONTROLS) ? 'control' : 'page';
}

const CAPS: ReadonlyMap<string, string> = new Map([
  ['ArrowUp', '↑'],
  ['ArrowDown', '↓'],
  ['Enter', '↵'],
  ['Escape', 'Esc'],
]);

/** Key caps of one key: `mod+k` is `⌘ K` on a Mac and `Ctrl K` elsewhere. */
export function keyCaps(key: string, mac: boolean): readonly string[] {
  if (key.startsWith('mod+')) return [mac ? '⌘' : 'Ctrl', key.slice(4).toUpperCase()];
  if (key.startsWith('Alt+')) return [mac ? '⌥' : 'Alt', key.slice(4)];
  return [CAPS.get(key) ?? key];
}

export function isMac(): boolean {
  return navigator.userAgent.includes('Mac');
}
