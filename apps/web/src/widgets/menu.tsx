// A button that opens a list of things to do or to choose from. Arrow keys, Home and End move, Enter and Space choose,
// a letter jumps to the next item that starts with it.

import { Check } from 'lucide-react';
import type { KeyboardEvent, ReactNode, ToggleEvent } from 'react';
import { Kbd } from './kbd.tsx';
import { PANEL_LOOK, type PopoverTrigger, usePopover } from './popover.tsx';
import type { Placement } from './use-place.ts';

export type MenuItem = {
  readonly id: string;
  readonly label: string;
  /** Second line. */
  readonly note?: string;
  readonly icon?: ReactNode;
  readonly shortcut?: string;
  /** Set for items that are chosen rather than done; shown with a tick. */
  readonly checked?: boolean;
  readonly disabled?: boolean;
  /** The menu stays open, as when choosing columns. */
  readonly keepOpen?: boolean;
  readonly onSelect: () => void;
};

export type MenuProps = {
  /** Draws the button; it must spread what it is given. */
  readonly renderTrigger: (trigger: PopoverTrigger, open: boolean) => ReactNode;
  readonly label: string;
  readonly items: readonly MenuItem[];
  /** 'one': ticks exclude each other. */
  readonly choose?: 'one' | 'many';
  readonly placement?: Placement;
  /** A sentence under the items. */
  readonly footer?: ReactNode;
  readonly className?: string;
};

export function Menu({
  renderTrigger,
  label,
  items,
  choose = 'many',
  placement = 'bottom-start',
  footer,
  className = '',
}: MenuProps) {
  const control = usePopover('menu', placement);
  return (
    <>
      {renderTrigger(control.trigger, control.open)}
      <div
        {...control.panel}
        onToggle={(event: ToggleEvent<HTMLElement>) => {
          control.panel.onToggle(event);
          if (event.newState === 'open') focusFirst(event.currentTarget);
        }}
        className={`${PANEL_LOOK} min-w-50 ${className}`}
      >
        <div role="menu" aria-label={label} tabIndex={-1} className="p-1" onKeyDown={moveFocus}>
          {items.map((item) => (
            <MenuRow key={item.id} item={item} choose={choose} close={control.close} />
          ))}
        </div>
        {footer !== undefined && (
          <div className="border-t border-line px-3 py-2 text-note text-text3">{footer}</div>
        )}
      </div>
    </>
  );
}

function MenuRow({
  item,
  choose,
  close,
}: {
  readonly item: MenuItem;
  readonly choose: 'one' | 'many';
  readonly close: () => void;
}) {
  const choosable = item.checked !== undefined;
  return (
    <button
      type="button"
      role={choosable ? (choose === 'one' ? 'menuitemradio' : 'menuitemcheckbox') : 'menuitem'}
      {...(choosable ? { 'aria-checked': item.checked } : {})}
      tabIndex={-1}
      disabled={item.disabled}
      onClick={() => {
        item.onSelect();
        if (item.keepOpen !== true) close();
      }}
      onPointerMove={(event) => event.currentTarget.focus({ preventScroll: true })}
      className="focus-inside flex w-full items-start gap-2.5 rounded-token px-2 py-1.5 text-left hover:bg-hover focus:bg-tint-selected disabled:opacity-45 max-tablet:min-h-11"
    >
      {choosable && (
        <Check size={14} aria-hidden className={`mt-0.75 shrink-0 ${item.checked ? '' : 'invisible'}`} />
      )}
      {item.icon !== undefined && <span className="mt-0.75 shrink-0 text-text2">{item.icon}</span>}
      <span className="min-w-0 flex-1">
        <span className="block text-cell font-medium">{item.label}</span>
        {item.note !== undefined && <span className="block text-note text-text2">{item.note}</span>}
      </span>
      {item.shortcut !== undefined && <Kbd>{item.shortcut}</Kbd>}
    </button>
  );
}

function rows(menu: Element): readonly HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]:not(:disabled)')];
}

function focusFirst(panel: Element): void {
  const all = rows(panel);
  const chosen = all.find((row) => row.matches('[role="menuitemradio"][aria-checked="true"]'));
  (chosen ?? all[0])?.focus();
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const all = rows(event.currentTarget);
  const at = all.findIndex((row) => row === document.activeElement);
  const to = targetOf(event, all, at);
  if (to === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  to.focus();
}

function targetOf(event: KeyboardEvent, all: readonly HTMLElement[], at: number): HTMLElement | undefined {
  switch (event.key) {
    case 'ArrowDown':
      return all[(at + 1) % all.length];
    case 'ArrowUp':
      return all.at(at <= 0 ? -1 : at - 1);
    case 'Home':
      return all[0];
    case 'End':
      return all.at(-1);
    default: {
      if (event.key.length !== 1 || event.key === ' ' || event.ctrlKey || event.metaKey || event.altKey)
        return undefined;
      const letter = event.key.toLowerCase();
      const after = [...all.slice(at + 1), ...all.slice(0, at + 1)];
      return after.find((row) => row.textContent.trim().toLowerCase().startsWith(letter));
    }
  }
}
