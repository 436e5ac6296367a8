// The flows pane: ties view, settings and engine to the grid. Holds no flows beyond the feed's last answer.

import { type RefObject, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { FlowRow, RowId } from '../../engine/protocol.ts';
import { reportFirstRows } from '../../loading/first-rows.ts';
import { changeSettings, useSettings } from '../../settings/index.ts';
import { type ColumnId, navigate, useView } from '../../view-state/index.ts';
import { copyText, fetchedPart } from '../../widgets/index.ts';
import { flowKey, isRowKey, openKey } from '../flow-key.ts';
import { fetchFlowText, type FlowTextKind } from '../flow-texts.ts';
import { useAnswer, useEngine, useFilter, useMoment, useTimeRange } from '../pane.ts';
import { useLate } from '../use-late.ts';
import { CellMenu } from './cell-menu.tsx';
import { clampWidth, moveItem, placeColumns } from './column-layout.ts';
import { type ColumnDef, columnsOf, countColumn, lineColumn, stackColumn } from './columns.ts';
import { DropRuler } from './drop-ruler.tsx';
import { EmptyFlows } from './empty-flows.tsx';
import type { TimeStyle } from './flow-cell.tsx';
import { type CellPlace, FlowGrid, HEAD_PX } from './flow-grid.tsx';
import { FlowsHead } from './flows-head.tsx';
import { type FocusedCell, NO_FOCUS, placeFocus } from './grid-focus.ts';
import { LinkRow } from './link-row.tsx';
import type { FeedSnapshot, RowFeed } from './row-feed.ts';
import { isOnScreen, rowAt } from './row-window.ts';
import { useCompactLines } from './use-compact-lines.ts';
import { useRowFeed } from './use-row-feed.ts';

const ExportDialog = fetchedPart(async () => (await import('./export-dialog.tsx')).ExportDialog);

const ROW_PX = { normal: 28, compact: 24 } as const;
/** Two lines of text: a phone has no room for columns. */
const ROW_TOUCH_PX = 52;
const NO_ROWS: readonly FlowRow[] = [];

export function FlowsPane() {
  const view = useView();
  const settings = useSettings();
  const engine = useEngine();
  const filter = useFilter();
  const moment = useMoment();
  const range = useTimeRange();
  // A live list can be sorted by time only: rows would jump about otherwise.
  const sort = moment.paused || view.sort.key === 'time' ? view.sort : BY_TIME;
  const { feed, snapshot } = useRowFeed({
    filter,
    ...range,
    upTo: moment.upTo,
    sort,
    group: view.group,
  });
  const [focused, setFocused] = useState<FocusedCell>(NO_FOCUS);
  const [menu, setMenu] = useState<{ readonly place: CellPlace; readonly at: DOMRect } | undefined>(
    undefined,
  );
  const [found, setFound] = useState<{ readonly text: string; readonly id: RowId } | undefined>(undefined);
  const [said, setSaid] = useState('');
  const [exporting, setExporting] = useState(false);
  const answered = snapshot.drawn !== undefined;
  useEffect(() => {
    if (answered) reportFirstRows();
  }, [answered]);
  const rows = snapshot.drawn?.slice.rows ?? NO_ROWS;
  const focus = placeFocus(focused, snapshot.drawn?.slice);
  const lineOf = useCompactLines(rows, view.lines);
  const loading = useLate(snapshot.drawn === undefined);

  const touch = useTouch();
  const rowPx = touch && !view.lines ? ROW_TOUCH_PX : ROW_PX[settings.density];
  const shown = useRevealSelected(view.flow, filter, feed, isRowSeen(snapshot, view.flow, rowPx));
  const columns = useMemo(
    () => shownColumns(view.columns, view.group, view.lines, touch),
    [view.columns, view.group, view.lines, touch],
  );
  const place = usePlacedColumns(columns, settings.columnWidths);
  const newestNs = useAnswer(view.time === 'relative' ? { kind: 'status', filter: '' } : undefined)?.newestNs;
  const time = useTimeStyle(view.zone, view.time === 'relative' ? newestNs : undefined);

  const { find } = view;
  const onFound = useCallback(
    (id: RowId) => {
      setFound({ text: find, id });
      setFocused({ row: 0, column: 0, id });
      feed.reveal(id);
    },
    [feed, find],
  );
  const onExport = useCallback(() => setExporting(true), []);
  function open(row: FlowRow): void {
    if (snapshot.following) feed.setFollowing(false);
    const key = openKey(row);
    // Chosen here, even at the edge of the screen: the list stays where it is.
    shown.current = key;
    navigate({ flow: key, detail: true });
  }
  function copy(text: string, lacks = ''): void {
    void copyText(text).then((copied) =>
      setSaid(copied ? `Copied. ${lacks}`.trimEnd() : 'The browser does not let this page copy.'),
    );
  }
  function copyFlow(id: RowId, kind: FlowTextKind): void {
    fetchFlowText(engine, id, kind).then(
      (made) => {
        if (made === undefined) setSaid('The bytes of this flow are no longer held.');
        else copy(made.text, made.lacks);
      },
      () => setSaid('Nothing is copied: the server is away. Try again when it is back.'),
    );
  }
  const shownColumn = (place: CellPlace): ColumnDef | undefined => columns[place.column];

  return (
    <section aria-label="Flows" className="@container flex h-full min-h-0 min-w-0 flex-col bg-base">
      <FlowsHead
        filter={filter}
        total={snapshot.total}
        newer={snapshot.newer}
        following={snapshot.following}
        paused={moment.paused}
        newestFirst={sort.key === 'time' && sort.descending}
        grouped={view.group}
        find={view.find}
        findFrom={rows.find((row) => flowKey(row) === view.flow)?.id ?? readFrom(snapshot, rowPx)}
        onFound={onFound}
        onShowNewer={feed.showNewer}
        onFollow={feed.setFollowing}
        onExport={onExport}
      />
      <LinkRow time={time} />
      <div className="relative min-h-0 flex-1">
        <DropRuler drops={snapshot.drops} />
        <FlowGrid
          feed={feed}
          snapshot={snapshot}
          rowPx={rowPx}
          place={place}
          time={time}
          sort={sort}
          canSort={(column) => column.sort !== undefined && (moment.paused || column.sort === 'time')}
          onSort={(column) => {
            if (column.sort === undefined) return;
            navigate({
              sort: { key: column.sort, descending: column.sort === sort.key && !sort.descending },
            });
          }}
          onResize={(column, widthPx) =>
            changeSettings({ columnWidths: { ...settings.columnWidths, [column.id]: clampWidth(widthPx) } })
          }
          onMove={(index, by) => {
            const at = index - (view.group ? 1 : 0);
            if (at >= 0 && !view.lines && !touch) navigate({ columns: moveItem(view.columns, at, by) });
          }}
          isSelected={(row) => view.flow !== undefined && flowKey(row) === view.flow}
          found={found !== undefined && found.text === view.find ? found.id : undefined}
          focus={focus}
          touched={focused !== NO_FOCUS}
          onFocus={(next) => setFocused({ ...next, id: rowAt(snapshot.drawn?.slice, next.row)?.id })}
          onOpen={open}
          onMenu={(place, at) => setMenu({ place, at })}
          onCopy={(place) => copy(shownColumn(place)?.text(place.row) ?? '')}
          lineOf={lineOf}
          busy={snapshot.drawn === undefined}
        />
        {/* A grid may hold rows only: what stands in their place lies over it. */}
        {snapshot.drawn !== undefined && snapshot.total === 0 && (
          <div className="absolute inset-x-0 bottom-0 overflow-auto" style={{ top: HEAD_PX }}>
            <EmptyFlows filter={filter} />
          </div>
        )}
        {loading && (
          <p className="absolute inset-x-0 px-3.5 py-3 text-cell text-text3" style={{ top: HEAD_PX }}>
            Reading what is held…
          </p>
        )}
      </div>
      {menu !== undefined && (
        <CellMenu
          at={menu.at}
          filter={shownColumn(menu.place)?.filter(menu.place.row)}
          text={shownColumn(menu.place)?.text(menu.place.row) ?? ''}
          onOpen={() => open(menu.place.row)}
          onCopy={copy}
          onCopyLine={() => copyFlow(menu.place.row.id, 'line')}
          onCopyJson={() => copyFlow(menu.place.row.id, 'json')}
          onClose={() => setMenu(undefined)}
        />
      )}
      {exporting && (
        <Suspense>
          <ExportDialog
            rows={{ filter, ...range, upTo: moment.upTo, sort, group: view.group }}
            columns={columnsOf(view.columns)}
            onClose={() => setExporting(false)}
          />
        </Suspense>
      )}
      <output className="unseen">{said}</output>
    </section>
  );
}

function shownColumns(
  chosen: readonly ColumnId[],
  grouped: boolean,
  lines: boolean,
  touch: boolean,
): readonly ColumnDef[] {
  if (lines) return [lineColumn];
  return [...(grouped ? [countColumn] : []), ...(touch ? [stackColumn] : columnsOf(chosen))];
}

/** Where finding starts for a reader: at the first row on screen. */
function readFrom({ following, drawn }: FeedSnapshot, rowPx: number): RowId | undefined {
  if (following || drawn === undefined) return undefined;
  return rowAt(drawn.slice, Math.floor(drawn.topPx / rowPx))?.id;
}

const BY_TIME = { key: 'time', descending: false } as const;

function usePlacedColumns(columns: readonly ColumnDef[], widths: Readonly<Record<string, number>>) {
  const held = useRef<{ readonly key: string; readonly placed: ReturnType<typeof placeColumns> } | undefined>(
    undefined,
  );
  return useCallback(
    (availablePx: number) => {
      // One array for one layout, so that rows see that nothing changed.
      const placed = placeColumns(columns, widths, availablePx);
      const key = placed.map((item) => `${item.column.id}:${String(item.widthPx)}`).join();
      if (held.current?.key !== key) held.current = { key, placed };
      return held.current.placed;
    },
    [columns, widths],
  );
}

function useTimeStyle(zone: TimeStyle['zone'], referenceNs: TimeStyle['referenceNs']): TimeStyle {
  return useMemo(() => ({ zone, referenceNs }), [zone, referenceNs]);
}

function isRowSeen({ drawn, viewPx }: FeedSnapshot, key: string | undefined, rowPx: number): boolean {
  if (drawn === undefined || key === undefined) return false;
  const at = drawn.slice.rows.findIndex((row) => flowKey(row) === key);
  return at !== -1 && isOnScreen(drawn.slice.from + at, drawn.topPx, { rowPx, viewPx });
}

/** Brings the flow the address names into sight, once. Gives the key of the flow that was last in sight. */
function useRevealSelected(
  key: string | undefined,
  filter: string,
  feed: Pick<RowFeed, 'reveal' | 'setFollowing'>,
  isSeen: boolean,
): RefObject<string | undefined> {
  const engine = useEngine();
  const shown = useRef<string | undefined>(undefined);
  const onScreen = key === undefined || isSeen;
  const seek = key !== undefined && !onScreen && shown.current !== key && !isRowKey(key);
  useEffect(() => {
    if (!onScreen) return;
    // What was chosen elsewhere and is seen here must not run away with the newest rows.
    if (key !== undefined && shown.current !== key) feed.setFollowing(false);
    shown.current = key;
  }, [key, onScreen, feed]);
  useEffect(() => {
    if (!seek) return undefined;
    // Not `useAnswer`: until its first answer to this flow it would still give the place of the one before.
    const query = { kind: 'seek', filter, from: undefined, backwards: false, want: { uuid: key } } as const;
    const sought = engine.subscribe(query, ({ row }) => {
      if (row === undefined) return;
      sought.close();
      shown.current = key;
      feed.reveal(row);
    });
    return () => sought.close();
  }, [engine, seek, key, filter, feed]);
  return shown;
}

const TOUCH = '(max-width: 719.98px)';

function useTouch(): boolean {
  const [touch, setTouch] = useState(() => window.matchMedia(TOUCH).matches);
  useEffect(() => {
    const query = window.matchMedia(TOUCH);
    const follow = () => setTouch(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  return touch;
}
