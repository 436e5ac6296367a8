// "rule1 let tiefighter in 271 times, last 12:06:04": the policies that rule the end where this flow was denied, from the
// flows that they have let through.

import { fromBinary } from '@bufbuild/protobuf';
import { type Flow, GetFlowsResponseSchema, type Policy, TrafficDirection } from '@finderscope/hubble-api';
import { useEffect, useState } from 'react';
import { newestRows } from '../newest-rows.ts';
import type { RowId } from '../../engine/protocol.ts';
import { shortName } from '../../explain/end-name.ts';
import { inPlayFilter, policiesInPlay, type PolicyInPlay } from '../../explain/policies-in-play.ts';
import type { DenialKind } from '../../explain/why.ts';
import { useView } from '../../view-state/index.ts';
import { formatExact } from '../../widgets/index.ts';
import { clockText } from '../flow-time.ts';
import { useAnswer, useEngine, useTimeRange } from '../pane.ts';
import { PolicyName } from './policy-name.tsx';

const SHOWN = 3;
const ROWS_READ = 100;

/** The rows of a list of facts; nothing where no policy could be named this way. */
export function PolicyInPlayFacts({ flow, denial }: { readonly flow: Flow; readonly denial: DenialKind }) {
  const filter = inPlayFilter(flow, denial);
  const answer = useAnswer(filter === undefined ? undefined : newestRows(filter, ROWS_READ));
  const { sinceNs } = useTimeRange();
  if (filter === undefined || answer === undefined) return null;
  const ingress = flow.trafficDirection === TrafficDirection.INGRESS;
  const found = policiesInPlay(answer.rows, ingress ? 'source' : 'destination', sinceNs);
  const subject = shortName(flow, ingress ? 'destination' : 'source');
  return (
    <>
      <dt className="text-text3">Policy in play</dt>
      <dd>
        {found.length === 0 && (
          <span className="text-text2">
            not known: no flow is held that a policy let {ingress ? 'in to' : 'out of'} {subject}
          </span>
        )}
        {found.slice(0, SHOWN).map((policy) => (
          <InPlay key={policy.name} policy={policy} ingress={ingress} />
        ))}
        {found.length > SHOWN && <span className="text-text3">and {found.length - SHOWN} more</span>}
      </dd>
    </>
  );
}

function InPlay({ policy, ingress }: { readonly policy: PolicyInPlay; readonly ingress: boolean }) {
  const { zone } = useView();
  const told = usePolicy(policy.row, policy.name);
  const last =
    policy.lastNs === undefined ? '' : `, last ${clockText(policy.lastNs, zone).replace(/\.\d+$/, '')}`;
  return (
    <span className="block">
      {told === undefined ? <span className="font-medium">{policy.name}</span> : <PolicyName policy={told} />}
      <span className="text-text2">
        {' '}
        let {policy.peer} {ingress ? 'in' : 'be reached'} {formatExact(policy.count)}{' '}
        {policy.count === 1 ? 'time' : 'times'}
        {last}
      </span>
    </span>
  );
}

/** The policy of that name as that flow names it, with kind, namespace and revision; until then as the one before did. */
function usePolicy(row: RowId, name: string): Policy | undefined {
  const engine = useEngine();
  const [known, setKnown] = useState<{ readonly row: RowId; readonly policy: Policy } | undefined>(undefined);
  const told = known?.policy.name === name ? known : undefined;
  const wanted = told?.row !== row;
  useEffect(() => {
    if (!wanted) return undefined;
    let mounted = true;
    void engine.flow(row).then((detail) => {
      if (!mounted || detail === undefined || detail.response.length === 0) return;
      const { responseTypes } = fromBinary(GetFlowsResponseSchema, detail.response);
      if (responseTypes.case !== 'flow') return;
      const { ingressAllowedBy, egressAllowedBy } = responseTypes.value;
      const policy = [...ingressAllowedBy, ...egressAllowedBy].find((other) => other.name === name);
      if (policy !== undefined) setKnown({ row, policy });
    });
    return () => {
      mounted = false;
    };
  }, [engine, row, name, wanted]);
  return told?.policy;
}
