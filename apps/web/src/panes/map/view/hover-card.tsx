// What is under the pointer: the whole name, and where its rate comes from.

import { droppedText, rateText } from '../draw/words.ts';
import type { Point } from '../layout/geometry.ts';
import type { Load } from '../model/scene.ts';

export type Hovered = {
  readonly name: string;
  readonly load: Load | undefined;
  readonly note: string;
  readonly at: Point;
};

export function HoverCard({
  hovered,
  widthPx,
  heightPx,
}: {
  readonly hovered: Hovered;
  readonly widthPx: number;
  readonly heightPx: number;
}) {
  const { name, load, note, at } = hovered;
  // Away from the pointer, and within the map.
  const style = {
    ...(at.x > widthPx / 2 ? { right: widthPx - at.x + 14 } : { left: at.x + 14 }),
    ...(at.y > heightPx / 2 ? { bottom: heightPx - at.y + 14 } : { top: at.y + 14 }),
  };
  return (
    <div
      role="presentation"
      style={style}
      className="pointer-events-none absolute max-w-80 rounded-card border border-line2 bg-overlay px-2 py-1 text-note text-text2"
    >
      <div className="font-semibold [overflow-wrap:anywhere] text-text">{name}</div>
      {note !== '' && <div>{note}</div>}
      {load !== undefined && (
        <div className="whitespace-nowrap">
          in {rateText(load.inPerS)}, out {rateText(load.outPerS)}
          {load.insidePerS > 0 && `, inside ${rateText(load.insidePerS)}`}
          {load.droppedPerS > 0 && <span className="font-semibold text-dropped"> · {droppedText(load)}</span>}
        </div>
      )}
    </div>
  );
}

/** The same in words, for who does not see it. */
export function wordsOf({ name, note, load }: Hovered): string {
  const rates =
    load === undefined
      ? ''
      : `in ${rateText(load.inPerS)}, out ${rateText(load.outPerS)}${load.droppedPerS > 0 ? `, ${droppedText(load)}` : ''}`;
  return [name, note, rates].filter(Boolean).join('. ');
}
