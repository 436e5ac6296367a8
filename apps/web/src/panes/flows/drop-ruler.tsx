// Where the drops are in the whole list, as an editor shows errors beside its scroll bar. It lies behind the bar and
// takes no clicks: the bar does, and n and p walk the same drops by keyboard.

const PARTS = 256;

export type DropRulerProps = {
  /** Drops in each of 256 equal parts of the list. */
  readonly drops: Uint32Array | undefined;
};

export function DropRuler({ drops }: DropRulerProps) {
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute top-6.5 right-0 bottom-0 w-3 border-l border-line"
    >
      <svg
        viewBox={`0 0 1 ${String(PARTS)}`}
        preserveAspectRatio="none"
        className="h-full w-full text-dropped-fill"
      >
        <path d={ticks(drops)} fill="currentColor" />
      </svg>
    </div>
  );
}

function ticks(drops: Uint32Array | undefined): string {
  if (drops === undefined) return '';
  const most = drops.reduce((max, count) => Math.max(max, count), 0);
  let path = '';
  for (let part = 0; part < drops.length; part++) {
    const count = drops[part] ?? 0;
    // One drop is seen as well as many; many are wider.
    if (count > 0) path += tick(part, 0.35 + 0.45 * (count / most));
  }
  return path;
}

function tick(part: number, width: number): string {
  return `M.9 ${String(part)}v.8h-${width.toFixed(2)}v-.8z`;
}
