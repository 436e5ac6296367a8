// Told apart from a filter by its looks alone, so that reading it (command-to-query.ts) can come later. The bar asks it
// of every draft, so the time it takes grows with the text and not faster.

const PROMPT = /\s*(?:[$#%]\s+)?/y;
const HUBBLE =
  /(?:(?:\w+=\S*|sudo)\s+)*(?:(?:kubectl|oc)\s.*?\s--\s+)?(?:\S*\/)?hubble(?:\.exe)?[\s\\]+(?:-.*\s)?(?:observe|list|status|watch|record|config|version|completion|help)(?:\s|$)/sy;
/** How another command begins, which `hubble` stands behind. No token of a filter begins like it. */
const OTHER = /(?!not\s)[\w./~-]+(?:=[^\s|&;]*)?(?=[\s|&;])/y;
/** The rest of that command, up to and with the pipe or list operator. */
const TO_NEXT = /(?:[^|&;'"\\]|\\.|'[^']*'|"[^"]*"|&(?!&))*(?:\|[|&]?|&&|;)\s*/sy;
const MAX_OTHERS = 9;

/** Whether the text is a command line of `hubble` rather than a filter; only those of `observe` give one. */
export function isCommand(text: string): boolean {
  let at = endOf(PROMPT, text, 0) ?? 0;
  for (let others = 0; others <= MAX_OTHERS; others++) {
    if (endOf(HUBBLE, text, at) !== undefined) return true;
    const next = endOf(OTHER, text, at) === undefined ? undefined : endOf(TO_NEXT, text, at);
    if (next === undefined) return false;
    at = next;
  }
  return false;
}

/** Where a match that begins at `at` ends. */
function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
