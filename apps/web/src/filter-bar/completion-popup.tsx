// Puts the completion list under the text, in the top layer, so that nothing cuts it off.

import { autoUpdate, flip, offset, shift, size, useFloating } from '@floating-ui/react';
import { type RefObject, useCallback, useLayoutEffect } from 'react';
import { CompletionList, type CompletionListProps } from './completion-list.tsx';

export function CompletionPopup({
  anchor,
  ...list
}: CompletionListProps & { readonly anchor: RefObject<HTMLElement | null> }) {
  const { refs, floatingStyles } = useFloating({
    placement: 'bottom-start',
    strategy: 'fixed',
    whileElementsMounted: autoUpdate,
    middleware: [
      offset(8),
      flip({ padding: 8 }),
      shift({ padding: 8 }),
      size({
        padding: 8,
        apply: ({ availableWidth, elements }) => {
          elements.floating.style.width = `${String(Math.min(640, availableWidth))}px`;
        },
      }),
    ],
  });
  useLayoutEffect(() => {
    refs.setReference(anchor.current);
  }, [refs, anchor]);
  const show = useCallback(
    (element: HTMLDivElement | null) => {
      refs.setFloating(element);
      if (element !== null && !element.matches(':popover-open')) element.showPopover();
    },
    [refs],
  );
  return (
    <div ref={show} popover="manual" style={floatingStyles} className="bg-transparent text-text">
      <CompletionList {...list} />
    </div>
  );
}
