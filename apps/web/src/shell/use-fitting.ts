import { type RefCallback, useCallback, useState } from 'react';

/**
 * For a one-line strip that wraps what does not fit out of sight: such children are hidden, so that the keyboard does
 * not reach what the eye cannot, and counted. Give the ref to the strip.
 */
export function useFitting(): { readonly strip: RefCallback<HTMLElement>; readonly hidden: number } {
  const [hidden, setHidden] = useState(0);
  const strip = useCallback((element: HTMLElement | null) => {
    if (element === null) return undefined;
    const update = (): void => {
      let out = 0;
      for (const child of element.children) {
        if (!(child instanceof HTMLElement) || child.popover !== null) continue;
        const isOut = child.offsetTop - element.offsetTop >= element.clientHeight;
        child.style.visibility = isOut ? 'hidden' : '';
        if (isOut) out += 1;
      }
      setHidden(out);
    };
    const sizes = new ResizeObserver(update);
    const content = new MutationObserver(update);
    sizes.observe(element);
    content.observe(element, { childList: true, subtree: true, characterData: true });
    update();
    return () => {
      sizes.disconnect();
      content.disconnect();
    };
  }, []);
  return { strip, hidden };
}
