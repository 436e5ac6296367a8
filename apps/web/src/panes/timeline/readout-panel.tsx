// What one bar, or the window, holds: beside the chart, in the top layer, never under the pointer.

import { type RefObject, useLayoutEffect, useRef } from 'react';
import { formatExact, formatRate, formatSpan, VerdictGlyph, type Zone } from '../../widgets/index.ts';
import type { Layer } from './bars.ts';
import { flowCount, type Readout, spanWords } from './words.ts';

const WIDTH_PX = 220;
const GAP_PX = 6;

export type ReadoutPanelProps = {
  readonly readout: Readout;
  readonly bucketMs: number;
  readonly zone: Zone;
  /** The panel stands below it. */
  readonly plot: RefObject<HTMLElement | null>;
  /** Middle of what is read, px from the left edge of the plot. */
  readonly atX: () => number;
};

export function ReadoutPanel({ readout, bucketMs, zone, plot, atX }: ReadoutPanelProps) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const panel = ref.current;
    if (panel === null) return;
    if (!panel.matches(':popover-open')) panel.showPopover();
    const box = plot.current?.getBoundingClientRect();
    if (box === undefined) return;
    const rightmost = window.innerWidth - WIDTH_PX - 8;
    panel.style.left = `${String(Math.max(8, Math.min(rightmost, box.left + atX() - WIDTH_PX / 2)))}px`;
    panel.style.top = `${String(box.bottom + GAP_PX)}px`;
  });
  const { fromMs, toMs, total, rows, lost, unseenMs } = readout;
  const seconds = (toMs - fromMs) / 1000;
  return (
    <div
      ref={ref}
      popover="manual"
      role="tooltip"
      data-testid="timeline-readout"
      style={{ width: WIDTH_PX }}
      className="pointer-events-none fixed rounded-card border border-line2 bg-overlay px-2.5 py-1.5 text-note text-text"
    >
      <p className="text-text2">{spanWords({ startMs: fromMs, endMs: toMs }, bucketMs, zone)}</p>
      <p className="font-semibold">
        {flowCount(total)}
        <span className="font-normal text-text2"> {formatRate(total / seconds)}/s</span>
      </p>
      {rows.map(({ layer, count }) => (
        <p key={layer.name} className="flex items-center gap-1.5">
          <LayerSign layer={layer} />
          <span className="min-w-0 flex-1 truncate">{layer.name}</span>
          <span>{formatExact(count)}</span>
        </p>
      ))}
      {lost > 0 && <p>{formatExact(lost)} lost on the way</p>}
      {unseenMs > 0 && <p>Not connected for {formatSpan(unseenMs)}</p>}
    </div>
  );
}

/** Shape of a verdict, or a swatch of the bar's colour. */
export function LayerSign({ layer }: { readonly layer: Layer }) {
  if (layer.glyph !== undefined) return <VerdictGlyph kind={layer.glyph} />;
  return (
    <span
      aria-hidden
      className="size-2.5 shrink-0"
      style={{ background: `var(${layer.ink.token})`, opacity: layer.ink.alpha }}
    />
  );
}
