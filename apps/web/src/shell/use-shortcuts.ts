import { useEffect } from 'react';
import type { CommandHandlers } from './commands.ts';
import { commandOf, focusKind } from './shortcut.ts';

/** Runs commands by key. What a pane has handled (preventDefault) and what happens inside a dialog is left alone. */
export function useShortcuts(handlers: CommandHandlers): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing) return;
      const target = event.target instanceof Element ? event.target : null;
      if (document.querySelector('dialog[open]') !== null || target?.closest('[popover]') !== null) return;
      const command = commandOf(event, focusKind(target));
      if (command === undefined) return;
      if (command !== 'close') event.preventDefault();
      handlers[command]();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [handlers]);
}
