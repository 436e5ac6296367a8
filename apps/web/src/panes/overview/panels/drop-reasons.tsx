// Why flows were dropped. Every drop is in a lane: one that tells no reason, such as a request denied by the proxy, is
// DROP_REASON_UNKNOWN, by which the filter finds it.

import { formatExact } from '../../../widgets/index.ts';
import type { Axis } from '../axis.ts';
import { DROP_REASON_FIELD, dropReasonLooks } from '../drop-reason-looks.ts';
import { LaneList } from '../lane-list.tsx';
import type { LaneLook } from '../lanes.ts';
import { Panel } from '../panel.tsx';
import { useLanes } from '../use-lanes.ts';

const NONE: readonly LaneLook[] = [];
const SHOWN = 6;

export function DropReasonsPanel({ axis }: { readonly axis: Axis }) {
  const state = useLanes(axis, DROP_REASON_FIELD, DROP_REASON_FIELD, dropReasonLooks, NONE);
  const more = Math.max(0, (state?.lanes.length ?? 0) - SHOWN);
  return (
    <Panel
      title="Drop reasons"
      note={state === undefined || state.total === 0 ? '' : `${formatExact(state.total)} dropped`}
      waiting={state === undefined}
      empty={state?.lanes.length === 0 ? 'Nothing was dropped.' : undefined}
    >
      {state !== undefined && (
        <LaneList
          title="Drop reasons"
          wide
          axis={state.axis}
          answer={state.answer}
          lanes={state.lanes.slice(0, SHOWN)}
        />
      )}
      {more > 0 && <p className="mt-1 text-note text-text3">and {formatExact(more)} more reasons</p>}
    </Panel>
  );
}
