// What stands under the filter bar: the timeline over rail and panes, or why they would be empty.
//
//   +--------------+----------------------------+
//   | --side-width |  timeline                  |   100 px, where one is registered
//   +--------------+----------------------------+
//   | rail         |  panes                     |
//   +--------------+----------------------------+

import { ChevronDown, SlidersVertical } from 'lucide-react';
import { Doctor } from '../panes/doctor/index.tsx';
import { PANES, TIMELINE } from '../panes/registry.ts';
import { ViewsMenu } from '../saved-views/index.tsx';
import { useLate } from '../panes/use-late.ts';
import { Rail } from '../rail/index.tsx';
import { navigate, PANE_IDS, useView } from '../view-state/index.ts';
import { Button, Menu } from '../widgets/index.ts';
import { MissingFiles, NoFileFlows } from './no-file-flows.tsx';
import { usePageActions } from './page-actions.ts';
import { usePageStatus } from './page-status.ts';
import { PaneArea } from './pane-area.tsx';
import { PaneBoundary } from './pane-boundary.tsx';
import { useRailState } from './rail-state.ts';
import { useSource } from './source-context.ts';
import { useSourceName } from './source-menu.tsx';
import { PHONE, useMedia } from './use-media.ts';
import { WindowMenu } from './window-menu.tsx';

/** What takes less than 300 ms shows no sign of waiting. */
export function Body() {
  const status = usePageStatus();
  const source = useSourceName();
  const viewed = useSource();
  const empty = status === undefined || status.stats.held === 0;
  const late = useLate(empty);
  if (viewed.kind === 'missing') return <MissingFiles names={viewed.names} />;
  if (!empty) return <FullBody />;
  if (viewed.kind === 'files') {
    const report = status?.files;
    const ended = late && report !== undefined && report.state !== 'reading';
    return ended ? <NoFileFlows report={report} /> : <div className="flex-1" />;
  }
  return late ? <Doctor status={status} source={source} /> : <div className="flex-1" />;
}

function FullBody() {
  const rail = useRailState();
  const phone = useMedia(PHONE);
  return (
    <div
      className={`flex min-h-0 flex-1 flex-col max-tablet:[--side-width:0px] ${rail.open ? '[--side-width:208px]' : '[--side-width:152px]'}`}
    >
      {phone && <PhoneTools />}
      {TIMELINE !== undefined && (
        <div className="h-25 shrink-0 overflow-clip border-b border-line">
          <PaneBoundary title={TIMELINE.title}>
            <TIMELINE.view />
          </PaneBoundary>
        </div>
      )}
      <div className="flex min-h-0 flex-1">
        <PaneBoundary title="The facets">
          <Rail open={rail.open} onToggle={rail.toggle} />
        </PaneBoundary>
        {!(phone && rail.open) && <PaneArea />}
      </div>
    </div>
  );
}

/** What the top bar of a phone has no room for. */
function PhoneTools() {
  const { say } = usePageActions();
  const rail = useRailState();
  return (
    <div className="flex shrink-0 gap-1.5 border-b border-line px-3 py-1.5">
      <Button aria-expanded={rail.open} onClick={rail.toggle}>
        <SlidersVertical size={14} aria-hidden /> Facets
      </Button>
      <WindowMenu />
      <ViewsMenu say={say} />
      <PhonePanes />
    </div>
  );
}

/** A phone shows one pane at a time. */
function PhonePanes() {
  const { panes, full } = useView();
  if (PANES.length < 2) return null;
  const open = PANES.filter(({ id }) => panes.includes(id));
  const shown = open.find(({ id }) => id === full) ?? open.at(-1);
  if (shown === undefined) return null;
  const Icon = shown.icon;
  return (
    <Menu
      label="Pane"
      choose="one"
      items={PANES.map(({ id, title }) => ({
        id,
        label: title,
        checked: id === shown.id,
        onSelect: () =>
          navigate({ panes: PANE_IDS.filter((pane) => pane === id || panes.includes(pane)), full: id }),
      }))}
      renderTrigger={(trigger) => (
        <Button {...trigger} aria-label={`Pane: ${shown.title}`}>
          <Icon size={14} aria-hidden />
          <ChevronDown size={13} aria-hidden />
        </Button>
      )}
    />
  );
}
