// What told of the flows: traces, policy verdicts, drops, proxies.

import type { Axis } from '../axis.ts';
import { flowsText } from '../flows-text.ts';
import { LaneList } from '../lane-list.tsx';
import type { LaneLook } from '../lanes.ts';
import { Panel } from '../panel.tsx';
import { useLanes } from '../use-lanes.ts';

function looksOf(value: string): readonly LaneLook[] {
  return [
    {
      id: value,
      label: value === '' ? 'none' : value,
      ink: value === 'drop' ? '--fs-dropped-fill' : '--fs-ctl',
      choice: value === '' ? [] : [{ field: 'type', value }],
    },
  ];
}

const NONE: readonly LaneLook[] = [];

export function FlowTypesPanel({ axis }: { readonly axis: Axis }) {
  const state = useLanes(axis, 'type', 'type', looksOf, NONE);
  return (
    <Panel
      title="Flow types"
      note={state === undefined ? '' : flowsText(state.total)}
      waiting={state === undefined}
      empty={state?.total === 0 ? 'No flow matches.' : undefined}
    >
      {state !== undefined && <LaneList title="Flow types" {...state} />}
    </Panel>
  );
}
