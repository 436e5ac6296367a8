// The moment from which the first rows no longer need the line and the thread for themselves: they are on screen, or it
// is known that none comes soon. What can wait for them is fetched then (late-code.ts).

/** Rows that have not come by then are not waited for: the server is slow, or has none. */
const LONGEST_MS = 3000;

let open = (): void => {};
const drawn = new Promise<void>((resolve) => {
  open = resolve;
});

/** Resolves once, and stays so for as long as the page is open. */
export function firstRowsDrawn(): Promise<void> {
  return drawn;
}

/** By whoever has put rows into the page, or knows that none will come. Again does nothing. */
export function reportFirstRows(): void {
  // A hidden tab has no frames.
  if (document.hidden) open();
  else requestAnimationFrame(() => setTimeout(open));
}

/** From now on rows are waited for, but not for ever. */
export function waitForFirstRows(): void {
  setTimeout(open, LONGEST_MS);
}
