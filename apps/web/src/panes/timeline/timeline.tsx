// The timeline: which time is on screen, what was counted in it, and the parts that show it.

import { useMemo, useState } from 'react';
import type { StatusAnswer } from '../../engine/protocol.ts';
import { useView } from '../../view-state/index.ts';
import { useAnswer, useFilter } from '../pane.ts';
import { barWords, chooseBarMs } from '../bar-width.ts';
import { brushOf } from './brush.ts';
import { BucketTable } from './bucket-table.tsx';
import { dimensionOf } from './dimensions.ts';
import { msOf } from './domain.ts';
import { histogramOf, histogramQuery } from './histogram-query.ts';
import { plotLayout } from './layout.ts';
import { LeftCell } from './left-cell.tsx';
import { Plot } from './plot.tsx';
import { createStacker } from './stacker.ts';
import { useClock, useSeconds } from './use-clock.ts';
import { useSize } from './use-size.ts';
import { useZoom } from './use-zoom.ts';

export function Timeline() {
  const view = useView();
  const filter = useFilter();
  const status = useAnswer({ kind: 'status', filter: '' });
  const heldSinceMs = msOf(status?.oldestNs);
  // The time of a file is that of its last record, and it begins with its first.
  const file = status?.files === undefined ? undefined : fileSpan(status);
  const stillNs = view.pausedAtNs ?? file?.newestNs;
  const oldestMs = file === undefined ? heldSinceMs : msOf(file.oldestNs);
  const clock = useClock(status, stillNs);
  useSeconds(stillNs === undefined);
  const nowMs = clock();
  const zoom = useZoom(view.window, nowMs, oldestMs);
  const { span, live } = zoom;

  const [sizeRef, size] = useSize();
  const dimension = dimensionOf(view.split);
  const layout = useMemo(() => plotLayout(size?.widthPx ?? 0, dimension), [size, dimension]);
  const bucketMs = chooseBarMs(Math.round(span.endMs - span.startMs), layout.widthPx);
  const query = histogramQuery(dimension, filter, span, bucketMs, live, stillNs);
  const answer = useAnswer(size && query);
  const histogram = useMemo(() => answer && histogramOf(answer, dimension), [answer, dimension]);
  const [stack] = useState(createStacker);
  const stacked = histogram && stack(histogram, dimension);
  const brush = brushOf(view.window, oldestMs ?? span.startMs);
  const hint = brush !== undefined || zoom.zoomed ? 'Double-click for live.' : 'Drag to pick a window.';

  return (
    <section aria-label="Timeline" className="flex h-full">
      <LeftCell dimension={dimension} bucketMs={bucketMs} bars={stacked?.bars} hint={hint} />
      <div ref={sizeRef} className="relative min-w-0 flex-1">
        {size !== undefined && (
          <Plot
            size={size}
            layout={layout}
            zoom={zoom}
            clock={clock}
            paused={stillNs !== undefined}
            bucketMs={bucketMs}
            stacked={stacked}
            brush={brush}
            heldSinceMs={heldSinceMs}
          />
        )}
        <p className="pointer-events-none absolute top-0.5 left-11 text-head text-text3 tablet:hidden">
          by {dimension.title}, 1 bar = {barWords(bucketMs)}
        </p>
      </div>
      {stacked !== undefined && (
        <BucketTable bars={stacked.bars} span={span} nowMs={nowMs} title={dimension.title} zone={view.zone} />
      )}
    </section>
  );
}

/** Of the flows and of what agents tell between them. */
function fileSpan({
  oldestNs,
  newestNs,
  agentsNs,
}: StatusAnswer): Pick<StatusAnswer, 'oldestNs' | 'newestNs'> {
  const [first, last] = agentsNs ?? [];
  return {
    oldestNs: oldestNs === undefined || (first !== undefined && first < oldestNs) ? first : oldestNs,
    newestNs: newestNs === undefined || (last !== undefined && last > newestNs) ? last : newestNs,
  };
}
