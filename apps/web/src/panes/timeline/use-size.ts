import { type RefCallback, useCallback, useState } from 'react';

export type Size = { readonly widthPx: number; readonly pixelRatio: number };

/** Width of an element and the device pixels to each of its pixels; undefined before it is in the document. */
export function useSize(): readonly [RefCallback<HTMLElement>, Size | undefined] {
  const [size, setSize] = useState<Size | undefined>(undefined);
  const ref = useCallback((element: HTMLElement | null) => {
    if (element === null) return undefined;
    const measure = () =>
      setSize((old) => {
        const next = { widthPx: element.clientWidth, pixelRatio: window.devicePixelRatio };
        return old?.widthPx === next.widthPx && old.pixelRatio === next.pixelRatio ? old : next;
      });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, size];
}
