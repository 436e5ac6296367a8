// The sentence for every flow that a Hubble can send: each verdict, direction, drop reason, match type, list of policies,
// kind of authentication and layer 7 record, against rules of its own.

import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { DROP_REASONS, dropAdvice } from '@finderscope/flow-query';
import { FlowSchema, VerdictSchema } from '@finderscope/hubble-api';
import { describe, expect, it } from 'vitest';
import { whyText } from './testing/why-text.ts';
import { explainFlow, type Why } from './why.ts';
import { whyWords } from './why-words.ts';

type Init = Exclude<MessageInitShape<typeof FlowSchema>, { readonly $typeName: string }>;

const RULE = { name: 'rule1', namespace: 'default', kind: 'CiliumNetworkPolicy', revision: 7n };
const base: Init = {
  nodeName: 'k8s-w1',
  source: { identity: 11716, namespace: 'default', podName: 'xwing' },
  destination: { identity: 6589, namespace: 'default', podName: 'deathstar-1' },
  l4: { protocol: { case: 'TCP', value: { sourcePort: 35_517, destinationPort: 80, flags: { SYN: true } } } },
};
/** What the cause of a drop reason makes of it; everything else is no policy's doing. */
const DENIALS: ReadonlyMap<string, string> = new Map([
  ['policy', 'default-deny'],
  ['deny-rule', 'deny-rule'],
  ['auth', 'auth'],
  // No reason at all.
  ['unknown', 'untold'],
]);
const DIRECTIONS = [0, 1, 2, 3] as const;

function explain(init: Init): Why & { readonly text: string } {
  const why = explainFlow(create(FlowSchema, { ...base, ...init }), whyWords('to-endpoint'));
  return { ...why, text: whyText(why) };
}

/** What is wrong with a sentence; empty when nothing is. */
function flaws(text: string, direction: number): readonly string[] {
  const wrong = (is: boolean, flaw: string): readonly string[] => (is ? [`${flaw}: ${text}`] : []);
  return [
    ...wrong(!/^The .*[^ .]\.$/s.test(text), 'no sentence'),
    ...wrong(/undefined|null|NaN| {2}|\[object| ,/.test(text), 'something is missing'),
    ...wrong(text.includes('on ingress') !== (direction === 1), 'ingress'),
    ...wrong(text.includes('on egress') !== (direction === 2), 'egress'),
  ];
}

describe.each(DIRECTIONS)('direction %i', (trafficDirection) => {
  const inDirection = { trafficDirection: trafficDirection as never };

  it.each(VerdictSchema.values.map(({ number, name }) => [name, number] as const))(
    'tells the verdict %s of every kind of event',
    (_, verdict) => {
      for (const type of [0, 1, 3, 4, 5, 7, 129]) {
        expect(
          flaws(
            explain({ ...inDirection, verdict: verdict, eventType: { type } }).text,
            trafficDirection === 3 ? 0 : trafficDirection,
          ),
        ).toEqual([]);
      }
    },
  );

  it.each(DROP_REASONS.map(({ code, name }) => [name, code] as const))(
    'tells the drop reason %s',
    (name, code) => {
      for (const init of [
        { dropReasonDesc: code },
        { dropReason: code },
        { eventType: { type: 1, subType: code } },
      ]) {
        const { text, denial, dropReason } = explain({ ...inDirection, verdict: 2, ...init });
        expect(flaws(text, trafficDirection === 3 ? 0 : trafficDirection)).toEqual([]);
        const { cause } = dropAdvice(code);
        const expected = DENIALS.get(cause) ?? 'not-policy';
        expect(denial).toBe(expected);
        // The panel says what it means, wherever no policy denied it.
        expect(dropReason).toBe(expected === 'not-policy' || expected === 'auth' ? code : undefined);
        if (expected === 'not-policy') expect(text).toContain(`(${name}), which is not a policy decision`);
      }
    },
  );
});

describe('policies', () => {
  it.each([0, 1, 2, 3, 4, 5, 6, 7])('keeps match type %i of an allowed verdict', (policyMatchType) => {
    for (const verdict of [1, 5] as const) {
      const why = explain({
        verdict,
        eventType: { type: 5 },
        trafficDirection: 1,
        policyMatchType,
        ingressAllowedBy: [RULE],
      });
      expect(why.match).toBe(policyMatchType);
      expect(why.policies).toHaveLength(1);
      expect(why.text).toContain('rule1 in default');
    }
    expect(explain({ verdict: 1, eventType: { type: 4 }, policyMatchType }).match).toBe(undefined);
  });

  it.each([
    [1, 'ingressAllowedBy', 1],
    [1, 'egressAllowedBy', 0],
    [2, 'egressAllowedBy', 1],
    [2, 'ingressAllowedBy', 0],
    [0, 'egressAllowedBy', 1],
    [0, 'ingressAllowedBy', 1],
  ] as const)('takes the allowed-by list of direction %i: %s', (trafficDirection, list, count) => {
    const { policies } = explain({ verdict: 1, eventType: { type: 5 }, trafficDirection, [list]: [RULE] });
    expect(
      policies.map(({ kind, namespace, name, revision }) => ({ kind, namespace, name, revision })),
    ).toEqual(count === 1 ? [RULE] : []);
  });

  it.each([
    [2, 1, 'ingressDeniedBy', 'deny-rule'],
    [2, 2, 'egressDeniedBy', 'deny-rule'],
    [4, 1, 'ingressDeniedBy', 'audit-deny-rule'],
    [4, 2, 'egressDeniedBy', 'audit-deny-rule'],
    // The other direction's list says nothing of this one.
    [4, 1, 'egressDeniedBy', 'audit-either-deny'],
  ] as const)('verdict %i, direction %i, %s: %s', (verdict, trafficDirection, list, denial) => {
    const why = explain({ verdict, trafficDirection, eventType: { type: 5 }, [list]: [RULE] });
    expect(why.denial).toBe(denial);
    expect(why.text.includes('denied by rule1 in default')).toBe(denial.endsWith('deny-rule'));
  });

  it('tells default deny, deny rules and audit apart in words', () => {
    const verdict = { trafficDirection: 1, eventType: { type: 5 } } as const;
    expect(explain({ ...verdict, verdict: 2, dropReasonDesc: 133 }).text).toContain(
      'and none allows this peer',
    );
    expect(explain({ ...verdict, verdict: 2, dropReasonDesc: 181 }).text).toContain('a deny rule matched');
    // Audited verdicts hold neither a reason nor a list of what denied.
    expect(explain({ ...verdict, verdict: 4 }).text).toMatch(
      /only because policy audit mode is on; enforced it would be dropped: no rule allows it or a deny rule matched, and the flow does not tell which\.$/,
    );
    const denied = explain({ ...verdict, verdict: 2 });
    expect(denied.denial).toBe('either-deny');
    expect(denied.text).toMatch(
      /: no rule allows it or a deny rule matched, and the flow does not tell which\.$/,
    );
  });
});

describe('authentication', () => {
  it.each([
    [0, /was allowed by rule1 in default on ingress at node k8s-w1\.$/],
    [1, /, after mutual authentication \(SPIRE\)\.$/],
    [2, /, after mutual authentication\.$/],
  ] as const)('type %i of an allowed verdict', (authType, said) => {
    expect(
      explain({ verdict: 1, eventType: { type: 5 }, trafficDirection: 1, authType, ingressAllowedBy: [RULE] })
        .text,
    ).toMatch(said);
  });

  it('says of a drop that it waits for it', () => {
    const why = explain({ verdict: 2, dropReasonDesc: 189, trafficDirection: 1 });
    expect(why.text).toMatch(
      /lets this pair talk only once both have authenticated, which has not happened yet\.$/,
    );
    expect(why.denial).toBe('auth');
  });
});

describe('layer 7', () => {
  const records = {
    http: { case: 'http', value: { method: 'PUT', url: 'http://deathstar/v1/exhaust-port', code: 403 } },
    dns: { case: 'dns', value: { query: 'api.github.com.' } },
    kafka: { case: 'kafka', value: { apiKey: 'produce', topic: 't' } },
  } as const;

  it.each([
    ['http', 'allows this request.'],
    ['dns', 'allows this name.'],
    ['kafka', 'allows this call.'],
  ] as const)('tells a denied %s record', (kind, ending) => {
    for (const type of [0, 1, 2, 3] as const) {
      const why = explain({ verdict: 2, Type: 2, trafficDirection: 1, l7: { type, record: records[kind] } });
      expect(why.denial).toBe('l7-rule');
      expect(why.text.endsWith(ending)).toBe(true);
      expect(flaws(why.text, 1)).toEqual([]);
    }
  });

  it.each(['http', 'dns', 'kafka'] as const)('tells a %s record of every verdict', (kind) => {
    for (const { number } of VerdictSchema.values) {
      expect(
        flaws(
          explain({
            verdict: number,
            Type: 2,
            trafficDirection: 2,
            l7: { type: 1, record: records[kind] },
          }).text,
          2,
        ),
      ).toEqual([]);
    }
  });
});
