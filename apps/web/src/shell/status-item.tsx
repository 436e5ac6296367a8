// A counter of the status strip.

import type { ReactNode } from 'react';
import { Tooltip } from '../widgets/index.ts';

/** One counter. `explain` is shown on hover and focus and read out as its description. */
export function StatusItem({
  explain,
  children,
}: {
  readonly explain: ReactNode;
  readonly children: ReactNode;
}) {
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
