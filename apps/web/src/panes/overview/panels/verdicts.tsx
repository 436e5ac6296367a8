// Forwarded against dropped and redirected, and the other verdicts where there are any.

import { enumNumber } from '@finderscope/flow-query';
import { VerdictSchema } from '@finderscope/hubble-api';
import { VERDICT_FILL, verdictKind } from '../../../widgets/index.ts';
import type { Axis } from '../axis.ts';
import { flowsText } from '../flows-text.ts';
import { LaneList } from '../lane-list.tsx';
import type { LaneLook } from '../lanes.ts';
import { Panel } from '../panel.tsx';
import { useLanes } from '../use-lanes.ts';

function look(value: string): LaneLook {
  const known = enumNumber(VerdictSchema, value);
  const kind = verdictKind(known ?? -1);
  return {
    id: value,
    label: value === '' ? 'none' : value,
    ink: VERDICT_FILL[kind],
    glyph: kind,
    choice: known === undefined ? [] : [{ field: 'verdict', value }],
  };
}

const ALWAYS = ['FORWARDED', 'REDIRECTED', 'DROPPED'].map(look);
const looksOf = (value: string): readonly LaneLook[] => [look(value)];

export function VerdictsPanel({ axis }: { readonly axis: Axis }) {
  const state = useLanes(axis, 'verdict', 'verdict', looksOf, ALWAYS);
  return (
    <Panel
      title="Verdicts"
      note={state === undefined ? '' : flowsText(state.total)}
      waiting={state === undefined}
      empty={state?.total === 0 ? 'No flow matches.' : undefined}
    >
      {state !== undefined && <LaneList title="Verdicts" {...state} />}
    </Panel>
  );
}
