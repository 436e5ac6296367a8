import { type RefCallback, useCallback } from 'react';

/**
 * For a one-line strip that wraps what does not fit out of sight: such children are hidden, so that the keyboard does
 * not reach what the eye cannot. Give the ref to the strip.
 */
export function useFitting(): RefCallback<HTMLElement> {
  return useCallback((strip: HTMLElement | null) => {
    if (strip === null) return undefined;
    const update = (): void => {
      for (const child of strip.children) {
        if (!(child instanceof HTMLElement) || child.popover !== null) continue;
        child.style.visibility = child.offsetTop - strip.offsetTop >= strip.clientHeight ? 'hidden' : '';
      }
    };
    const sizes = new ResizeObserver(update);
    const content = new MutationObserver(update);
    sizes.observe(strip);
    content.observe(strip, { childList: true, subtree: true, characterData: true });
    update();
    return () => {
      sizes.disconnect();
      content.disconnect();
    };
  }, []);
}
