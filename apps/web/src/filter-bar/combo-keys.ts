// What a key does in the line to type in, and on a token. A plain table, so that hints, tests and component agree.

export type ComboState = {
  /** The list of completions is on screen. */
  readonly open: boolean;
  /** One of them is marked. */
  readonly marked: boolean;
  readonly draftEmpty: boolean;
  /** The caret stands before the first character, with nothing selected. */
  readonly caretAtStart: boolean;
};

export type ComboAction =
  | { readonly do: 'mark'; readonly by: 1 | -1 }
  /** Puts the marked completion into the draft. */
  | { readonly do: 'complete' }
  /** Puts the marked completion in, if there is one, and enters the draft. */
  | { readonly do: 'enter'; readonly not: boolean }
  | { readonly do: 'open' }
  | { readonly do: 'close' }
  /** Gives up what was typed. */
  | { readonly do: 'cancel' }
  | { readonly do: 'remove-last' }
  | { readonly do: 'to-token' };

export type Press = {
  readonly key: string;
  readonly alt: boolean;
  readonly command: boolean;
  readonly shift: boolean;
};

/** undefined: the key is the text's own. */
export function comboAction(press: Press, state: ComboState): ComboAction | undefined {
  if (press.command) return undefined;
  switch (press.key) {
    case 'ArrowDown':
      return state.open ? { do: 'mark', by: 1 } : { do: 'open' };
    case 'ArrowUp':
      return state.open ? { do: 'mark', by: -1 } : undefined;
    case 'Enter':
      return { do: 'enter', not: press.alt };
    case 'Tab':
      return state.open && state.marked && !press.shift ? { do: 'complete' } : undefined;
    case 'Escape':
      return state.open ? { do: 'close' } : { do: 'cancel' };
    case 'Backspace':
      return state.draftEmpty ? { do: 'remove-last' } : undefined;
    case 'ArrowLeft':
      return state.caretAtStart && !press.shift ? { do: 'to-token' } : undefined;
    default:
      return undefined;
  }
}

export type TokenAction = 'left' | 'right' | 'edit' | 'remove' | 'negate' | 'input';

/** What a key does on a token. */
export function tokenAction(press: Press): TokenAction | undefined {
  if (press.command) return undefined;
  switch (press.key) {
    case 'ArrowLeft':
      return 'left';
    case 'ArrowRight':
      return 'right';
    case 'Enter':
      return press.alt ? 'negate' : 'edit';
    case 'Backspace':
    case 'Delete':
      return 'remove';
    case 'Escape':
    case 'End':
      return 'input';
    default:
      return undefined;
  }
}
