// The page: provides engine, filter in force, moment and status, and lays the parts out.
//
//   top bar
//   +-----------------------------+-----------+
//   | filter bar, notices         | flow      |
//   | timeline, rail and panes    | panel 440 |
//   | (body.tsx)                  |           |
//   +-----------------------------+-----------+
//   status strip

import { type ReactNode, Suspense, useEffect, useMemo, useState } from 'react';
import { liveSource } from '../engine/live-spec.ts';
import type { Engine } from '../engine/protocol.ts';
import { FilterBar } from '../filter-bar/index.tsx';
import {
  EngineContext,
  FilterContext,
  type Moment,
  MomentContext,
  StepDropContext,
  TimeRangeContext,
  useAnswer,
  useFilter,
} from '../panes/pane.ts';
import { useSettled } from '../panes/settle.ts';
import { readSettings, useAppliedTheme } from '../settings/index.ts';
import { currentView, onViewChange, resolveRange, useView } from '../view-state/index.ts';
import { fetchedPart } from '../widgets/index.ts';
import { Body } from './body.tsx';
import { DetailArea } from './detail-area.tsx';
import { DisconnectedBar } from './disconnected-bar.tsx';
import { GuideStrip } from './guide-strip.tsx';
import { expectFilters } from './expect-filter.ts';
import { FileDrop } from './file-drop.tsx';
import { useFileMoment } from './file-moment.ts';
import { useFilterInForce } from './filter-in-force.ts';
import { useLiveControl } from './live.ts';
import { Notices } from './notices.tsx';
import { useOutage } from './outage.ts';
import { type PageActions, PageActionsContext } from './page-actions.ts';
import { StatusContext, usePageStatus } from './page-status.ts';
import { PaneBoundary } from './pane-boundary.tsx';
import { RailStateContext, useOwnRailState } from './rail-state.ts';
import { SkipLink } from './skip-link.tsx';
import { StatusStrip } from './status-strip.tsx';
import { SourceContext, useSource, useViewSource } from './source-context.ts';
import { TopBar } from './top-bar.tsx';
import { useEngineFailure } from './use-engine-failure.ts';
import { type ShellDialog, useHandlers } from './use-handlers.ts';
import { useSaid } from './use-said.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { WithLinkFlow } from './with-link-flow.tsx';

const HelpDialog = fetchedPart(async () => (await import('./help-dialog.tsx')).HelpDialog);
const CommandPalette = fetchedPart(async () => (await import('./command-palette.tsx')).CommandPalette);
const FilesBar = fetchedPart(async () => (await import('./files-bar.tsx')).FilesBar);
const FlowPanel = fetchedPart(async () => (await import('../panes/detail/index.tsx')).FlowPanel);

/** `baseUrl` has no slash at its end. */
export function Page({ engine, baseUrl }: { readonly engine: Engine; readonly baseUrl: string }) {
  useAppliedTheme();
  useEngineFailure(engine);
  const view = useView();
  const filter = useFilterInForce(view.filter);
  const source = useViewSource(baseUrl);
  const live = useLiveControl(engine, view.pausedAtNs);
  const { said, say } = useSaid();
  const [dialog, setDialog] = useState<ShellDialog | undefined>(undefined);
  const rail = useOwnRailState();
  const handlers = useHandlers({
    engine,
    filter,
    upTo: live.moment.upTo,
    say,
    open: setDialog,
    togglePause: source.kind === 'live' ? live.toggle : () => say(NOTHING_TO_PAUSE),
    toggleRail: rail.toggle,
  });
  useShortcuts(handlers, dialog !== undefined);
  useEffect(() => expectFilters(engine, { view: currentView, subscribe: onViewChange }), [engine]);
  useEffect(() => {
    if (source.kind === 'live') engine.open(liveSource(baseUrl, readSettings().rowsKept), filter);
    else if (source.kind === 'files') engine.open(source.spec, filter);
  }, [engine, baseUrl, filter, source]);
  const actions: PageActions = useMemo(() => ({ handlers, say, said }), [handlers, say, said]);
  const stepDrop = useMemo(
    () => (backwards: boolean) => handlers[backwards ? 'previous-drop' : 'next-drop'](),
    [handlers],
  );
  const close = (): void => setDialog(undefined);

  return (
    <EngineContext value={engine}>
      <FilterContext value={filter}>
        <SourceContext value={source}>
          <PageActionsContext value={actions}>
            <WithStatus>
              <RailStateContext value={rail}>
                <StepDropContext value={stepDrop}>
                  <WithLinkFlow>
                    {/* Rows of one source are not those of another. */}
                    <WithMoment
                      key={source.kind === 'files' ? source.spec.id : source.kind}
                      live={live.moment}
                    >
                      <Layout />
                    </WithMoment>
                  </WithLinkFlow>
                </StepDropContext>
              </RailStateContext>
              <Suspense>
                {dialog === 'help' && <HelpDialog onClose={close} />}
                {dialog === 'palette' && <CommandPalette handlers={handlers} onClose={close} />}
              </Suspense>
            </WithStatus>
          </PageActionsContext>
        </SourceContext>
      </FilterContext>
    </EngineContext>
  );
}

function WithStatus({ children }: { readonly children: ReactNode }) {
  const filter = useFilter();
  const status = useSettled(useAnswer({ kind: 'status', filter }));
  return (
    <StatusContext value={status}>
      <WithTimeRange>{children}</WithTimeRange>
    </StatusContext>
  );
}

/** A file that was read to its end stands still. */
function WithMoment({ live, children }: { readonly live: Moment; readonly children: ReactNode }) {
  const still = useFileMoment();
  return <MomentContext value={still ?? live}>{children}</MomentContext>;
}

function WithTimeRange({ children }: { readonly children: ReactNode }) {
  const { window, pausedAtNs } = useView();
  const { sinceNs, untilNs } = resolveRange(window, pausedAtNs, usePageStatus()?.newestNs);
  const range = useMemo(() => ({ sinceNs, untilNs }), [sinceNs, untilNs]);
  return <TimeRangeContext value={range}>{children}</TimeRangeContext>;
}

function Layout() {
  const view = useView();
  const status = usePageStatus();
  const source = useSource();
  const outage = useOutage(source.kind === 'live' ? status?.connection : undefined);
  const detail = view.detail && view.flow !== undefined;
  return (
    <div className="flex h-full flex-col">
      <SkipLink />
      <div className={detail ? PANEL_FILLS : ''}>
        <TopBar />
      </div>
      <main className="flex min-h-0 flex-1">
        <div className={`flex min-w-0 flex-1 flex-col ${detail ? PANEL_FILLS : ''}`}>
          <PaneBoundary title="The filter bar">
            <FilterBar />
          </PaneBoundary>
          <Notices />
          {source.kind === 'live' && <GuideStrip />}
          {source.kind === 'files' && status?.files !== undefined && (
            <Suspense>
              <FilesBar report={status.files} />
            </Suspense>
          )}
          {outage !== undefined && (
            <DisconnectedBar outage={outage} zone={view.zone} isExplained={status?.stats.held === 0} />
          )}
          <Body />
        </div>
        {detail && (
          <DetailArea>
            <PaneBoundary title="The flow panel">
              <Suspense>
                <FlowPanel />
              </Suspense>
            </PaneBoundary>
          </DetailArea>
        )}
      </main>
      <div className={detail ? PANEL_FILLS : ''}>
        <StatusStrip />
      </div>
      <FileDrop />
    </div>
  );
}

const NOTHING_TO_PAUSE = 'A file stands still: there is nothing to pause.';

/** On a phone the flow panel takes all the place. */
const PANEL_FILLS = 'max-tablet:hidden';
