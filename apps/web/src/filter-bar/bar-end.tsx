// The end of the bar: how much matches, the view as a command, and the way to have none.

import { Check, Terminal, X } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { firstRowsDrawn } from '../loading/first-rows.ts';
import { lateCode } from '../loading/late-code.ts';
import { useAnswer, useTimeRange } from '../panes/pane.ts';
import { useServerConfig } from '../server/index.ts';
import { useView } from '../view-state/index.ts';
import { Button, copyText, formatExact, IconButton } from '../widgets/index.ts';

const SAID_MS = 2000;

/** What makes the command. Until it is here there is nothing to copy. */
const command = lateCode(firstRowsDrawn, async () => (await import('../share/view-command.ts')).viewCommand);

export type BarEndProps = {
  /** The filter in force. */
  readonly filter: string;
  /** Nothing to clear. */
  readonly empty: boolean;
  readonly onClear: () => void;
};

export function BarEnd({ filter, empty, onClear }: BarEndProps) {
  const status = useAnswer({ kind: 'status', filter });
  const relay = useServerConfig();
  const view = useView();
  const range = useTimeRange();
  const made = useSyncExternalStore(command.subscribe, command.state);
  useEffect(() => command.fetch(), []);
  const text = made.kind === 'here' ? made.code({ filter, view, range, relay }) : undefined;
  const [said, setSaid] = useState<string | undefined>(undefined);
  useEffect(() => {
    if (said === undefined) return undefined;
    const timer = setTimeout(() => setSaid(undefined), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  return (
    <span data-bar-end="" className="ml-auto flex shrink-0 items-center gap-1 self-end pl-2">
      {status !== undefined && (
        <span
          data-testid="match-count"
          title="Of all flows that are held, those that match; a window or a pause shows a part of them"
          className="text-cell whitespace-nowrap text-text2 max-tablet:hidden"
        >
          <b className="font-semibold text-text">{formatExact(status.matching)}</b> of{' '}
          {formatExact(status.stats.held)}
          <span className="@max-3xl:hidden"> flows</span>
        </span>
      )}
      <Button
        kind="plain"
        small
        className="max-tablet:hidden"
        title={text}
        aria-disabled={text === undefined}
        aria-label="Copy as CLI"
        onClick={() => {
          if (text === undefined) command.fetch();
          else void copyText(text).then((copied) => setSaid(copied ? 'Copied' : 'This page may not copy'));
        }}
      >
        {said === 'Copied' ? <Check size={14} aria-hidden /> : <Terminal size={14} aria-hidden />}
        <span className="@max-4xl:hidden">{said ?? 'Copy as CLI'}</span>
      </Button>
      {!empty && (
        <IconButton label="Remove all filters" small onClick={onClear}>
          <X size={14} aria-hidden />
        </IconButton>
      )}
      <output className="unseen">{said}</output>
    </span>
  );
}
