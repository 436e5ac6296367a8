import { Dialog, Kbd } from '../widgets/index.ts';
import { COMMAND_GROUPS, COMMANDS } from './commands.ts';
import { isMac, keyCaps } from './shortcut.ts';

/** Every command with a key, by group. Lazily loaded. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  const mac = isMac();
  return (
    <Dialog title="Keyboard" onClose={onClose} className="w-160">
      <div className="gap-x-8 tablet:columns-2">
        {COMMAND_GROUPS.map((group) => (
          <section key={group} aria-label={group} className="mb-4 break-inside-avoid">
            <h3 className="mb-1.5 text-note font-semibold text-text2">{group}</h3>
            <dl className="grid grid-cols-[88px_1fr] items-center gap-y-1">
              {COMMANDS.filter((command) => command.group === group && command.keys.length > 0).map(
                (command) => (
                  <div key={command.id} className="contents">
                    <dt className="flex gap-1">
                      {command.keys
                        .flatMap((key) => keyCaps(key, mac))
                        .map((cap) => (
                          <Kbd key={cap}>{cap}</Kbd>
                        ))}
                    </dt>
                    <dd className="text-cell text-text2">{command.title}</dd>
                  </div>
                ),
              )}
            </dl>
          </section>
        ))}
      </div>
      <p className="mt-4 text-note text-text3">
        Keys do nothing while a field has focus. Filters are written as in{' '}
        <code className="font-mono">hubble observe</code>; a whole command can be pasted into the filter bar.
      </p>
    </Dialog>
  );
}
