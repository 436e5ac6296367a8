// Small shapes of the map beside the verdicts' own.

/** 12 x 12, strokes. */
export const ICONS = {
  workload: 'M6 .9 10.6 3.4V8.6L6 11.1 1.4 8.6V3.4ZM1.4 3.4 6 6 10.6 3.4M6 6V11.1',
  outside: 'M6 1A5 5 0 1 0 6 11A5 5 0 1 0 6 1ZM1 6H11M6 1C3.6 3.6 3.6 8.4 6 11C8.4 8.4 8.4 3.6 6 1',
  open: 'M2.5 4.5 6 8 9.5 4.5',
  closed: 'M4.5 2.5 8 6 4.5 9.5',
  pin: 'M6 7.5V11M3 7.5H9L8 5V2H4V5ZM3.5 1.5H8.5',
} as const;

type Vector = { readonly x: number; readonly y: number };

/** Head of an arrow whose tip is at `tip`, in units of the map. */
export function arrowHead(tip: Vector, way: Vector, size: number): string {
  const back = { x: tip.x - way.x * size, y: tip.y - way.y * size };
  const side = { x: -way.y * size * 0.5, y: way.x * size * 0.5 };
  return `M${n(tip.x)},${n(tip.y)}L${n(back.x + side.x)},${n(back.y + side.y)}L${n(back.x - side.x)},${n(back.y - side.y)}Z`;
}

/** A bar across the way: here the packet stopped. */
export function stopBar(at: Vector, way: Vector, half: number): string {
  return `M${n(at.x - way.y * half)},${n(at.y + way.x * half)}L${n(at.x + way.y * half)},${n(at.y - way.x * half)}`;
}

function n(value: number): string {
  return String(Math.round(value * 100) / 100);
}
