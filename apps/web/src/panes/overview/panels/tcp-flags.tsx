// The flags that tell of connections: opened, accepted, closed, refused. As in the filter, a lane has every segment on
// which its flags are set, so that SYN holds SYN,ACK too.

import type { Axis } from '../axis.ts';
import { LaneList } from '../lane-list.tsx';
import type { LaneLook } from '../lanes.ts';
import { Panel } from '../panel.tsx';
import { useLanes } from '../use-lanes.ts';

function look(flags: string, ink: string): LaneLook {
  return { id: flags, label: flags, ink, choice: [{ field: 'tcp-flags', value: flags }] };
}

const LANES = [
  look('SYN', '--fs-text2'),
  look('SYN,ACK', '--fs-ctl'),
  look('RST', '--fs-audit-fill'),
  look('FIN', '--fs-traced-fill'),
];

function looksOf(value: string): readonly LaneLook[] {
  const set = value.split(',');
  return LANES.filter(({ id }) => id.split(',').every((flag) => set.includes(flag)));
}

export function TcpFlagsPanel({ axis }: { readonly axis: Axis }) {
  const state = useLanes(axis, 'tcp-flags', 'tcp-flags', looksOf, LANES);
  return (
    <Panel
      title="TCP flags"
      note="segments with these set, SYN with and without ACK"
      waiting={state === undefined}
      empty={state?.total === 0 ? 'No TCP segment with SYN, RST or FIN.' : undefined}
    >
      {state !== undefined && <LaneList title="TCP flags" {...state} />}
    </Panel>
  );
}
