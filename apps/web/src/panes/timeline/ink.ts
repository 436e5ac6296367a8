// Colours of marks, named by token, so that lists of marks are the same in both themes and tests read like the design.

export type Ink = {
  /** CSS variable of styles/tokens.css. */
  readonly token: string;
  /** 0 to 1; opaque when left out. */
  readonly alpha?: number;
};

/** CSS colour of a token in the theme on screen. */
export type Palette = (token: string) => string;

/** Reads each token once; make a new palette when the theme changes. */
export function createPalette(read: (token: string) => string): Palette {
  const known = new Map<string, string>();
  return (token) => {
    const found = known.get(token);
    if (found !== undefined) return found;
    const colour = read(token).trim();
    known.set(token, colour);
    return colour;
  };
}
