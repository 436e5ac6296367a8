// The place of the flow panel. When it goes while something in it has the focus, the list gets it, which the reader
// came from: else the keyboard would be nowhere.

import { type ReactNode, useLayoutEffect, useRef } from 'react';

export function DetailArea({ children }: { readonly children: ReactNode }) {
  const area = useRef<HTMLDivElement | null>(null);
  useLayoutEffect(() => {
    const panel = area.current;
    return () => {
      if (panel?.contains(document.activeElement) !== true) return;
      document.querySelector<HTMLElement>('[data-shortcut-target="list"]')?.focus();
    };
  }, []);
  return (
    <div
      ref={area}
      className="flex w-110 shrink-0 flex-col border-l border-line bg-raised max-desk:w-90 max-tablet:w-full max-tablet:border-l-0"
    >
      {children}
    </div>
  );
}
