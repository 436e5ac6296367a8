// The head of the flows pane: how many rows, what can be done with them, and the rows that came since. Nothing covers
// the rows themselves.
//
// While flows come it is drawn several times a second, for its numbers; the tools beside them are not.

import { ArrowDown, ArrowDownToLine, ArrowUp, Download, Group } from 'lucide-react';
import { memo } from 'react';
import type { RowId } from '../../engine/protocol.ts';
import { navigate, useView } from '../../view-state/index.ts';
import { Button, formatCount, formatExact } from '../../widgets/index.ts';
import { FillButton } from '../fill-button.tsx';
import { ColumnsPopover } from './columns-popover.tsx';
import { FindBox } from './find-box.tsx';
import { useSettled } from '../settle.ts';

export type FlowsHeadProps = {
  readonly filter: string;
  readonly total: number;
  readonly newer: number;
  readonly following: boolean;
  readonly paused: boolean;
  /** New rows come at the top. */
  readonly newestFirst: boolean;
  readonly grouped: boolean;
  readonly find: string;
  readonly findFrom: RowId | undefined;
  readonly onFound: (row: RowId) => void;
  readonly onShowNewer: () => void;
  readonly onFollow: (following: boolean) => void;
  readonly onExport: () => void;
};

export function FlowsHead(props: FlowsHeadProps) {
  const total = useSettled(props.total);
  const newer = useSettled(props.newer);
  const { window } = useView();
  // The filter bar counts all that is held: where the rows are fewer, the head says why.
  const part = window !== undefined ? 'in the window' : props.paused ? 'up to the pause' : '';
  const Towards = props.newestFirst ? ArrowUp : ArrowDown;
  return (
    <header className="flex h-8.5 shrink-0 items-center gap-1 border-b border-line pr-2 pl-3.5 max-tablet:h-13">
      <h2 className="text-body font-semibold">Flows</h2>
      <span className="ml-1.5 text-note whitespace-nowrap text-text3" data-testid="row-count">
        {formatExact(total)} {props.grouped ? 'groups' : total === 1 ? 'row' : 'rows'}
      </span>
      {part !== '' && (
        <span className="truncate text-note text-text3" data-testid="row-part">
          {part}
        </span>
      )}
      <span className="flex-1" />
      <FindBox filter={props.filter} text={props.find} from={props.findFrom} onFound={props.onFound} />
      <Tools grouped={props.grouped} onExport={props.onExport} />
      {!props.paused && !props.following && newer > 0 && (
        <button
          type="button"
          onClick={props.onShowNewer}
          className="ml-1 inline-flex h-6 items-center gap-1.5 rounded-full bg-accent px-2.5 text-cell font-semibold whitespace-nowrap text-on-accent hover:opacity-90 max-tablet:h-11"
        >
          <Towards size={13} aria-hidden />
          {formatCount(newer)} new
        </button>
      )}
      {!props.paused && (
        <FollowButton following={props.following} newestFirst={props.newestFirst} onFollow={props.onFollow} />
      )}
      <FillButton />
    </header>
  );
}

const Tools = memo(function Tools({ grouped, onExport }: Pick<FlowsHeadProps, 'grouped' | 'onExport'>) {
  return (
    <>
      <Button
        kind="plain"
        aria-pressed={grouped}
        aria-label="Group identical flows"
        title="Group identical flows (g)"
        className="aria-pressed:bg-token aria-pressed:text-text"
        onClick={() => navigate({ group: !grouped })}
      >
        <Group size={14} aria-hidden />
        <span className="@max-2xl:hidden">Group</span>
      </Button>
      <ColumnsPopover />
      <Button kind="plain" aria-label="Export" title="Export these rows" onClick={onExport}>
        <Download size={14} aria-hidden />
        <span className="@max-2xl:hidden">Export</span>
      </Button>
    </>
  );
});

type FollowProps = Pick<FlowsHeadProps, 'following' | 'newestFirst' | 'onFollow'>;

const FollowButton = memo(function FollowButton({ following, newestFirst, onFollow }: FollowProps) {
  return (
    <Button
      aria-pressed={following}
      aria-label="Follow"
      title="Keep the newest rows in sight"
      className="ml-1 aria-pressed:border-accent aria-pressed:text-accent"
      onClick={() => onFollow(!following)}
    >
      <ArrowDownToLine size={14} aria-hidden className={newestFirst ? 'rotate-180' : ''} />
      <span className="@max-xl:hidden">Follow</span>
    </Button>
  );
});
