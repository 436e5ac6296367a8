// The why sentence: what became of one flow and on whose word, told from what the flow itself holds.
//
//   The SYN from default/xwing (identity 11716, org=alliance) to port 80 of deathstar was dropped on ingress at
//   node k8s-w1: policies select deathstar for ingress and none allows this peer.
//   |--- subject ---|--- who -------------------------------|--- whom ----------|--- what -------------------|
//   : because
//
// Pure and without the texts of flow-query: the caller hands the words in, so that a test needs only a message.
// Nothing is guessed: a policy is named only when the flow names it.

import { AuthType, type Flow, type Policy, TrafficDirection, Verdict } from '@finderscope/hubble-api';
import { dropReasonOf, readDenial } from '@finderscope/policy/denial';
import { joinRuns, plain, strong, type WhyPart } from './sentence.ts';
import { subjectOf } from './subject.ts';
import { translationOf } from './translation.ts';
import { endOf, type EndSide, fullName, portOf, shortName, tellingLabel } from './end-name.ts';

/** Why something was denied, as a line of its own beside the sentence. */
export type DenialKind =
  | 'none'
  | 'default-deny'
  | 'deny-rule'
  /** By default or by a deny rule; the flow does not tell by which. */
  | 'either-deny'
  | 'l7-rule'
  | 'audit-default-deny'
  | 'audit-deny-rule'
  | 'audit-either-deny'
  /** A policy allows it, but only between ends that have authenticated each other. */
  | 'auth'
  | 'not-policy'
  /** The flow does not tell the reason. */
  | 'untold';

export type Why = {
  readonly parts: readonly WhyPart[];
  readonly denial: DenialKind;
  /** Policies the flow names for its own direction: those that denied a denied flow, else those that allowed it. */
  readonly policies: readonly Policy[];
  /** Why it was dropped, where that is no policy's doing: the reason's number. */
  readonly dropReason: number | undefined;
  /** How exact the entry was that allowed it, for a policy verdict; a number as on the wire. */
  readonly match: number | undefined;
};

/** The CLI's words, from flow-query. */
export type WhyWords = {
  readonly dropReasonText: (reason: number) => string;
  readonly dropReasonName: (reason: number) => string;
  readonly verdictName: (verdict: number) => string;
  readonly identityName: (identity: number) => string | undefined;
  /** The CLI's TYPE text of this flow. */
  readonly typeText: string;
};

const EVENT = { POLICY_VERDICT: 5 };

/** What the caller knows beyond the flow. */
export type WhyKnown = {
  /** A flow is held that a policy let through between the same two, on another port or protocol. */
  readonly isPeerAllowedElsewhere: boolean;
};

type Context = { readonly words: WhyWords; readonly known: WhyKnown };

type Direction = 'ingress' | 'egress' | undefined;

/** Explains one flow. Never throws, whatever the flow lacks. */
export function explainFlow(
  flow: Flow,
  words: WhyWords,
  known: WhyKnown = { isPeerAllowedElsewhere: false },
): Why {
  const direction = directionOf(flow);
  const outcome = explainOutcome(flow, direction, { words, known });
  return {
    parts: joinRuns([
      ...subjectOf(flow),
      plain(' from '),
      ...whoOf(flow, 'source', words),
      plain(' to '),
      ...targetOf(flow, words),
      plain(' '),
      ...outcome.parts,
      plain('.'),
    ]),
    denial: outcome.denial,
    policies: outcome.policies,
    dropReason: outcome.denial === 'not-policy' || outcome.denial === 'auth' ? dropReasonOf(flow) : undefined,
    match:
      flow.eventType?.type === EVENT.POLICY_VERDICT && outcome.denial === 'none'
        ? flow.policyMatchType
        : undefined,
  };
}

type Outcome = Pick<Why, 'parts' | 'denial' | 'policies'>;

function explainOutcome(flow: Flow, direction: Direction, context: Context): Outcome {
  const { words } = context;
  switch (flow.verdict) {
    case Verdict.DROPPED:
      return explainDrop(flow, direction, context);
    case Verdict.AUDIT:
      return explainAudit(flow, direction, context);
    case Verdict.ERROR:
      return {
        parts: [plain('failed'), ...whereOf(flow, direction), plain(': the proxy reported an error')],
        denial: 'none',
        policies: [],
      };
    case Verdict.REDIRECTED: {
      const port = flow.proxyPort > 0 ? [plain(' on port '), strong(String(flow.proxyPort))] : [];
      return {
        parts: [
          plain('was sent to the proxy'),
          ...port,
          ...whereOf(flow, direction),
          plain(', which decides on layer 7'),
          ...allowedBy(flow, direction),
          ...authenticated(flow),
        ],
        denial: 'none',
        policies: policiesOf(flow, direction, 'allowed'),
      };
    }
    case Verdict.TRACED:
    case Verdict.TRANSLATED:
      return {
        parts: [
          plain('was seen at a socket'),
          ...whereOf(flow, direction),
          plain(`, ${translationOf(flow)}`),
        ],
        denial: 'none',
        policies: [],
      };
    case Verdict.FORWARDED:
      return explainForward(flow, direction, words);
    default:
      return {
        parts: [
          plain('has the verdict '),
          strong(words.verdictName(flow.verdict)),
          ...whereOf(flow, direction),
        ],
        denial: 'none',
        policies: [],
      };
  }
}

function explainForward(flow: Flow, direction: Direction, words: WhyWords): Outcome {
  if (flow.eventType?.type === EVENT.POLICY_VERDICT) {
    const allowed = policiesOf(flow, direction, 'allowed');
    const by = allowed.length > 0 ? [plain(' by '), ...namedPolicies(allowed)] : [];
    const unnamed = allowed.length > 0 ? [] : [plain('; the flow does not name the policy')];
    return {
      parts: [plain('was allowed'), ...by, ...whereOf(flow, direction), ...authenticated(flow), ...unnamed],
      denial: 'none',
      policies: allowed,
    };
  }
  const seen = words.typeText === '' ? [] : [plain(', seen as '), strong(words.typeText)];
  return {
    parts: [plain('was forwarded'), ...whereOf(flow, direction), ...seen],
    denial: 'none',
    policies: policiesOf(flow, direction, 'allowed'),
  };
}

function explainDrop(flow: Flow, direction: Direction, context: Context): Outcome {
  const denial = readDenial(flow);
  const denied = policiesOf(flow, direction, 'denied');
  const head = [plain('was dropped'), ...whereOf(flow, direction), plain(': ')];
  switch (denial.kind) {
    case 'l7-rule':
      return {
        parts: [
          plain('was refused by the proxy'),
          ...whereOf(flow, direction),
          plain(`: no layer 7 rule of a policy allows ${refusedOf(flow)}`),
        ],
        denial: 'l7-rule',
        policies: denied,
      };
    case 'deny-rule':
    case 'default-deny':
    case 'either-deny':
      return {
        parts: [...head, ...policyDenial(denial.kind, flow, direction, context)],
        denial: denial.kind,
        policies: denied,
      };
    case 'auth':
      return {
        parts: [
          ...head,
          plain('a policy lets this pair talk only once both have authenticated, which has not happened yet'),
        ],
        denial: 'auth',
        policies: policiesOf(flow, direction, 'allowed'),
      };
    case 'not-policy': {
      const { words } = context;
      const told =
        flow.extDropReasonDesc === '' ? words.dropReasonText(denial.reason) : flow.extDropReasonDesc;
      const name = words.dropReasonName(denial.reason);
      return {
        parts: [...head, strong(told), plain(` (${name}), which is not a policy decision`)],
        denial: 'not-policy',
        policies: [],
      };
    }
    case 'untold':
    case 'none':
      return {
        parts: [
          ...head,
          ...(flow.extDropReasonDesc === ''
            ? [plain('the flow does not tell the reason')]
            : [strong(flow.extDropReasonDesc)]),
        ],
        denial: 'untold',
        policies: [],
      };
  }
}

type PolicyDenial = 'default-deny' | 'deny-rule' | 'either-deny';

function policyDenial(
  kind: PolicyDenial,
  flow: Flow,
  direction: Direction,
  { known }: Context,
): readonly WhyPart[] {
  switch (kind) {
    case 'deny-rule':
      return denyRule(policiesOf(flow, direction, 'denied'));
    case 'default-deny':
      return defaultDeny(flow, direction, known);
    case 'either-deny':
      return [plain('no rule allows it or a deny rule matched, and the flow does not tell which')];
  }
}

/** What a layer 7 rule would have to allow. */
function refusedOf({ l7 }: Flow): string {
  switch (l7?.record.case) {
    case 'http':
      return 'this request';
    case 'dns':
      return 'this name';
    case 'kafka':
      return 'this call';
    default:
      return 'it';
  }
}

/** Both ends had to prove who they are. */
function authenticated({ authType }: Flow): readonly WhyPart[] {
  if (authType === AuthType.DISABLED) return [];
  const by = authType === AuthType.SPIRE ? ' (SPIRE)' : '';
  return [plain(`, after mutual authentication${by}`)];
}

function explainAudit(flow: Flow, direction: Direction, context: Context): Outcome {
  const { kind } = readDenial(flow);
  const why = kind === 'deny-rule' || kind === 'default-deny' ? kind : 'either-deny';
  return {
    parts: [
      plain('was let through'),
      ...whereOf(flow, direction),
      plain(' only because policy audit mode is on; enforced it would be dropped: '),
      ...policyDenial(why, flow, direction, context),
    ],
    denial: `audit-${why}`,
    policies: policiesOf(flow, direction, 'denied'),
  };
}

/** "policies select deathstar for ingress and none allows this peer": what default deny means. */
function defaultDeny(flow: Flow, direction: Direction, known: WhyKnown): readonly WhyPart[] {
  if (direction === undefined) {
    return [plain('a policy applies here and none allows it (the flow does not say in which direction)')];
  }
  const selected = shortName(flow, direction === 'ingress' ? 'destination' : 'source');
  const where = known.isPeerAllowedElsewhere ? whatOf(flow) : '';
  return [
    plain('policies select '),
    strong(selected),
    plain(
      ` for ${direction} and none allows this ${direction === 'ingress' ? 'peer' : 'destination'}${where}`,
    ),
  ];
}

/** " on port 80/TCP", " with ICMPv4 type 8"; '' for what rules do not tell apart. */
function whatOf(flow: Flow): string {
  const protocol = flow.l4?.protocol;
  if (protocol?.case === 'ICMPv4' || protocol?.case === 'ICMPv6') {
    return ` with ${protocol.case} type ${String(protocol.value.type)}`;
  }
  const port = portOf(flow, 'destination') ?? 0;
  return port === 0 || protocol?.case === undefined ? '' : ` on port ${String(port)}/${protocol.case}`;
}

function denyRule(denied: readonly Policy[]): readonly WhyPart[] {
  if (denied.length === 0) return [plain('a deny rule matched; the flow does not name its policy')];
  return [
    plain('denied by '),
    ...namedPolicies(denied),
    plain(denied.length === 1 ? ', which has a deny rule for it' : ', which have deny rules for it'),
  ];
}

function allowedBy(flow: Flow, direction: Direction): readonly WhyPart[] {
  const allowed = policiesOf(flow, direction, 'allowed');
  return allowed.length === 0 ? [] : [plain(', allowed by '), ...namedPolicies(allowed)];
}

function namedPolicies(policies: readonly Policy[]): readonly WhyPart[] {
  return policies.flatMap((policy, index) => {
    const separator = index === 0 ? '' : index === policies.length - 1 ? ' and ' : ', ';
    return [
      plain(separator),
      strong(policy.name === '' ? 'a policy without a name' : policy.name),
      plain(scopeOf(policy)),
    ];
  });
}

function scopeOf(policy: Policy): string {
  return policy.namespace === '' ? '' : ` in ${policy.namespace}`;
}

/** The list of the flow's own direction; both lists when the direction is unknown. */
function policiesOf(flow: Flow, direction: Direction, kind: 'allowed' | 'denied'): readonly Policy[] {
  const ingress = kind === 'allowed' ? flow.ingressAllowedBy : flow.ingressDeniedBy;
  const egress = kind === 'allowed' ? flow.egressAllowedBy : flow.egressDeniedBy;
  if (direction === 'ingress') return ingress;
  if (direction === 'egress') return egress;
  return [...egress, ...ingress];
}

function whereOf(flow: Flow, direction: Direction): readonly WhyPart[] {
  const on = direction === undefined ? [] : [plain(' on '), strong(direction)];
  const at = flow.nodeName === '' ? [] : [plain(' at node '), strong(nodeText(flow.nodeName))];
  return [...on, ...at];
}

/** The node without its cluster: "kind-kind/kind-worker" is kind-worker. */
function nodeText(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

function directionOf(flow: Flow): Direction {
  if (flow.trafficDirection === TrafficDirection.INGRESS) return 'ingress';
  return flow.trafficDirection === TrafficDirection.EGRESS ? 'egress' : undefined;
}

/** "default/xwing (identity 11716, org=alliance)" */
function whoOf(flow: Flow, side: EndSide, words: WhyWords): readonly WhyPart[] {
  const end = endOf(flow, side);
  const name = strong(fullName(flow, side));
  if (end === undefined) return [name];
  const known = words.identityName(end.identity);
  const identity = known === undefined ? `identity ${String(end.identity)}` : known;
  const label = tellingLabel(end);
  return [name, plain(` (${label === undefined ? identity : `${identity}, ${label}`})`)];
}

/** "port 80 of deathstar" */
function targetOf(flow: Flow, words: WhyWords): readonly WhyPart[] {
  const port = portOf(flow, 'destination');
  const target = shortName(flow, 'destination');
  if (port !== undefined && port !== 0)
    return [strong(`port ${String(port)}`), plain(' of '), strong(target)];
  return end(flow, target, words);
}

function end(flow: Flow, name: string, words: WhyWords): readonly WhyPart[] {
  const known = words.identityName(flow.destination?.identity ?? 0);
  return known === undefined || known === 'unknown' ? [strong(name)] : [strong(name), plain(` (${known})`)];
}
