// What one bar, or the window, holds: beside the chart, in the top layer, never under the pointer.

import { type RefObject, useLayoutEffect, useRef } from 'react';
import { formatExact, formatRate, formatSpan, VerdictGlyph, type Zone } from '../../widgets/index.ts';
import { eventCount, saidText, saidTitle } from './agent-marks.ts';
import type { Layer } from './bars.ts';
import { flowCount, type Readout, spanWords } from './words.ts';

const WIDTH_PX = 220;
/** With sentences in it. */
const WIDE_PX = 340;
/** Things that agents said which are written out. */
const SAID = 4;
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
  const { fromMs, toMs, total, rows, lost, unseenMs, events } = readout;
  const widthPx = events.length > 0 ? WIDE_PX : WIDTH_PX;
  useLayoutEffect(() => {
    const panel = ref.current;
    if (panel === null) return;
    if (!panel.matches(':popover-open')) panel.showPopover();
    const box = plot.current?.getBoundingClientRect();
    if (box === undefined) return;
    const rightmost = window.innerWidth - widthPx - 8;
    panel.style.left = `${String(Math.max(8, Math.min(rightmost, box.left + atX() - widthPx / 2)))}px`;
    panel.style.top = `${String(box.bottom + GAP_PX)}px`;
  });
  const seconds = (toMs - fromMs) / 1000;
  return (
    <div
      ref={ref}
      popover="manual"
      role="tooltip"
      data-testid="timeline-readout"
      style={{ width: widthPx, maxWidth: 'calc(100vw - 16px)' }}
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
      {events.length > 0 && <ToldByAgents events={events} />}
    </div>
  );
}

function ToldByAgents({ events }: { readonly events: Readout['events'] }) {
  const all = events.reduce((sum, { count }) => sum + count, 0);
  const said = events.flatMap((event) => event.said).slice(0, SAID);
  const more = all - said.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className="mt-1 border-t border-line pt-1">
      <p className="font-semibold">{eventCount(all)}</p>
      {said.map((one) => (
        <div key={one.text} className="mt-0.5">
          <p className="font-medium wrap-anywhere">{saidTitle(one)}</p>
          <p className="line-clamp-4 text-text2 wrap-anywhere">{saidText(one)}</p>
        </div>
      ))}
      {more > 0 && <p className="text-text2">{formatExact(more)} more</p>}
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
