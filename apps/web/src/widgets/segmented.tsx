// A few choices side by side, of which one holds: a radio group. Left and right move and choose.

import type { KeyboardEvent, ReactNode } from 'react';

export type Segment<T extends string> = {
  readonly value: T;
  readonly label: ReactNode;
  /** Name for screen readers where the label is an icon. */
  readonly name?: string;
};

export type SegmentedProps<T extends string> = {
  readonly label: string;
  readonly value: T;
  readonly segments: readonly Segment<T>[];
  readonly onChange: (value: T) => void;
  /** Accent border, as on Live. */
  readonly accent?: boolean;
  readonly small?: boolean;
};

export function Segmented<T extends string>({
  label,
  value,
  segments,
  onChange,
  accent = false,
  small = false,
}: SegmentedProps<T>) {
  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const at = segments.findIndex((segment) => segment.value === value);
    const next = segments.at((at + step) % segments.length);
    if (next === undefined) return;
    onChange(next.value);
    event.currentTarget.querySelector<HTMLElement>(`[data-value="${CSS.escape(next.value)}"]`)?.focus();
  }
  return (
    <div
      role="radiogroup"
      aria-label={label}
      onKeyDown={onKeyDown}
      className={`inline-flex shrink-0 rounded-button border ${accent ? 'border-accent' : 'border-line2'}`}
    >
      {segments.map((segment, index) => (
        <button
          key={segment.value}
          type="button"
          role="radio"
          aria-checked={segment.value === value}
          aria-label={segment.name}
          tabIndex={segment.value === value ? 0 : -1}
          data-value={segment.value}
          onClick={() => onChange(segment.value)}
          className={`inline-flex items-center gap-1.5 px-2.5 text-cell font-medium whitespace-nowrap select-none first:rounded-l-token last:rounded-r-token max-tablet:min-h-11 ${
            small ? 'h-5.5' : 'h-6.5'
          } ${index > 0 ? `border-l ${accent ? 'border-accent' : 'border-line2'}` : ''} ${lookOf(
            segment.value === value,
            accent,
          )}`}
        >
          {segment.label}
        </button>
      ))}
    </div>
  );
}

/** Within the accent border the choice is told by its accent ink; a fill under it would cost its contrast. */
function lookOf(chosen: boolean, accent: boolean): string {
  if (!chosen) return 'text-text2 hover:bg-hover hover:text-text';
  return accent ? 'text-text' : 'bg-token text-text';
}
