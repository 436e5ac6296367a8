// Buttons: main (the one that is meant), line (bordered), plain (text only), and icon buttons with a written name.

import type { ComponentProps, ReactNode } from 'react';
import { Tooltip } from './tooltip.tsx';

export type ButtonKind = 'main' | 'line' | 'plain';

const LOOK: Readonly<Record<ButtonKind, string>> = {
  main: 'border-transparent bg-accent text-on-accent enabled:hover:opacity-90',
  line: 'border-line2 bg-transparent text-text enabled:hover:bg-hover enabled:hover:border-ctl',
  plain: 'border-transparent bg-transparent text-text2 enabled:hover:bg-hover enabled:hover:text-text',
};

const SHAPE =
  'inline-flex items-center justify-center gap-1.5 rounded-button border text-cell font-medium ' +
  'whitespace-nowrap select-none disabled:opacity-45 enabled:active:opacity-80 max-tablet:min-h-11';

export type ButtonProps = Omit<ComponentProps<'button'>, 'type'> & {
  readonly kind?: ButtonKind;
  /** 24 px high instead of 28. */
  readonly small?: boolean;
  readonly children: ReactNode;
};

/** A native button of type="button"; all its attributes pass through. */
export function Button({ kind = 'line', small = false, className = '', children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={`${SHAPE} ${LOOK[kind]} ${small ? 'h-6 px-2' : 'h-7 px-2.5'} ${className}`}
      {...rest}
    >
      {children}
    </button>
  );
}

export type IconButtonProps = Omit<ComponentProps<'button'>, 'type' | 'aria-label'> & {
  /** Said by screen readers and shown in the tooltip. */
  readonly label: string;
  /** Shown beside the label in the tooltip, as in "Space". */
  readonly shortcut?: string;
  readonly kind?: 'line' | 'plain';
  readonly small?: boolean;
  readonly children: ReactNode;
};

export function IconButton({
  label,
  shortcut,
  kind = 'plain',
  small = false,
  className = '',
  children,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut}>
      <button
        type="button"
        aria-label={label}
        className={`${SHAPE} ${LOOK[kind]} shrink-0 ${small ? 'size-6' : 'size-7'} max-tablet:min-w-11 ${className}`}
        {...rest}
      >
        {children}
      </button>
    </Tooltip>
  );
}
