// A counter of the status strip, and of the list of all of them.

import { createContext, type ReactNode, use } from 'react';
import { Tooltip } from '../widgets/index.ts';

/** Whether counters stand below each other with their explanations, or in one line that explains on hover and focus. */
export const InList = createContext(false);

/** One counter. `explain` is shown on hover and focus and read out as its description. */
export function StatusItem({
  explain,
  children,
}: {
  readonly explain: ReactNode;
  readonly children: ReactNode;
}) {
  if (use(InList)) {
    return (
      <li className="border-line py-2 not-first:border-t first:pt-0 last:pb-0">
        <p className="flex items-center gap-1.5 text-cell">{children}</p>
        <p className="text-text2">{explain}</p>
      </li>
    );
  }
  return (
    <Tooltip text={explain} placement="top" describes>
      <button
        type="button"
        className="focus-inside flex h-full shrink-0 items-center gap-1.5 whitespace-nowrap not-first:pl-3 not-last:pr-3 not-first:before:-ml-3 not-first:before:mr-1.5 not-first:before:h-3.5 not-first:before:w-px not-first:before:bg-line2"
      >
        {children}
      </button>
    </Tooltip>
  );
}
