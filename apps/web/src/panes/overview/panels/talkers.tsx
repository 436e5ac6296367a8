// Who sends most to whom. Replies belong to whom they answer and are not counted: what a line says is what its filter
// finds.

import { formatCount } from '../../../widgets/index.ts';
import { useAnswer, useFilter, useMoment, useTimeRange } from '../../pane.ts';
import { endName, mainPort, pairChoice, type Pair, pairsOf } from '../edge-choice.ts';
import { Panel } from '../panel.tsx';
import { useSeveralClusters } from '../use-several-clusters.ts';
import { FLOWS, type ValueLine, ValueList } from '../value-list.tsx';

const SHOWN = 8;

export function TalkersPanel() {
  const { upTo } = useMoment();
  const severalClusters = useSeveralClusters();
  const range = useTimeRange();
  const answer = useAnswer({
    kind: 'edges',
    filter: useFilter(),
    scope: 'workload',
    limit: SHOWN,
    window: { ...range, upTo },
  });
  const lines =
    answer &&
    pairsOf(answer, severalClusters)
      .map(lineOf)
      .filter(({ count }) => count > 0);
  const more = answer?.folded.edges ?? 0;
  return (
    <Panel
      title="Top talkers"
      note={more === 0 ? 'flows without replies' : `flows without replies, ${formatCount(more)} more pairs`}
      waiting={lines === undefined}
      empty={lines?.length === 0 ? 'No flow matches.' : undefined}
    >
      {lines !== undefined && <ValueList lines={lines.toSorted((a, b) => b.count - a.count)} />}
    </Panel>
  );
}

function lineOf(pair: Pair): ValueLine {
  const { edge, from, to } = pair;
  return {
    value: `${from.id} ${to.id}`,
    label: `${endName(from)} → ${endName(to)}`,
    note: mainPort(edge),
    count: edge.flows - edge.replies,
    unit: FLOWS,
    ink: '--fs-ctl',
    choice: pairChoice(pair),
  };
}
