// The menu of one cell, opened by the right button or the menu key, beside what it speaks of.

import { Copy, FilterX, ListFilter, PanelRightOpen } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { type ValueFilter, valueFilterText } from '../../filter-bar/value-filter.ts';
import { excludeFilter, includeFilter } from '../../filter-bar/value-edits.ts';
import { Kbd, PANEL_LOOK, usePlace } from '../../widgets/index.ts';

export type CellMenuProps = {
  readonly at: DOMRect;
  readonly filter: ValueFilter | undefined;
  /** What the cell says; '' offers no copy. */
  readonly text: string;
  readonly onOpen: () => void;
  readonly onCopy: (text: string) => void;
  readonly onCopyLine: () => void;
  readonly onCopyJson: () => void;
  readonly onClose: () => void;
};

export function CellMenu({
  at,
  filter,
  text,
  onOpen,
  onCopy,
  onCopyLine,
  onCopyJson,
  onClose,
}: CellMenuProps) {
  const panel = useRef<HTMLDivElement | null>(null);
  const { setReference, setFloating, style } = usePlace(true, { placement: 'bottom-start', gapPx: 4 });
  useLayoutEffect(() => {
    setReference({ getBoundingClientRect: () => at });
  }, [setReference, at]);
  useEffect(() => {
    panel.current?.showPopover();
    panel.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
  }, []);
  const done = (run: () => void) => () => {
    panel.current?.hidePopover();
    run();
  };
  return (
    <div
      ref={(element) => {
        panel.current = element;
        setFloating(element);
      }}
      popover="auto"
      style={style}
      onToggle={(event) => {
        if (event.newState === 'closed') onClose();
      }}
      className={`${PANEL_LOOK} max-w-100 min-w-60`}
    >
      <div role="menu" aria-label="Cell" tabIndex={-1} className="p-1" onKeyDown={walk}>
        {filter !== undefined && (
          <>
            <Item
              icon={<ListFilter size={14} aria-hidden />}
              label={`Only ${valueFilterText(filter)}`}
              shortcut="f"
              onSelect={done(() => includeFilter(filter))}
            />
            <Item
              icon={<FilterX size={14} aria-hidden />}
              label={`Not ${valueFilterText(filter)}`}
              shortcut="x"
              onSelect={done(() => excludeFilter(filter))}
            />
          </>
        )}
        {text !== '' && (
          <Item
            icon={<Copy size={14} aria-hidden />}
            label={`Copy ${text}`}
            onSelect={done(() => onCopy(text))}
          />
        )}
        <Item icon={<Copy size={14} aria-hidden />} label="Copy compact line" onSelect={done(onCopyLine)} />
        <Item icon={<Copy size={14} aria-hidden />} label="Copy flow as JSON" onSelect={done(onCopyJson)} />
        <Item
          icon={<PanelRightOpen size={14} aria-hidden />}
          label="Open flow"
          shortcut="↵"
          onSelect={done(onOpen)}
        />
      </div>
    </div>
  );
}

function Item({
  icon,
  label,
  shortcut,
  onSelect,
}: {
  readonly icon: ReactNode;
  readonly label: string;
  readonly shortcut?: string;
  readonly onSelect: () => void;
}) {
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      onClick={onSelect}
      onPointerMove={(event) => event.currentTarget.focus({ preventScroll: true })}
      className="focus-inside flex w-full items-center gap-2.5 rounded-token px-2 py-1 text-left text-cell hover:bg-hover focus:bg-tint-selected max-tablet:min-h-11"
    >
      <span className="shrink-0 text-text2">{icon}</span>
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {shortcut !== undefined && <Kbd>{shortcut}</Kbd>}
    </button>
  );
}

function walk(event: KeyboardEvent<HTMLElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="menuitem"]')];
  const at = items.findIndex((item) => item === document.activeElement);
  const step = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  items.at(step % items.length)?.focus();
}
