// Which ports are served, with what is spoken over them.

import { removeKeys } from '@finderscope/flow-query';
import { useAnswer, useFilter, useMoment, useTimeRange } from '../../pane.ts';
import { Panel } from '../panel.tsx';
import { portLines } from '../ports.ts';
import { FLOWS, type ValueLine, ValueList } from '../value-list.tsx';

const SHOWN = 10;
/** A port has several protocols, each a group of its own. */
const GROUPS = 100;

export function PortsPanel() {
  const { upTo } = useMoment();
  const range = useTimeRange();
  const answer = useAnswer({
    kind: 'top',
    filter: removeKeys(useFilter(), ['port', 'protocol']),
    by: ['served-port', 'protocol'],
    limit: GROUPS,
    window: { ...range, upTo },
  });
  const lines = answer && portLines(answer.groups).slice(0, SHOWN);
  return (
    <Panel
      title="Top ports"
      note="of the side that serves"
      waiting={lines === undefined}
      empty={lines?.length === 0 ? 'No flow with a port matches.' : undefined}
    >
      {lines !== undefined && (
        <ValueList
          lines={lines.map(({ id, label, note, count, choice }): ValueLine => ({
            value: id,
            label,
            note,
            count,
            unit: FLOWS,
            ink: '--fs-ctl',
            choice,
          }))}
        />
      )}
    </Panel>
  );
}
