// Puts the completion list under the text, in the top layer, so that nothing cuts it off.

import { type RefObject, useCallback, useLayoutEffect } from 'react';
import { usePlace } from '../widgets/index.ts';
import { CompletionList, type CompletionListProps } from './completion-list.tsx';

export function CompletionPopup({
  anchor,
  ...list
}: CompletionListProps & { readonly anchor: RefObject<HTMLElement | null> }) {
  const { setReference, setFloating, style } = usePlace(true, {
    placement: 'bottom-start',
    gapPx: 8,
    widthPx: 640,
  });
  useLayoutEffect(() => {
    setReference(anchor.current);
  }, [setReference, anchor]);
  const show = useCallback(
    (element: HTMLDivElement | null) => {
      setFloating(element);
      if (element !== null && !element.matches(':popover-open')) element.showPopover();
    },
    [setFloating],
  );
  return (
    <div ref={show} popover="manual" style={style} className="bg-transparent text-text">
      <CompletionList {...list} />
    </div>
  );
}
