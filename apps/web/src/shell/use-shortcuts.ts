import { useEffect } from 'react';
import { currentView } from '../view-state/index.ts';
import type { CommandHandlers, PageCommandId } from './commands.ts';
import { commandOf, focusKind } from './shortcut.ts';

/** What steps to a flow, for Enter to open. */
const STEPS: ReadonlySet<PageCommandId> = new Set<PageCommandId>(['next-drop', 'previous-drop']);

/**
 * Runs commands by key. What a pane has handled (preventDefault) and what happens inside a dialog is left alone; so are
 * keys meant for a dialog that `isAwaited`: its code is still being fetched.
 */
export function useShortcuts(handlers: CommandHandlers, isAwaited: boolean): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing) return;
      const target = event.target instanceof Element ? event.target : null;
      if (document.querySelector('dialog[open]') !== null || target?.closest('[popover]') !== null) return;
      const command = commandOf(event, focusKind(target));
      if (command === undefined) return;
      if (command !== 'close') event.preventDefault();
      if (isAwaited) return;
      handlers[command]();
      if (STEPS.has(command) && !currentView().detail) leaveControl(target);
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [handlers, isAwaited]);
}

/** Enter would press the button again that had focus before. Tab goes on from where it was all the same. */
function leaveControl(focused: Element | null): void {
  if (focused instanceof HTMLElement && focusKind(focused) === 'control') focused.blur();
}
