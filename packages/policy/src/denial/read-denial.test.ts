import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { FlowSchema } from '@finderscope/hubble-api';
import { describe, expect, it } from 'vitest';
import { readDenial } from './read-denial.ts';

const RULE = { name: 'p' };

describe('readDenial', () => {
  it.each<[string, MessageInitShape<typeof FlowSchema>, string]>([
    ['a drop', { verdict: 2, dropReasonDesc: 133 }, 'default-deny'],
    ['a drop of an old Hubble', { verdict: 2, dropReason: 133 }, 'default-deny'],
    [
      'a drop of which a mask left the event',
      { verdict: 2, eventType: { type: 1, subType: 133 } },
      'default-deny',
    ],
    ['the same for a deny rule', { verdict: 2, eventType: { type: 1, subType: 181 } }, 'deny-rule'],
    ['a sub type of a trace', { verdict: 2, eventType: { type: 4, subType: 133 } }, 'untold'],
    ['a named deny', { verdict: 2, trafficDirection: 1, ingressDeniedBy: [RULE] }, 'deny-rule'],
    [
      'a list of the other direction',
      { verdict: 2, dropReasonDesc: 133, trafficDirection: 2, ingressDeniedBy: [RULE] },
      'default-deny',
    ],
    ['a list without a direction', { verdict: 2, ingressDeniedBy: [RULE] }, 'deny-rule'],
    ['an audited verdict, which never says more', { verdict: 4, eventType: { type: 5 } }, 'either-deny'],
    [
      'an audited verdict that does',
      { verdict: 4, trafficDirection: 1, ingressDeniedBy: [RULE] },
      'deny-rule',
    ],
    ['a denied verdict without a reason', { verdict: 2, eventType: { type: 5 } }, 'either-deny'],
    ['a drop without a reason', { verdict: 2, eventType: { type: 1 } }, 'untold'],
    ['want of authentication', { verdict: 2, dropReasonDesc: 189 }, 'auth'],
    ['another reason', { verdict: 2, dropReasonDesc: 155 }, 'not-policy'],
    ['a refused request', { verdict: 2, l7: { record: { case: 'http', value: {} } } }, 'l7-rule'],
    ['a refused request without its record', { verdict: 2, Type: 2 }, 'l7-rule'],
    ['what was forwarded', { verdict: 1, dropReasonDesc: 133 }, 'none'],
    ['an error of the proxy', { verdict: 3, Type: 2 }, 'none'],
    ['nothing', {}, 'none'],
  ])('reads %s', (_, init, kind) => {
    expect(readDenial(create(FlowSchema, init)).kind).toBe(kind);
  });
});
