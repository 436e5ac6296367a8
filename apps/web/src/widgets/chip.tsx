// A small labelled thing that can be taken away: a label of an endpoint, a filter. `tone` is its state, not its topic.

import { X } from 'lucide-react';
import type { ReactNode } from 'react';

export type ChipTone = 'include' | 'not' | 'group' | 'broken' | 'quiet';

const LOOK: Readonly<Record<ChipTone, string>> = {
  include: 'border-transparent bg-token text-text',
  not: 'border-line2 bg-transparent text-text',
  group: 'border-ctl bg-transparent text-text2',
  broken: 'border-error bg-transparent text-error',
  quiet: 'border-transparent bg-token text-text2',
};

export type ChipProps = {
  readonly tone?: ChipTone;
  readonly children: ReactNode;
  /** Makes the text a button. */
  readonly onClick?: () => void;
  /** Shows a cross; `removeLabel` names what it removes. */
  readonly onRemove?: () => void;
  readonly removeLabel?: string;
  readonly title?: string;
};

export function Chip({
  tone = 'include',
  children,
  onClick,
  onRemove,
  removeLabel = 'Remove',
  title,
}: ChipProps) {
  return (
    <span
      title={title}
      className={`inline-flex h-6 max-w-full min-w-0 items-center gap-1 rounded-token border px-1.5 text-cell ${LOOK[tone]}`}
    >
      {onClick === undefined ? (
        <span className="truncate">{children}</span>
      ) : (
        <button type="button" onClick={onClick} className="truncate rounded-token">
          {children}
        </button>
      )}
      {onRemove !== undefined && (
        <button
          type="button"
          aria-label={removeLabel}
          onClick={onRemove}
          className="-mr-0.5 inline-flex size-4 shrink-0 items-center justify-center rounded-token text-text3 hover:text-text"
        >
          <X size={12} aria-hidden />
        </button>
      )}
    </span>
  );
}
