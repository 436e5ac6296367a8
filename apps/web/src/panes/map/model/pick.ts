// What a person has chosen on the map: some nodes, or one link. The choice is in the address, with what it has put into
// the filter for every other pane to show it. The map itself asks without that.

export type Pick =
  | { readonly kind: 'none' }
  | { readonly kind: 'nodes'; readonly ids: readonly string[] }
  | { readonly kind: 'link'; readonly source: string; readonly target: string };

export const NO_PICK: Pick = { kind: 'none' };

/** A choice and what it has done to the filter. */
export type Chosen = {
  readonly pick: Pick;
  /** Tokens that it has put there; undefined in links of older versions, which do not say. */
  readonly put: string | undefined;
  /** Tokens that it has taken out, since what it has put there says the same and more. */
  readonly held: string;
};

const ARROW = ' > ';
const PUT = '=';
const HELD = '~';

/** As the address holds it: ids of nodes, or one `source > target`; then `=tokens put` and `~tokens taken out`. */
export function readChosen(items: readonly string[]): Chosen {
  const ids = items.filter((item) => !item.startsWith(PUT) && !item.startsWith(HELD));
  const textAfter = (mark: string): string | undefined =>
    items.find((item) => item.startsWith(mark))?.slice(mark.length);
  return { pick: readPick(ids), put: textAfter(PUT), held: textAfter(HELD) ?? '' };
}

export function writeChosen({ pick, put, held }: Chosen): readonly string[] {
  if (pick.kind === 'none') return [];
  const ids = pick.kind === 'nodes' ? pick.ids : [`${pick.source}${ARROW}${pick.target}`];
  return [...ids, ...(put === undefined ? [] : [`${PUT}${put}`]), ...(held === '' ? [] : [`${HELD}${held}`])];
}

function readPick(ids: readonly string[]): Pick {
  const [first] = ids;
  if (first === undefined) return NO_PICK;
  const [source, target, ...more] = first.split(ARROW);
  if (ids.length === 1 && source !== undefined && target !== undefined && more.length === 0)
    return { kind: 'link', source, target };
  return { kind: 'nodes', ids };
}
