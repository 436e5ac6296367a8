import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { FlowSchema } from '@finderscope/hubble-api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { whyText } from './testing/why-text.ts';
import { explainFlow, type WhyWords } from './why.ts';
import { tellingLabel } from './end-name.ts';

const words: WhyWords = {
  dropReasonText: (reason) =>
    ({ 133: 'Policy denied', 155: 'CT: Map insertion failed' })[reason] ?? `${String(reason)}, 0`,
  dropReasonName: (reason) =>
    ({ 133: 'POLICY_DENIED', 155: 'CT_MAP_INSERTION_FAILED' })[reason] ?? String(reason),
  verdictName: (verdict) => ({ 0: 'VERDICT_UNKNOWN' })[verdict] ?? String(verdict),
  identityName: (identity) => ({ 0: 'unknown', 2: 'world' })[identity],
  typeText: 'to-endpoint',
};

const ends = {
  source: {
    identity: 11716,
    namespace: 'default',
    podName: 'xwing',
    labels: [
      'k8s:app.kubernetes.io/name=xwing',
      'k8s:class=xwing',
      'k8s:io.kubernetes.pod.namespace=default',
      'k8s:org=alliance',
    ],
  },
  destination: {
    identity: 6589,
    namespace: 'default',
    podName: 'deathstar-8c4c77fb7-9klws',
    workloads: [{ name: 'deathstar', kind: 'Deployment' }],
  },
} satisfies MessageInitShape<typeof FlowSchema>;

const syn = {
  l4: { protocol: { case: 'TCP', value: { sourcePort: 35517, destinationPort: 80, flags: { SYN: true } } } },
} satisfies MessageInitShape<typeof FlowSchema>;

function why(init: MessageInitShape<typeof FlowSchema>) {
  return explainFlow(create(FlowSchema, init), words);
}

describe('explainFlow', () => {
  it('tells a default-deny drop', () => {
    const told = why({
      ...ends,
      ...syn,
      verdict: 2,
      dropReasonDesc: 133,
      eventType: { type: 1, subType: 133 },
      trafficDirection: 1,
      nodeName: 'k8s-w1',
    });
    expect(whyText(told)).toBe(
      'The SYN from default/xwing (identity 11716, org=alliance) to port 80 of deathstar was dropped on ingress at ' +
        'node k8s-w1: policies select deathstar for ingress and none allows this peer.',
    );
    expect(told.denial).toBe('default-deny');
    expect(told.parts.filter((part) => part.strong).map((part) => part.text)).toEqual([
      'SYN',
      'default/xwing',
      'port 80',
      'deathstar',
      'ingress',
      'k8s-w1',
      'deathstar',
    ]);
  });

  it('tells egress from ingress', () => {
    const told = why({
      ...ends,
      ...syn,
      verdict: 2,
      dropReason: 133,
      trafficDirection: 2,
      nodeName: 'kind/k8s-w2',
    });
    expect(whyText(told)).toContain(
      'on egress at node k8s-w2: policies select xwing for egress and none allows this destination.',
    );
  });

  it('names the policy of a deny rule and says when it is not named', () => {
    const denied = { ...ends, ...syn, verdict: 2, dropReasonDesc: 181, trafficDirection: 1 } as const;
    const named = why({
      ...denied,
      ingressDeniedBy: [{ name: 'no-rebels', namespace: 'default', kind: 'CiliumNetworkPolicy' }],
    });
    expect(whyText(named)).toContain(
      'dropped on ingress: denied by no-rebels in default, which has a deny rule for it.',
    );
    expect(named.policies.map((policy) => policy.name)).toEqual(['no-rebels']);
    expect(whyText(why(denied))).toContain('a deny rule matched; the flow does not name its policy.');
  });

  it('tells audit from enforcement', () => {
    const told = why({ ...ends, ...syn, verdict: 4, trafficDirection: 1, eventType: { type: 5 } });
    expect(told.denial).toBe('audit-either-deny');
    expect(whyText(told)).toContain('only because policy audit mode is on');
  });

  it('tells an L7 denial by its request', () => {
    const told = why({
      ...ends,
      verdict: 2,
      Type: 2,
      trafficDirection: 1,
      l7: {
        type: 1,
        record: {
          case: 'http',
          value: { method: 'PUT', url: 'http://deathstar.default.svc/v1/exhaust-port' },
        },
      },
    });
    expect(whyText(told)).toMatch(
      /^The HTTP request PUT \/v1\/exhaust-port from .* was refused by the proxy on ingress: /,
    );
    expect(told.denial).toBe('l7-rule');
  });

  it('does not blame a policy for other reasons', () => {
    const told = why({ ...ends, ...syn, verdict: 2, dropReasonDesc: 155 });
    expect(whyText(told)).toContain(
      'CT: Map insertion failed (CT_MAP_INSERTION_FAILED), which is not a policy decision.',
    );
    expect(told.denial).toBe('not-policy');
  });

  it('says that a reason is not told', () => {
    const told = why({ ...ends, ...syn, verdict: 2, trafficDirection: 1, eventType: { type: 1 } });
    expect(whyText(told)).toMatch(/ was dropped on ingress: the flow does not tell the reason\.$/);
    expect(told.denial).toBe('untold');
    const newer = why({ ...ends, ...syn, verdict: 2, extDropReasonDesc: 'Route lookup: no route' });
    expect(whyText(newer)).toMatch(/ was dropped: Route lookup: no route\.$/);
  });

  it.each([
    [syn.l4, 'on port 80/TCP'],
    [{ protocol: { case: 'UDP', value: { destinationPort: 53 } } } as const, 'on port 53/UDP'],
    [{ protocol: { case: 'ICMPv4', value: { type: 8 } } } as const, 'with ICMPv4 type 8'],
  ])('does not say of a peer that is let in elsewhere that none allows it', (l4, what) => {
    const flow = create(FlowSchema, { ...ends, l4, verdict: 2, dropReasonDesc: 133, trafficDirection: 1 });
    const sentence = (isPeerAllowedElsewhere: boolean) =>
      whyText(explainFlow(flow, words, { isPeerAllowedElsewhere }));
    expect(sentence(true)).toContain(`and none allows this peer ${what}.`);
    expect(sentence(false)).toContain('and none allows this peer.');
  });

  it.each([
    [6, 1, 0, ', before its service address was translated.'],
    [7, 2, 0, ', after its service address was translated.'],
    [6, 3, 0, ', before the address of a service, if it has one, was put in the place of its backend’s.'],
    [7, 4, 0, ', after the address of a service, if it has one, was put in the place of its backend’s.'],
    [7, 0, 4, ', after the address of a service, if it has one, was put in the place of its backend’s.'],
    [6, 0, 0, ', before an address was translated; the flow does not say on which way.'],
  ])('tells verdict %i at point %i, sub type %i', (verdict, sockXlatePoint, subType, ending) => {
    const told = why({
      ...ends,
      verdict: verdict as never,
      sockXlatePoint: sockXlatePoint as never,
      eventType: { type: 7, subType },
    });
    expect(whyText(told).endsWith(ending), whyText(told)).toBe(true);
  });

  it('names who allowed a policy verdict, or says that the flow does not', () => {
    const allowed = { ...ends, ...syn, verdict: 1, trafficDirection: 1, eventType: { type: 5 } } as const;
    expect(
      whyText(
        why({ ...allowed, ingressAllowedBy: [{ name: 'rule1', namespace: 'default' }, { name: 'rule2' }] }),
      ),
    ).toContain('was allowed by rule1 in default and rule2 on ingress.');
    expect(whyText(why(allowed))).toContain('the flow does not name the policy.');
  });

  it('keeps unknown numbers as numbers', () => {
    expect(whyText(why({ ...ends, verdict: 9 as never }))).toContain('has the verdict 9.');
    expect(whyText(why({ ...ends, ...syn, verdict: 2, dropReasonDesc: 250 as never }))).toContain(
      '250, 0 (250)',
    );
  });

  it('has a sentence for a flow that holds nothing', () => {
    expect(whyText(why({}))).toBe(
      'The packet from an unnamed source to an unnamed destination has the verdict VERDICT_UNKNOWN.',
    );
  });

  it('is one sentence for any verdict, direction and reason', () => {
    fc.assert(
      fc.property(
        fc.record({
          verdict: fc.nat(9),
          dropReason: fc.nat(255),
          trafficDirection: fc.nat(3),
          type: fc.nat(7),
        }),
        ({ verdict, dropReason, trafficDirection, type }) => {
          const told = why({
            ...ends,
            ...syn,
            verdict: verdict as never,
            dropReason,
            trafficDirection: trafficDirection as never,
            eventType: { type },
          });
          const text = whyText(told);
          expect(text.startsWith('The ')).toBe(true);
          expect(text.endsWith('.')).toBe(true);
          expect(text).not.toContain('undefined');
          expect(text).not.toContain('  ');
        },
      ),
      { seed: 7, numRuns: 300 },
    );
  });
});

describe('tellingLabel', () => {
  it('passes over bookkeeping and over names', () => {
    const flow = create(FlowSchema, ends);
    expect(flow.source === undefined ? '' : tellingLabel(flow.source)).toBe('org=alliance');
  });

  it('is undefined when every label repeats the name', () => {
    const flow = create(FlowSchema, {
      source: { podName: 'web-1', labels: ['k8s:app=web', 'reserved:host'] },
    });
    expect(flow.source === undefined ? '' : tellingLabel(flow.source)).toBe(undefined);
  });
});
