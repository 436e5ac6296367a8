// Told apart from a filter by its looks alone, so that reading it (command-to-query.ts) can come later.

/** Another command, up to the pipe or list operator that `hubble` stands behind. No token of a filter begins like it. */
const BEFORE = /(?!not\s)[\w./~-]+(?:=\S*)?(?:\s(?:[^|&;'"\\]|\\.|'[^']*'|"[^"]*")*)?(?:\|&?|&&|;)\s*/s;
const HUBBLE =
  /(?:(?:\w+=\S*|sudo)\s+)*(?:(?:kubectl|oc)\s.*?\s--\s+)?(?:\S*\/)?hubble(?:\.exe)?[\s\\]+(?:-.*\s)?(?:observe|list|status|watch|record|config|version|completion|help)(?:\s|$)/;
const COMMAND = new RegExp(`^\\s*(?:[$#%]\\s+)?(?:${BEFORE.source}){0,9}?${HUBBLE.source}`, 's');

/** Whether the text is a command line of `hubble` rather than a filter; only those of `observe` give one. */
export function isCommand(text: string): boolean {
  return COMMAND.test(text);
}
