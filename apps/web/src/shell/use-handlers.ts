// What each command of the page does. One object that satisfies the command table.

import { useMemo } from 'react';
import type { Engine, RowId } from '../engine/protocol.ts';
import { changeSettings, readSettings } from '../settings/index.ts';
import { fetchShareTexts, NOT_FETCHED } from '../share/fetch-share-texts.ts';
import { pageAddress } from '../share/page-address.ts';
import { currentHash, currentView, navigate } from '../view-state/index.ts';
import { copyText } from '../widgets/index.ts';
import type { CommandHandlers } from './commands.ts';
import { addFocused, toggleDrops } from './filter-edits.ts';
import { goLive } from './opened-files.ts';
import { pickFiles } from './pick-files.ts';
import { readLinkFlow } from './read-link-flow.ts';
import { createDropSeeker } from './seek-drop.ts';

export type ShellDialog = 'help' | 'palette';

export type HandlerParts = {
  readonly engine: Engine;
  /** The filter in force. */
  readonly filter: string;
  /** The row at which the page is paused. */
  readonly upTo: RowId | undefined;
  readonly say: (message: string) => void;
  readonly open: (dialog: ShellDialog) => void;
  readonly togglePause: () => void;
  readonly toggleRail: () => void;
};

export function useHandlers({
  engine,
  filter,
  upTo,
  say,
  open,
  togglePause,
  toggleRail,
}: HandlerParts): CommandHandlers {
  const seekDrop = useMemo(() => createDropSeeker(engine, say), [engine, say]);
  return useMemo(
    () => ({
      'next-drop': () => void seekDrop(false, filter, upTo),
      'previous-drop': () => void seekDrop(true, filter, upTo),
      'open-flow': () => {
        if (currentView().flow !== undefined) navigate({ detail: true });
        else say('No flow is selected. Move to a row, or press n for the latest drop.');
      },
      close: () => {
        if (currentView().detail) navigate({ detail: false });
      },
      'focus-filter': () => focusTarget('filter-bar'),
      'include-value': () => editByFocus('include', say),
      'exclude-value': () => editByFocus('exclude', say),
      'drops-only': () => navigate({ filter: toggleDrops(currentView().filter) }),
      'clear-filter': () => navigate({ filter: '' }),
      'toggle-pause': togglePause,
      find: () => focusTarget('find'),
      'toggle-group': () => navigate({ group: !currentView().group }),
      'toggle-rail': toggleRail,
      'toggle-guide': () => {
        const guide = readSettings().guide === 'open' ? 'closed' : 'open';
        changeSettings({ guide });
        say(`The lab guide is ${guide === 'open' ? 'shown while a demo cluster plays a lab' : 'put away'}.`);
      },
      'fill-pane': fillPane,
      'toggle-beside': () => navigate({ beside: !currentView().beside }),
      'whole-time': () => navigate({ window: undefined }),
      'copy-link': () => void copyLink(engine, say),
      'toggle-time': () => navigate({ time: currentView().time === 'absolute' ? 'relative' : 'absolute' }),
      'toggle-zone': () => navigate({ zone: currentView().zone === 'utc' ? 'local' : 'utc' }),
      'toggle-density': () => {
        changeSettings({ density: readSettings().density === 'normal' ? 'compact' : 'normal' });
      },
      'toggle-theme': () => {
        const dark = document.documentElement.dataset['theme'] === 'dark';
        changeSettings({ theme: dark ? 'light' : 'dark' });
      },
      'open-file': pickFiles,
      'leave-file': goLive,
      retry: () => engine.retry(),
      'open-palette': () => open('palette'),
      'open-help': () => open('help'),
    }),
    [engine, filter, upTo, say, open, togglePause, toggleRail, seekDrop],
  );
}

/** With the selected flow inside, masked. */
async function copyLink(engine: Engine, say: (message: string) => void): Promise<void> {
  const [code, linked] = await Promise.all([fetchShareTexts(), readLinkFlow(engine, currentHash())]);
  if (code === undefined) {
    say(NOT_FETCHED);
    return;
  }
  const made = await code.flowLink({ engine, linked, view: currentView(), base: pageAddress(), mask: true });
  if (!made.ok || (await copyText(made.text))) say(made.said);
  else say('The browser does not let the page copy. The address bar holds the link to the view.');
}

/** The pane in focus fills all, or the first one; again, and all are back. */
function fillPane(): void {
  const { panes, full } = currentView();
  const focused = document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane');
  const pane = panes.find((id) => id === focused) ?? panes[0];
  navigate({ full: full !== undefined || panes.length < 2 ? undefined : pane });
}

function focusTarget(name: 'filter-bar' | 'find'): void {
  document.querySelector<HTMLElement>(`[data-shortcut-target="${name}"]`)?.focus();
}

function editByFocus(how: 'include' | 'exclude', say: (message: string) => void): void {
  const focused = document.activeElement?.closest('[data-filter]')?.getAttribute('data-filter') ?? '';
  const filter = addFocused(currentView().filter, focused, how);
  if (filter === undefined) say('Nothing in focus can be filtered by. Move to a cell first.');
  else navigate({ filter });
}
