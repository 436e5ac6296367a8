// Told apart from a filter by its looks alone, so that reading it (command-to-query.ts) can come later.

const COMMAND =
  /^\s*(?:[$#%]\s+)?(?:(?:\w+=\S*|sudo)\s+)*(?:kubectl\s.*?\s--\s+)?(?:\S*\/)?hubble(?:\.exe)?[\s\\]+(?:-.*\s)?(?:observe|list|status|watch|record|config|version|completion|help)(?:\s|$)/s;

/** Whether the text is a command line of `hubble` rather than a filter; only those of `observe` give one. */
export function isCommand(text: string): boolean {
  return COMMAND.test(text);
}
