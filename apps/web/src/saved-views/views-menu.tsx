// The button "Views" and what it opens: saved views, the operator's quick filters, and saving.

import { Bookmark, Check, ChevronDown, Pencil, Plus, Trash2 } from 'lucide-react';
import { type FormEvent, type ReactNode, useEffect, useId, useState } from 'react';
import type { Result } from '@finderscope/base';
import { type QuickFilter, useServerConfig } from '../server/index.ts';
import { changeSettings, MAX_VIEW_NAME, type SavedView, useSettings } from '../settings/index.ts';
import { currentView, navigate, useView } from '../view-state/index.ts';
import { Button, IconButton, Kbd, Popover } from '../widgets/index.ts';
import { changesText, contentText } from './changes.ts';
import { viewIndexOf } from './digit-key.ts';
import { hasQuickFilter, quickFilterProblem, toggleQuickFilter } from './quick-filter.ts';
import { currentOf, searchOf, viewOf } from './saved-view.ts';
import { addView, deleteView, renameView, suggestName, updateView } from './view-list.ts';

type Opened = { readonly opened: string | undefined; readonly open: (view: SavedView) => void };

/** `say` tells a person what happened in one line. */
export function ViewsMenu({ say }: { readonly say: (message: string) => void }) {
  const { views } = useSettings();
  const view = useView();
  // Which view was opened, so that it can be said what was changed since. The address says what is shown.
  const [opened, setOpened] = useState<string | undefined>(undefined);
  function open(saved: SavedView): void {
    setOpened(saved.name);
    navigate(viewOf(saved), { opens: true });
  }
  useDigitKeys((index) => {
    const saved = views[index];
    if (saved === undefined) return;
    open(saved);
    say(`View "${saved.name}"`);
  });
  const current = currentOf(views, view, opened);
  return (
    <Popover
      label="Views"
      placement="bottom-end"
      className="w-88 max-w-[calc(100vw-16px)]"
      renderTrigger={(trigger) => (
        <Button {...trigger}>
          <Bookmark size={14} aria-hidden className="shrink-0" />
          <span className="max-wide:unseen">Views</span>
          <ChevronDown size={14} aria-hidden className="shrink-0 text-text3" />
        </Button>
      )}
    >
      {(close) => (
        <>
          {views.length > 0 && (
            <ViewList views={views} current={current} opened={{ opened, open }} close={close} />
          )}
          <QuickFilters />
          <SaveForm
            views={views}
            current={current}
            onSaved={(name) => {
              setOpened(name);
              say(`View "${name}" saved`);
              close();
            }}
          />
        </>
      )}
    </Popover>
  );
}

function useDigitKeys(onDigit: (index: number) => void): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const index = viewIndexOf(event);
      if (index === undefined || event.defaultPrevented || document.querySelector('dialog[open]') !== null)
        return;
      event.preventDefault();
      onDigit(index);
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [onDigit]);
}

function ViewList({
  views,
  current,
  opened,
  close,
}: {
  readonly views: readonly SavedView[];
  readonly current: SavedView | undefined;
  readonly opened: Opened;
  readonly close: () => void;
}) {
  const [renaming, setRenaming] = useState<string | undefined>(undefined);
  return (
    <ul aria-label="Saved views" className="p-1">
      {views.map((saved, index) => (
        <li key={saved.name}>
          {renaming === saved.name ? (
            <RenameForm views={views} saved={saved} onDone={() => setRenaming(undefined)} />
          ) : (
            <ViewRow
              saved={saved}
              index={index}
              isCurrent={saved === current}
              onOpen={() => {
                opened.open(saved);
                close();
              }}
              onRename={() => setRenaming(saved.name)}
              onDelete={() => changeSettings({ views: deleteView(views, saved.name) })}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

function ViewRow({
  saved,
  index,
  isCurrent,
  onOpen,
  onRename,
  onDelete,
}: {
  readonly saved: SavedView;
  readonly index: number;
  readonly isCurrent: boolean;
  readonly onOpen: () => void;
  readonly onRename: () => void;
  readonly onDelete: () => void;
}) {
  const view = useView();
  const changed = isCurrent ? changesText(viewOf(saved), view) : '';
  return (
    <div
      className={`group flex items-center rounded-token ${isCurrent ? 'bg-tint-selected' : 'hover:bg-hover'}`}
    >
      <button
        type="button"
        aria-current={isCurrent}
        onClick={onOpen}
        className="focus-inside flex min-h-8 min-w-0 flex-1 items-center gap-2 rounded-token px-2 text-left text-cell max-tablet:min-h-11"
      >
        <Check size={14} aria-hidden className={`shrink-0 ${isCurrent ? '' : 'invisible'}`} />
        <span className="truncate font-medium">{saved.name}</span>
        <span className="min-w-0 flex-1 truncate text-note text-text2">
          {changed === '' ? contentText(viewOf(saved)) : `changed: ${changed}`}
        </span>
        {index < 9 && (
          <span className="group-focus-within:hidden group-hover:hidden max-tablet:hidden">
            <Kbd>Alt {index + 1}</Kbd>
          </span>
        )}
      </button>
      <span className="flex w-0 overflow-clip group-focus-within:w-auto group-focus-within:overflow-visible group-hover:w-auto group-hover:overflow-visible max-tablet:w-auto max-tablet:overflow-visible">
        <IconButton label={`Rename ${saved.name}`} small onClick={onRename}>
          <Pencil size={13} aria-hidden />
        </IconButton>
        <IconButton label={`Delete ${saved.name}`} small onClick={onDelete}>
          <Trash2 size={13} aria-hidden />
        </IconButton>
      </span>
    </div>
  );
}

function RenameForm({
  views,
  saved,
  onDone,
}: {
  readonly views: readonly SavedView[];
  readonly saved: SavedView;
  readonly onDone: () => void;
}) {
  return (
    <NameForm
      label={`New name of ${saved.name}`}
      button="Rename"
      initial={saved.name}
      onCancel={onDone}
      onSubmit={(name) => {
        const renamed = renameView(views, saved.name, name);
        if (renamed.ok) {
          changeSettings({ views: renamed.value });
          onDone();
        }
        return renamed;
      }}
    />
  );
}

function QuickFilters() {
  const { quickFilters } = useServerConfig();
  if (quickFilters.length === 0) return null;
  return (
    <section aria-label="Filters from the operator" className="border-t border-line p-1 first:border-t-0">
      <h3 className="px-2 py-1 text-head font-semibold text-text3">From the operator</h3>
      {quickFilters.map((quick) => (
        <QuickRow key={quick.name} quick={quick} />
      ))}
    </section>
  );
}

function QuickRow({ quick }: { readonly quick: QuickFilter }) {
  const { filter } = useView();
  const on = hasQuickFilter(filter, quick.filter);
  const problem = quickFilterProblem(quick.filter);
  return (
    <button
      type="button"
      aria-pressed={on}
      disabled={problem !== undefined}
      title={problem ?? quick.filter}
      onClick={() => navigate({ filter: toggleQuickFilter(currentView().filter, quick.filter) })}
      className={`focus-inside flex min-h-8 w-full items-center gap-2 rounded-token px-2 text-left text-cell disabled:opacity-60 max-tablet:min-h-11 ${on ? 'bg-tint-selected' : 'enabled:hover:bg-hover'}`}
    >
      <Check size={14} aria-hidden className={`shrink-0 ${on ? '' : 'invisible'}`} />
      <span className="shrink-0 font-medium">{quick.name}</span>
      <span className="min-w-0 truncate text-note text-text2">{problem ?? quick.filter}</span>
    </button>
  );
}

function SaveForm({
  views,
  current,
  onSaved,
}: {
  readonly views: readonly SavedView[];
  readonly current: SavedView | undefined;
  readonly onSaved: (name: string) => void;
}) {
  const view = useView();
  const [naming, setNaming] = useState(views.length === 0);
  const search = searchOf(view);
  const changed = current === undefined ? '' : changesText(viewOf(current), view);
  if (naming) {
    return (
      <Foot>
        <NameForm
          label="Name of the view"
          button="Save"
          initial={suggestName(views, view.filter)}
          onCancel={views.length === 0 ? undefined : () => setNaming(false)}
          onSubmit={(name) => {
            const added = addView(views, name, search);
            if (added.ok) {
              changeSettings({ views: added.value });
              onSaved(name.trim());
            }
            return added;
          }}
        />
      </Foot>
    );
  }
  return (
    <Foot>
      {current !== undefined && changed !== '' && (
        <FootRow
          onClick={() => {
            changeSettings({ views: updateView(views, current.name, search) });
            onSaved(current.name);
          }}
        >
          Save changes to {current.name}
          <span className="min-w-0 truncate font-normal text-text2">{changed}</span>
        </FootRow>
      )}
      <FootRow onClick={() => setNaming(true)}>
        {current === undefined ? 'Save this view' : 'Save as another view'}
      </FootRow>
    </Foot>
  );
}

function Foot({ children }: { readonly children: ReactNode }) {
  return <div className="border-t border-line p-1 first:border-t-0">{children}</div>;
}

function FootRow({ onClick, children }: { readonly onClick: () => void; readonly children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="focus-inside flex min-h-8 w-full items-center gap-2 rounded-token px-2 text-left text-cell font-medium whitespace-nowrap hover:bg-hover max-tablet:min-h-11"
    >
      <Plus size={14} aria-hidden className="shrink-0 text-text2" />
      {children}
    </button>
  );
}

/** One field; says what is wrong with a name under it. */
function NameForm({
  label,
  button,
  initial,
  onSubmit,
  onCancel,
}: {
  readonly label: string;
  readonly button: string;
  readonly initial: string;
  readonly onSubmit: (name: string) => Result<unknown, string>;
  readonly onCancel: (() => void) | undefined;
}) {
  const [name, setName] = useState(initial);
  const [problem, setProblem] = useState('');
  const problemId = useId();
  function submit(event: FormEvent): void {
    event.preventDefault();
    const done = onSubmit(name);
    setProblem(done.ok ? '' : done.error);
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-wrap items-center gap-1.5 px-2 py-1">
      <input
        // eslint-disable-next-line jsx-a11y/no-autofocus -- the field takes the place of the button that was pressed
        autoFocus
        type="text"
        autoComplete="off"
        aria-label={label}
        aria-invalid={problem !== ''}
        aria-describedby={problemId}
        maxLength={MAX_VIEW_NAME}
        value={name}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || onCancel === undefined) return;
          event.preventDefault();
          event.stopPropagation();
          onCancel();
        }}
        className="h-7 min-w-0 flex-1 rounded-button border border-ctl bg-canvas px-2 text-cell text-text max-tablet:h-11"
      />
      <Button kind="main" onClick={submit}>
        {button}
      </Button>
      <p id={problemId} role="status" className="w-full text-note text-text2 empty:hidden">
        {problem}
      </p>
    </form>
  );
}
