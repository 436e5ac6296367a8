import { type RefCallback, useCallback, useState } from 'react';

/** Width of an element in px, 0 before it is in the document. */
export function useWidth(): readonly [RefCallback<HTMLElement>, number] {
  const [widthPx, setWidthPx] = useState(0);
  const ref = useCallback((element: HTMLElement | null) => {
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setWidthPx(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, widthPx];
}
