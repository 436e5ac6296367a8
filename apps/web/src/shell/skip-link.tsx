// The first stop of the keyboard: past bars, facets and timeline to what is read.

/** Seen only while it has the focus. */
export function SkipLink() {
  return (
    <button
      type="button"
      onClick={() => contentOf(document)?.focus()}
      className="fixed top-1 left-1 z-10 h-8 rounded-button border border-line2 bg-overlay px-3 text-body font-medium text-text not-focus-visible:unseen"
    >
      Skip to content
    </button>
  );
}

/** The first list; where no pane has one, the first thing in a pane that takes the focus. */
function contentOf(page: Document): HTMLElement | null {
  return (
    page.querySelector<HTMLElement>('[data-shortcut-target="list"]') ??
    page.querySelector<HTMLElement>('[data-pane] [tabindex="0"], [data-pane] button')
  );
}
