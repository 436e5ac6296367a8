// Between whom most is dropped.

import { dropReasonName } from '@finderscope/flow-query';
import { Verdict } from '@finderscope/hubble-api';
import { useAnswer, useFilter, useMoment, useTimeRange } from '../../pane.ts';
import { endName, flowsOf, mainPort, pairChoice, type Pair, pairsOf } from '../edge-choice.ts';
import { Panel } from '../panel.tsx';
import { useSeveralClusters } from '../use-several-clusters.ts';
import { type ValueLine, ValueList } from '../value-list.tsx';

const SHOWN = 8;
const DENIED = { field: 'verdict', value: 'DROPPED' } as const;

export function DeniedPairsPanel() {
  const { upTo } = useMoment();
  const severalClusters = useSeveralClusters();
  const range = useTimeRange();
  const answer = useAnswer({
    kind: 'edges',
    filter: useFilter(),
    scope: 'workload',
    order: 'drops',
    limit: SHOWN,
    window: { ...range, upTo },
  });
  const lines =
    answer &&
    pairsOf(answer, severalClusters)
      .map(lineOf)
      .filter(({ count }) => count > 0);
  return (
    <Panel
      title="Top denied pairs"
      note="dropped flows, by who sent to whom"
      waiting={lines === undefined}
      empty={lines?.length === 0 ? 'Nothing was dropped.' : undefined}
    >
      {lines !== undefined && <ValueList lines={lines} />}
    </Panel>
  );
}

function lineOf(pair: Pair): ValueLine {
  const { edge, from, to } = pair;
  const choice = pairChoice(pair);
  return {
    value: `${from.id} ${to.id}`,
    label: `${endName(from)} → ${endName(to)}`,
    note: [mainPort(edge), edge.dropReason === 0 ? 'no reason given' : dropReasonName(edge.dropReason)]
      .filter(Boolean)
      .join(', '),
    count: flowsOf(edge, Verdict.DROPPED),
    unit: { one: 'dropped flow', many: 'dropped flows' },
    ink: '--fs-dropped-fill',
    choice: choice.length === 0 ? [] : [...choice, DENIED],
  };
}
