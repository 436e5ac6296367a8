// The time that every pane looks at: all held, the last minutes, or from one time to another.

import { ChevronDown, Clock } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { navigate, type TimeWindow, useView } from '../view-state/index.ts';
import { Button, formatSpan, Popover } from '../widgets/index.ts';
import { usePageStatus } from './page-status.ts';
import { readWindow, timeText, WINDOW_SPANS, windowText } from './window-words.ts';

const NS_PER_MS = 1_000_000n;

export function WindowMenu() {
  const { window, zone } = useView();
  const heldMs = useHeldMs();
  return (
    <Popover
      label="Time window"
      placement="bottom-end"
      className="w-72 max-w-[calc(100vw-16px)]"
      renderTrigger={(trigger) => (
        <Button {...trigger}>
          <Clock size={14} aria-hidden className={`shrink-0 ${window === undefined ? '' : 'text-accent'}`} />
          <span className="unseen">Time window:</span>
          <span className={`truncate max-wide:max-w-34 ${window === undefined ? '' : 'text-accent'}`}>
            {windowText(window, heldMs, zone)}
          </span>
          <ChevronDown size={14} aria-hidden className="shrink-0 text-text3" />
        </Button>
      )}
    >
      {(close) => <WindowChoices close={close} heldMs={heldMs} />}
    </Popover>
  );
}

function useHeldMs(): number | undefined {
  const status = usePageStatus();
  if (status?.oldestNs === undefined || status.newestNs === undefined) return undefined;
  return Number((status.newestNs - status.oldestNs) / NS_PER_MS);
}

function WindowChoices({
  close,
  heldMs,
}: {
  readonly close: () => void;
  readonly heldMs: number | undefined;
}) {
  const { window } = useView();
  function choose(chosen: TimeWindow | undefined): void {
    navigate({ window: chosen });
    close();
  }
  return (
    <>
      <div role="group" aria-label="Last" className="p-1">
        <Choice chosen={window === undefined} onClick={() => choose(undefined)}>
          All that is held
          {heldMs !== undefined && <span className="text-text3"> {formatSpan(heldMs)}</span>}
        </Choice>
        {WINDOW_SPANS.map((spanMs) => (
          <Choice
            key={spanMs}
            chosen={window?.kind === 'last' && window.spanMs === spanMs}
            onClick={() => choose({ kind: 'last', spanMs })}
          >
            Last {formatSpan(spanMs)}
          </Choice>
        ))}
      </div>
      <BetweenForm onChoose={choose} />
    </>
  );
}

function Choice({
  chosen,
  onClick,
  children,
}: {
  readonly chosen: boolean;
  readonly onClick: () => void;
  readonly children: React.ReactNode;
}) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onClick}
      className={`focus-inside block w-full rounded-token px-2 py-1 text-left text-cell font-medium max-tablet:min-h-11 ${
        chosen ? 'bg-tint-selected' : 'hover:bg-hover'
      }`}
    >
      {children}
    </button>
  );
}

function BetweenForm({ onChoose }: { readonly onChoose: (window: TimeWindow) => void }) {
  const { window, zone } = useView();
  const status = usePageStatus();
  const [since, setSince] = useState(() => endText('sinceNs'));
  const [until, setUntil] = useState(() => endText('untilNs'));
  const [problem, setProblem] = useState('');
  const problemId = useId();

  function endText(end: 'sinceNs' | 'untilNs'): string {
    const ns = window?.kind === 'between' ? window[end] : undefined;
    return ns === undefined ? '' : timeText(ns, zone);
  }
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    const nearNs = status?.newestNs ?? BigInt(Date.now()) * NS_PER_MS;
    const read = readWindow(since, until, zone, nearNs);
    if (read.ok) onChoose(read.value);
    else setProblem(read.error);
  }
  return (
    <form
      noValidate
      onSubmit={onSubmit}
      className="grid grid-cols-[max-content_1fr] items-center gap-x-3 gap-y-2 border-t border-line p-3 text-cell"
    >
      <TimeField
        label="From"
        value={since}
        onChange={setSince}
        describedBy={problemId}
        wrong={problem !== ''}
      />
      <TimeField
        label="To"
        value={until}
        onChange={setUntil}
        describedBy={problemId}
        wrong={problem !== ''}
      />
      <p id={problemId} role="status" className="col-span-2 text-note text-text3">
        {problem === '' ? `Times are ${zone === 'utc' ? 'UTC' : 'local'}; an empty end stays open.` : problem}
      </p>
      <Button kind="main" className="col-span-2" onClick={onSubmit}>
        Show this time
      </Button>
      <input type="submit" hidden />
    </form>
  );
}

function TimeField({
  label,
  value,
  onChange,
  describedBy,
  wrong,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly describedBy: string;
  readonly wrong: boolean;
}) {
  const id = useId();
  return (
    <>
      <label htmlFor={id} className="text-text2">
        {label}
      </label>
      <input
        id={id}
        type="text"
        autoComplete="off"
        placeholder="12:06:41"
        value={value}
        aria-describedby={describedBy}
        aria-invalid={wrong}
        onChange={(event) => onChange(event.target.value)}
        className="h-7 min-w-0 rounded-button border border-ctl bg-canvas px-2 font-mono text-mono text-text placeholder:text-text3 max-tablet:h-11"
      />
    </>
  );
}
