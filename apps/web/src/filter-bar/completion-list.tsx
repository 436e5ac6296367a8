// The list under the line to type in: the listbox of an ARIA combobox. Focus stays in the text; the marked option is
// pointed at.

import { Kbd } from '../widgets/index.ts';
import { formatExact } from '../widgets/index.ts';
import { markedPart, type Option } from './completion.ts';

export type CompletionListProps = {
  readonly id: string;
  readonly options: readonly Option[];
  readonly mark: number;
  /** What was typed of it. */
  readonly typed: string;
  readonly onMark: (index: number) => void;
  readonly onPick: (option: Option, not: boolean) => void;
};

export function optionId(listId: string, index: number): string {
  return `${listId}-option-${String(index)}`;
}

export function CompletionList({ id, options, mark, typed, onMark, onPick }: CompletionListProps) {
  const keys = options[0]?.kind === 'key';
  return (
    <div className="flex max-h-90 flex-col rounded-popover border border-line2 bg-overlay">
      <div
        id={id}
        role="listbox"
        aria-label={keys ? 'Filter keys' : 'Values'}
        className="min-h-0 overflow-auto p-1"
      >
        {options.map((option, index) => (
          // The keyboard reaches it through the combobox.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
          <div
            key={option.id}
            id={optionId(id, index)}
            role="option"
            aria-selected={index === mark}
            tabIndex={-1}
            ref={index === mark ? keepInSight : undefined}
            onPointerMove={() => onMark(index)}
            // The text must not lose the focus.
            onPointerDown={(event) => event.preventDefault()}
            onClick={(event) => onPick(option, event.altKey)}
            className={`flex min-h-7 items-center gap-3 rounded-token px-2 text-cell max-tablet:min-h-11 ${
              index === mark ? 'bg-tint-selected' : ''
            }`}
          >
            {option.kind === 'key' ? (
              <KeyRow option={option} typed={typed} />
            ) : (
              <ValueRow option={option} typed={typed} />
            )}
          </div>
        ))}
      </div>
      <div
        aria-hidden="true"
        className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-3 py-1.5 text-note text-text3"
      >
        {!keys && (
          <>
            <span>
              <Kbd>↵</Kbd> add
            </span>
            <span>
              <Kbd>⌥↵</Kbd> exclude
            </span>
          </>
        )}
        {keys && (
          <span>
            <Kbd>↵</Kbd> choose
          </span>
        )}
        <span>
          <Kbd>Tab</Kbd> complete
        </span>
        <span>
          <Kbd>Esc</Kbd> close
        </span>
      </div>
    </div>
  );
}

function keepInSight(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}

function KeyRow({
  option,
  typed,
}: {
  readonly option: Extract<Option, { readonly kind: 'key' }>;
  readonly typed: string;
}) {
  return (
    <>
      <span className="w-34 shrink-0 font-medium">
        <Marked text={option.name} typed={typed} />
      </span>
      <span className="min-w-0 flex-1 truncate text-note text-text2" title={option.doc}>
        {option.doc}
      </span>
      {option.example !== '' && (
        <span className="max-w-44 truncate font-mono text-mono-small text-text3 max-tablet:hidden">
          {option.example}
        </span>
      )}
    </>
  );
}

function ValueRow({
  option,
  typed,
}: {
  readonly option: Extract<Option, { readonly kind: 'value' }>;
  readonly typed: string;
}) {
  return (
    <>
      <span className="min-w-0 flex-1 truncate" title={option.value}>
        <Marked text={option.value} typed={typed} />
      </span>
      {option.count !== undefined && (
        <span className={`shrink-0 text-note ${option.count === 0 ? 'text-text3' : 'text-text2'}`}>
          {formatExact(option.count)}
        </span>
      )}
    </>
  );
}

function Marked({ text, typed }: { readonly text: string; readonly typed: string }) {
  const part = markedPart(text, typed);
  if (part === undefined) return text;
  return (
    <>
      {text.slice(0, part.from)}
      <span className="font-semibold text-accent">{text.slice(part.from, part.to)}</span>
      {text.slice(part.to)}
    </>
  );
}
