// The line to type in. A mirror behind it, with the same text, makes it as wide as what is typed and draws the wavy
// lines under what is wrong.

import { type ClipboardEvent, Fragment, type KeyboardEvent, type RefObject } from 'react';
import type { PlacedProblem } from './bar-token.ts';

export type DraftInputProps = {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly text: string;
  /** Nothing stands behind it: it takes the rest of the line. */
  readonly last: boolean;
  readonly placeholder: string;
  /** Positions in `text`. */
  readonly problems: readonly PlacedProblem[];
  readonly listId: string;
  readonly listOpen: boolean;
  readonly activeOption: string | undefined;
  readonly messageId: string;
  readonly onChange: (text: string, caret: number) => void;
  readonly onCaret: (caret: number) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
  readonly onPaste: (event: ClipboardEvent<HTMLInputElement>) => void;
  readonly onFocus: () => void;
  readonly onBlur: () => void;
};

export function DraftInput(props: DraftInputProps) {
  const { text, problems } = props;
  return (
    <span
      className={`relative inline-grid h-6 items-center overflow-hidden text-cell max-tablet:h-11 ${props.last ? 'min-w-30 flex-1' : 'max-w-full min-w-8'}`}
    >
      <span aria-hidden="true" className="invisible col-start-1 row-start-1 pr-2 whitespace-pre">
        {text === '' ? props.placeholder : text}
      </span>
      <span
        aria-hidden="true"
        className="pointer-events-none col-start-1 row-start-1 whitespace-pre text-transparent"
      >
        {underlined(text, problems)}
      </span>
      <input
        ref={props.input}
        type="text"
        role="combobox"
        data-shortcut-target="filter-bar"
        aria-label="Filter"
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-expanded={props.listOpen}
        aria-controls={props.listId}
        aria-activedescendant={props.activeOption}
        aria-invalid={problems.length > 0}
        aria-describedby={props.messageId}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        placeholder={props.placeholder}
        value={text}
        onChange={(event) =>
          props.onChange(event.target.value, event.target.selectionStart ?? event.target.value.length)
        }
        onSelect={(event) => props.onCaret(event.currentTarget.selectionStart ?? 0)}
        onKeyDown={props.onKeyDown}
        onPaste={props.onPaste}
        onFocus={props.onFocus}
        onBlur={props.onBlur}
        className="absolute inset-0 w-full bg-transparent text-text placeholder:text-text3 focus-visible:outline-none"
      />
    </span>
  );
}

function underlined(text: string, problems: readonly PlacedProblem[]) {
  const parts = [];
  let at = 0;
  for (const { from, to } of problems.toSorted((a, b) => a.from - b.from)) {
    const start = Math.min(text.length, Math.max(at, from));
    const end = Math.min(text.length, Math.max(start, to));
    parts.push(
      <Fragment key={`${String(start)}-${String(end)}`}>
        {text.slice(at, start)}
        <span className="underline decoration-error decoration-wavy underline-offset-3">
          {text.slice(start, end)}
        </span>
      </Fragment>,
    );
    at = end;
  }
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  );
}
