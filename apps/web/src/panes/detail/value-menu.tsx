// A value that can be included, excluded or copied: a button with a menu. `f` and `x` work on it while it has focus.

import { Copy, FilterX, ListFilter } from 'lucide-react';
import type { ReactNode } from 'react';
import { excludeFilter, includeFilter } from '../../filter-bar/value-edits.ts';
import { type ValueFilter, valueFilterText } from '../../filter-bar/value-filter.ts';
import { copyText, Menu, type MenuItem } from '../../widgets/index.ts';

export type ValueMenuProps = {
  /** undefined: copy only. */
  readonly filter: ValueFilter | undefined;
  /** What is copied. */
  readonly text: string;
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
};

export function ValueMenu({ filter, text, label, className = '', children }: ValueMenuProps) {
  return (
    <Menu
      label={label}
      items={[...filterItems(filter), copyItem(text)]}
      renderTrigger={(trigger) => (
        <button
          type="button"
          {...trigger}
          {...(filter === undefined ? {} : { 'data-filter': valueFilterText(filter) })}
          className={`text-left hover:bg-hover ${className}`}
          title={text}
        >
          {children}
        </button>
      )}
    />
  );
}

function filterItems(filter: ValueFilter | undefined): readonly MenuItem[] {
  if (filter === undefined) return [];
  return [
    {
      id: 'include',
      label: `Only ${valueFilterText(filter)}`,
      icon: <ListFilter size={14} aria-hidden />,
      shortcut: 'f',
      onSelect: () => includeFilter(filter),
    },
    {
      id: 'exclude',
      label: `Not ${valueFilterText(filter)}`,
      icon: <FilterX size={14} aria-hidden />,
      shortcut: 'x',
      onSelect: () => excludeFilter(filter),
    },
  ];
}

function copyItem(text: string): MenuItem {
  return {
    id: 'copy',
    label: 'Copy value',
    icon: <Copy size={14} aria-hidden />,
    onSelect: () => {
      void copyText(text);
    },
  };
}
