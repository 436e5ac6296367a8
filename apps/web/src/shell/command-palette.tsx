import { type KeyboardEvent, useId, useState } from 'react';
import { Dialog, Kbd } from '../widgets/index.ts';
import { COMMANDS, type CommandHandlers, isPageCommand, type PageCommand } from './commands.ts';
import { isMac, keyCaps } from './shortcut.ts';

/** Commands whose title holds every word that was typed, in the order of the table. */
export function matchCommands(typed: string): readonly PageCommand[] {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return COMMANDS.filter(isPageCommand).filter(
    (command) =>
      command.id !== 'open-palette' &&
      words.every((word) => `${command.title} ${command.group}`.toLowerCase().includes(word)),
  );
}

/** A field and the list of commands under it. Lazily loaded. */
export function CommandPalette({
  handlers,
  onClose,
}: {
  readonly handlers: CommandHandlers;
  readonly onClose: () => void;
}) {
  const listId = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const found = matchCommands(typed);
  const position = Math.max(0, Math.min(at, found.length - 1));
  const chosen = found[position];
  function run(command: PageCommand | undefined): void {
    if (command === undefined) return;
    onClose();
    // After the dialog gave focus back, so that commands on the focused value find it.
    queueMicrotask(handlers[command.id]);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && found.length > 0) {
      event.preventDefault();
      setAt((position + step + found.length) % found.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(chosen);
    }
  }
  return (
    <Dialog title="Commands" bare onClose={onClose} className="w-130">
      <input
        // eslint-disable-next-line jsx-a11y/no-autofocus -- the palette is opened to type into it
        autoFocus
        type="text"
        role="combobox"
        aria-label="Find a command"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={chosen === undefined ? undefined : `${listId}-${chosen.id}`}
        placeholder="Find a command"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        className="h-8 w-full rounded-card border border-ctl bg-canvas px-2.5 text-body text-text placeholder:text-text3"
      />
      <div id={listId} role="listbox" aria-label="Commands" className="mt-2">
        {found.map((command) => (
          <button
            type="button"
            tabIndex={-1}
            key={command.id}
            id={`${listId}-${command.id}`}
            role="option"
            aria-selected={command === chosen}
            onPointerMove={() => setAt(found.indexOf(command))}
            onClick={() => run(command)}
            className={`flex w-full items-center gap-3 rounded-token px-2 py-1 text-left text-cell ${command === chosen ? 'bg-tint-selected' : ''}`}
          >
            <span className="w-12 text-text2">{command.group}</span>
            <span className="flex-1">{capitalise(command.title)}</span>
            {command.keys
              .flatMap((key) => keyCaps(key, isMac()))
              .map((cap) => (
                <Kbd key={cap}>{cap}</Kbd>
              ))}
          </button>
        ))}
        {found.length === 0 && <p className="px-2 py-1 text-cell text-text3">No command is called that.</p>}
      </div>
    </Dialog>
  );
}

function capitalise(title: string): string {
  return title.charAt(0).toUpperCase() + title.slice(1);
}
