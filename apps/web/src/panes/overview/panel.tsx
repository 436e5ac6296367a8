// What all panels share: a head with a note, and a body that is told apart as waiting, empty or there. Up, down, Home and
// End go through the lines of a panel.

import { type KeyboardEvent, type ReactNode, useId } from 'react';
import { useLate } from '../use-late.ts';

export type PanelProps = {
  readonly title: string;
  /** How much it speaks of, beside the title; '' for nothing. */
  readonly note: string;
  /** No answer yet. */
  readonly waiting: boolean;
  /** What is said when there is nothing to show; undefined while there is. */
  readonly empty: string | undefined;
  readonly children: ReactNode;
};

export function Panel({ title, note, waiting, empty, children }: PanelProps) {
  const id = useId();
  const late = useLate(waiting);
  return (
    <section aria-labelledby={id} className="min-w-0 bg-base px-3.5 pt-3 pb-4">
      <h3 id={id} className="mb-2 flex items-baseline gap-2 text-body font-semibold">
        {title}
        <span className="min-w-0 truncate text-note font-normal text-text3">{note}</span>
      </h3>
      {waiting && late && <p className="text-cell text-text3">Reading what is held…</p>}
      {!waiting && empty !== undefined && <p className="text-cell text-text3">{empty}</p>}
      {!waiting && empty === undefined && (
        <div
          role="toolbar"
          aria-labelledby={id}
          aria-orientation="vertical"
          tabIndex={-1}
          onKeyDown={moveFocus}
        >
          {children}
        </div>
      )}
    </section>
  );
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-choice]')];
  const at = items.findIndex((item) => item === document.activeElement);
  const to = { ArrowDown: items[at + 1], ArrowUp: items[at - 1], Home: items[0], End: items.at(-1) }[
    event.key
  ];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  to.focus();
}
