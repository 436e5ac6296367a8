import { type RefCallback, useCallback, useState } from 'react';

export type Size = {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Width that the vertical scroll bar takes, 0 where bars float. */
  readonly barPx: number;
};

/** The inner size of an element, scroll bars taken off; zero before it is in the document. */
export function useSize(): readonly [RefCallback<HTMLElement>, Size] {
  const [size, setSize] = useState<Size>({ widthPx: 0, heightPx: 0, barPx: 0 });
  const ref = useCallback((element: HTMLElement | null) => {
    if (element === null) return undefined;
    const measure = () =>
      setSize((old) => {
        const { clientWidth: widthPx, clientHeight: heightPx } = element;
        const next = { widthPx, heightPx, barPx: element.offsetWidth - widthPx };
        const same = old.widthPx === widthPx && old.heightPx === heightPx && old.barPx === next.barPx;
        return same ? old : next;
      });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, size];
}
