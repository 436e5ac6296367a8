// The open panes, one below the other or side by side, each with its own error boundary. Splitters between them move what each has; one
// of them can fill all, and the others then rest.

import { Activity, Fragment, useEffect, useMemo, useRef, useState } from 'react';
import { reportFirstRows } from '../loading/first-rows.ts';
import { type PaneDef, type PaneFrame, PaneFrameContext } from '../panes/pane.ts';
import { PANES } from '../panes/registry.ts';
import { navigate, useView } from '../view-state/index.ts';
import { PaneBoundary } from './pane-boundary.tsx';
import { moveSplit, paneShares, sizesOf } from './pane-shares.ts';
import { Splitter } from './splitter.tsx';
import { PHONE, useMedia } from './use-media.ts';

/** A pane's head and two rows, or a row's time and verdict. */
const LEAST_PX = { row: 300, column: 90 } as const;
/** Less than this has no room for two panes beside each other. */
const ROOM_FOR_TWO = '(min-width: 960px)';

export function PaneArea() {
  const { panes, beside, sizes, full } = useView();
  const roomy = useMedia(ROOM_FOR_TWO);
  const phone = useMedia(PHONE);
  const along = beside && roomy ? 'row' : 'column';
  const area = useRef<HTMLDivElement | null>(null);
  const [dragged, setDragged] = useState<readonly number[] | undefined>(undefined);
  const asked = PANES.filter((pane) => panes.includes(pane.id));
  // A link may ask only for panes that this build does not offer.
  const open = asked.length > 0 ? asked : PANES;
  const chosen = open.length > 1 ? open.find(({ id }) => id === full) : undefined;
  // A phone has room for one: the last, which is the list where it is open.
  const filling = chosen ?? (phone && open.length > 1 ? open.at(-1) : undefined);
  const listed = filling === undefined ? open.some(({ id }) => id === 'flows') : filling.id === 'flows';
  useEffect(() => {
    // Nothing else on the page draws rows.
    if (!listed) reportFirstRows();
  }, [listed]);
  const shares = paneShares(open, sizes);
  const shown = dragged ?? shares;

  function roomPx(): number {
    return (along === 'row' ? area.current?.clientWidth : area.current?.clientHeight) ?? 0;
  }
  function moved(index: number, byPercent: number): readonly number[] {
    const room = roomPx();
    return moveSplit(shares, index, byPercent, room === 0 ? 0 : (LEAST_PX[along] * 100) / room);
  }
  function drag(index: number, byPx: number): void {
    const room = roomPx();
    if (room > 0) setDragged(moved(index, (byPx * 100) / room));
  }
  function drop(): void {
    if (dragged !== undefined) navigate({ sizes: sizesOf(open, dragged) });
    setDragged(undefined);
  }

  return (
    <div ref={area} className={`flex min-h-0 min-w-0 flex-1 ${along === 'row' ? 'flex-row' : 'flex-col'}`}>
      {open.map((pane, index) => {
        const above = open[index - 1];
        return (
          <Fragment key={pane.id}>
            {above !== undefined && filling === undefined && (
              <Splitter
                along={along}
                before={above.title}
                after={pane.title}
                percent={shown[index - 1] ?? 0}
                onDrag={(byPx) => drag(index - 1, byPx)}
                onDrop={drop}
                onStep={(by) => navigate({ sizes: sizesOf(open, moved(index - 1, by)) }, { replace: true })}
                onReset={() => navigate({ sizes: {} })}
              />
            )}
            <Activity mode={filling === undefined || filling === pane ? 'visible' : 'hidden'}>
              <PanePlace
                pane={pane}
                grow={shown[index] ?? 100}
                alone={open.length === 1 || phone}
                full={filling === pane}
              />
            </Activity>
          </Fragment>
        );
      })}
    </div>
  );
}

function PanePlace({
  pane,
  grow,
  alone,
  full,
}: {
  readonly pane: PaneDef;
  readonly grow: number;
  readonly alone: boolean;
  readonly full: boolean;
}) {
  const { id, title, view: View } = pane;
  const frame = useMemo(
    (): PaneFrame | undefined =>
      alone ? undefined : { full, toggleFull: () => navigate({ full: full ? undefined : id }) },
    [alone, full, id],
  );
  return (
    <PaneFrameContext value={frame}>
      <div data-pane={id} className="flex min-h-0 min-w-0 flex-col" style={{ flex: `${grow} 1 0` }}>
        <PaneBoundary title={title}>
          <View />
        </PaneBoundary>
      </div>
    </PaneFrameContext>
  );
}
