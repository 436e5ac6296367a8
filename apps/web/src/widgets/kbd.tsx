import type { ReactNode } from 'react';

/** A key cap. */
export function Kbd({ children }: { readonly children: ReactNode }) {
  return (
    <kbd className="inline-flex h-4.5 min-w-4.5 shrink-0 items-center justify-center rounded-token border border-line2 px-1 font-sans text-head font-normal whitespace-nowrap text-text2">
      {children}
    </kbd>
  );
}
