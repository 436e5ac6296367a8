// A window over the page: native dialog, so focus stays inside, Esc or a click beside
// it closes it, and focus goes back where it was.

import { X } from 'lucide-react';
import { type ReactNode, useCallback } from 'react';
import { IconButton } from './button.tsx';

export type DialogProps = {
  readonly title: string;
  /** Leaves the title out of sight, for windows that begin with a field. */
  readonly bare?: boolean;
  readonly onClose: () => void;
  readonly className?: string;
  readonly children: ReactNode;
};

/** Open as long as it is rendered. */
export function Dialog({ title, bare = false, onClose, className = '', children }: DialogProps) {
  const show = useCallback((node: HTMLDialogElement | null) => {
    if (node === null) return undefined;
    if (!node.open) {
      node.showModal();
      // Else the browser picks the cross, whose tooltip then opens.
      node.querySelector('h2')?.focus();
    }
    // A dialog that is only taken out of the document keeps the focus that it should give back.
    return () => node.close();
  }, []);
  return (
    <dialog
      ref={show}
      aria-label={title}
      onClose={onClose}
      closedby="any"
      className={`m-auto mt-[12vh] max-h-[76vh] max-w-[calc(100vw-16px)] rounded-popover border border-line2 bg-overlay p-0 text-body text-text ${className}`}
    >
      <div className="p-4">
        {!bare && (
          <div className="mb-3 flex items-center justify-between gap-4">
            <h2 tabIndex={-1} className="text-body font-semibold outline-none">
              {title}
            </h2>
            <IconButton label="Close" shortcut="Esc" small onClick={onClose}>
              <X size={16} aria-hidden />
            </IconButton>
          </div>
        )}
        {children}
      </div>
    </dialog>
  );
}
