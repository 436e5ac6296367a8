import { CircleHelp, Columns2, Moon, Rows2, Search, Share2, Sun } from 'lucide-react';
import { PANES } from '../panes/registry.ts';
import { ViewsMenu } from '../saved-views/index.tsx';
import { useTheme } from '../settings/index.ts';
import { ShareMenu } from '../share/share-menu.tsx';
import { navigate, PANE_IDS, type PaneId, useView } from '../view-state/index.ts';
import { Button, IconButton } from '../widgets/index.ts';
import { keyCaps, isMac } from './shortcut.ts';
import { LiveSwitch } from './live-switch.tsx';
import { Mark } from './mark.tsx';
import { goLive } from './opened-files.ts';
import { usePageActions } from './page-actions.ts';
import { SettingsPopover } from './settings-popover.tsx';
import { useSource } from './source-context.ts';
import { SourceMenu } from './source-menu.tsx';
import { PHONE, useMedia } from './use-media.ts';
import { WindowMenu } from './window-menu.tsx';

/** 44 px: mark, source, panes, live or paused, window, views, share, and the small tools. */
export function TopBar() {
  const { handlers, say } = usePageActions();
  const theme = useTheme();
  const phone = useMedia(PHONE);
  const source = useSource();
  return (
    <header className="flex h-11 shrink-0 items-center gap-3 border-b border-line bg-base px-3 max-tablet:h-13 max-tablet:gap-1.5">
      <h1 className="flex shrink-0 items-center gap-2 text-body font-semibold tablet:mr-3">
        <Mark />
        <span className="max-[1151.98px]:unseen">Finderscope</span>
      </h1>
      <SourceMenu />
      <PaneToggles />
      <span className="min-w-0 flex-1" />
      {source.kind === 'live' ? <LiveSwitch /> : <Button onClick={goLive}>Back to live</Button>}
      {!phone && <WindowMenu />}
      {!phone && <ViewsMenu say={say} />}
      <ShareButton />
      <div className="flex items-center gap-1">
        <span className="max-tablet:hidden">
          <IconButton
            label="Commands"
            shortcut={keyCaps('mod+k', isMac()).join(' ')}
            onClick={handlers['open-palette']}
          >
            <Search size={16} aria-hidden />
          </IconButton>
        </span>
        <span className="max-tablet:hidden">
          <IconButton
            label={theme === 'dark' ? 'Light theme' : 'Dark theme'}
            onClick={handlers['toggle-theme']}
          >
            {theme === 'dark' ? <Sun size={16} aria-hidden /> : <Moon size={16} aria-hidden />}
          </IconButton>
        </span>
        <SettingsPopover />
        <span className="max-tablet:hidden">
          <IconButton label="Help" shortcut="?" onClick={handlers['open-help']}>
            <CircleHelp size={16} aria-hidden />
          </IconButton>
        </span>
      </div>
    </header>
  );
}

/** A page with a single pane has nothing to toggle. */
function PaneToggles() {
  const { panes, beside } = useView();
  const { handlers } = usePageActions();
  if (PANES.length < 2) return null;
  function toggle(id: PaneId): void {
    const open = PANE_IDS.filter((pane) => (pane === id ? !panes.includes(id) : panes.includes(pane)));
    if (open.length > 0) navigate({ panes: open });
  }
  return (
    <>
      <div
        role="group"
        aria-label="Panes"
        className="inline-flex rounded-button border border-line2 max-tablet:hidden"
      >
        {PANES.map(({ id, title, icon: Icon }) => (
          <button
            key={id}
            type="button"
            aria-pressed={panes.includes(id)}
            aria-label={title}
            onClick={() => toggle(id)}
            className={`inline-flex h-6.5 items-center gap-1.5 border-l border-line2 px-2.5 text-cell font-medium first:rounded-l-token first:border-l-0 last:rounded-r-token ${
              panes.includes(id) ? 'bg-token text-text' : 'text-text2 hover:bg-hover hover:text-text'
            }`}
          >
            <Icon size={14} aria-hidden />
            <span className="max-wide:hidden">{title}</span>
          </button>
        ))}
      </div>
      {panes.length > 1 && (
        <span className="max-[959.98px]:hidden -ml-2">
          <IconButton
            label={beside ? 'Panes one below the other' : 'Panes side by side'}
            shortcut="B"
            onClick={handlers['toggle-beside']}
          >
            {beside ? <Rows2 size={15} aria-hidden /> : <Columns2 size={15} aria-hidden />}
          </IconButton>
        </span>
      )}
    </>
  );
}

/** Opens what can be handed on; what is said appears beside it. */
function ShareButton() {
  const { say, said } = usePageActions();
  return (
    <>
      {said !== '' && (
        <span className="max-w-80 truncate text-note text-text2 max-tablet:hidden" title={said}>
          {said}
        </span>
      )}
      <span role="status" className="unseen">
        {said}
      </span>
      <ShareMenu
        say={say}
        renderTrigger={(trigger) => (
          <Button {...trigger} aria-label="Share" className="max-tablet:px-3">
            <Share2 size={14} aria-hidden />
            <span className="max-wide:hidden">Share</span>
          </Button>
        )}
      />
    </>
  );
}
