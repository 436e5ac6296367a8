// The why sentence with its names in weight, and under it what kind of denial it is and which policies the flow names.

import { dropAdvice, policyMatchTypeName } from '@finderscope/flow-query';
import type { Flow } from '@finderscope/hubble-api';
import { newestRows } from '../newest-rows.ts';
import type { FlowRow } from '../../engine/protocol.ts';
import { type DenialKind, explainFlow } from '../../explain/why.ts';
import { elsewhereFilter, isSeenSince } from '../../explain/policies-in-play.ts';
import { useAnswer, useTimeRange } from '../pane.ts';
import { PolicyInPlayFacts } from './policy-in-play.tsx';
import { PolicyName } from './policy-name.tsx';
import { whyWords } from '../../explain/why-words.ts';

const DENIAL: Readonly<Record<DenialKind, string | undefined>> = {
  none: undefined,
  'default-deny': 'Default deny, enforced (no deny rule)',
  'deny-rule': 'Deny rule, enforced',
  'either-deny': 'Default deny or a deny rule, enforced',
  'l7-rule': 'Layer 7 rule, enforced by the proxy',
  'audit-default-deny': 'Default deny, audit only (not enforced)',
  'audit-deny-rule': 'Deny rule, audit only (not enforced)',
  'audit-either-deny': 'Default deny or a deny rule, audit only (not enforced)',
  auth: 'Policy asks for authentication first',
  'not-policy': 'Not a policy decision',
  untold: 'Not told by the flow',
};

const EDGE: Readonly<Record<number, string>> = {
  2: 'border-dropped-fill',
  3: 'border-error-fill',
  4: 'border-audit-fill',
};

export function WhyBlock({ flow, row }: { readonly flow: Flow; readonly row: FlowRow }) {
  const elsewhere = elsewhereFilter(flow);
  const answer = useAnswer(elsewhere === undefined ? undefined : newestRows(elsewhere, 1));
  const { sinceNs } = useTimeRange();
  const isPeerAllowedElsewhere = elsewhere !== undefined && isSeenSince(answer?.rows ?? [], sinceNs);
  const why = explainFlow(flow, whyWords(row.type), { isPeerAllowedElsewhere });
  const denial = DENIAL[why.denial];
  return (
    <section aria-label="Why" className="flex flex-col gap-2 max-tablet:order-1">
      <p
        data-testid="why"
        className={`border-l-3 pl-3 text-why max-tablet:text-why-phone ${EDGE[row.verdict] ?? 'border-line2'}`}
      >
        {why.parts.map((part, at) =>
          part.strong ? (
            // The runs of one sentence never change places.
            // oxlint-disable-next-line react/no-array-index-key
            <b key={at} className="font-semibold">
              {part.text}
            </b>
          ) : (
            part.text
          ),
        )}
      </p>
      <dl className="grid grid-cols-[104px_minmax(0,1fr)] gap-x-2 gap-y-0.5 text-cell">
        {denial !== undefined && (
          <>
            <dt className="text-text3">Kind of denial</dt>
            <dd>{denial}</dd>
          </>
        )}
        {why.policies.length > 0 && (
          <>
            <dt className="text-text3">
              {why.denial === 'none' || why.denial === 'auth' ? 'Allowed by' : 'Denied by'}
            </dt>
            <dd>
              {why.policies.map((policy) => (
                <span key={`${policy.kind}/${policy.namespace}/${policy.name}`} className="block">
                  <PolicyName policy={policy} />
                </span>
              ))}
            </dd>
          </>
        )}
        {why.match !== undefined && (
          <>
            <dt className="text-text3">Matched by</dt>
            <dd>{matchText(why.match)}</dd>
          </>
        )}
        <PolicyInPlayFacts flow={flow} denial={why.denial} />
        {why.dropReason !== undefined && <Advice reason={why.dropReason} />}
      </dl>
    </section>
  );
}

function Advice({ reason }: { readonly reason: number }) {
  const { meaning, check } = dropAdvice(reason);
  return (
    <>
      <dt className="text-text3">Meaning</dt>
      <dd>{meaning}</dd>
      <dt className="text-text3">Check first</dt>
      <dd>{check}</dd>
    </>
  );
}

/** What the entry of the policy named: who, which port, both or neither. */
const MATCHES: Readonly<Record<number, string>> = {
  1: 'who it is, on any port',
  2: 'who it is and the port',
  3: 'the port, for everybody',
  4: 'nothing: it is for everybody and every port',
  5: 'who it is and the protocol',
  6: 'the protocol, for everybody',
};

function matchText(match: number): string {
  const words = MATCHES[match];
  const name = policyMatchTypeName(match);
  return words === undefined ? name : `${words} (${name})`;
}
