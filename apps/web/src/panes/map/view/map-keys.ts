// What keys do while the map has the focus. Each thing a mouse can do has a key; see KEY_HINT for how people are told.

export type Direction = 'left' | 'right' | 'up' | 'down';

export type MapAct =
  /** The mark goes to the next thing on that side. */
  | { readonly kind: 'mark'; readonly to: Direction }
  | { readonly kind: 'pan'; readonly dx: number; readonly dy: number }
  /** What is marked moves, and stays there. In units of the map. */
  | { readonly kind: 'move'; readonly dx: number; readonly dy: number }
  | { readonly kind: 'put-back' }
  | { readonly kind: 'choose'; readonly adding: boolean }
  | { readonly kind: 'around'; readonly adding: boolean }
  | { readonly kind: 'let-go' }
  | { readonly kind: 'zoom'; readonly by: number }
  | { readonly kind: 'fit' };

export const KEY_HINT =
  'Arrows mark · Enter chooses or opens, with Shift adds · H draws around it · Ctrl arrows move it, Backspace puts back · Shift arrows pan · + − 0 zoom';

const PAN_PX = 60;
const MOVE = 20;
const ZOOM_STEP = 1.25;

const ARROWS: ReadonlyMap<string, readonly [Direction, number, number]> = new Map([
  ['ArrowLeft', ['left', -1, 0]],
  ['ArrowRight', ['right', 1, 0]],
  ['ArrowUp', ['up', 0, -1]],
  ['ArrowDown', ['down', 0, 1]],
]);

export type PressedKey = {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
};

/** undefined: the key is not the map's. */
export function mapAct({ key, shiftKey, ctrlKey, metaKey, altKey }: PressedKey): MapAct | undefined {
  if (altKey) return undefined;
  const arrow = ARROWS.get(key);
  if (arrow !== undefined) {
    const [to, dx, dy] = arrow;
    if (ctrlKey || metaKey) return { kind: 'move', dx: dx * MOVE, dy: dy * MOVE };
    // The map moves under the window: what lies to the right comes in when it goes left.
    return shiftKey ? { kind: 'pan', dx: -dx * PAN_PX, dy: -dy * PAN_PX } : { kind: 'mark', to };
  }
  if (ctrlKey || metaKey) return undefined;
  switch (key) {
    case 'Enter':
      return { kind: 'choose', adding: shiftKey };
    case 'h':
    case 'H':
      return { kind: 'around', adding: shiftKey };
    case 'Backspace':
    case 'Delete':
      return { kind: 'put-back' };
    case 'Escape':
      return { kind: 'let-go' };
    case '+':
    case '=':
      return { kind: 'zoom', by: ZOOM_STEP };
    case '-':
    case '_':
      return { kind: 'zoom', by: 1 / ZOOM_STEP };
    case '0':
      return { kind: 'fit' };
    default:
      return undefined;
  }
}
