import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { compileFilterText } from '@finderscope/flow-query';
import { FlowSchema } from '@finderscope/hubble-api';
import { describe, expect, it } from 'vitest';
import { makeRow } from '../panes/testing/row-fixture.ts';
import { elsewhereFilter, inPlayFilter, isSeenSince, policiesInPlay } from './policies-in-play.ts';

const flow = (trafficDirection: number, source = 11716, destination = 6589) =>
  create(FlowSchema, {
    trafficDirection,
    source: { identity: source },
    destination: { identity: destination },
  });

describe('inPlayFilter', () => {
  it('asks for what was let through at the end that denied', () => {
    const ingress = inPlayFilter(flow(1), 'default-deny');
    expect(ingress).toBe(
      'type:policy-verdict verdict:FORWARDED verdict:REDIRECTED traffic-direction:ingress to-identity:6589',
    );
    expect(inPlayFilter(flow(2), 'audit-default-deny')).toMatch(/egress from-identity:11716$/);
    expect(inPlayFilter(flow(1), 'l7-rule')).toMatch(/to-identity:6589 from-identity:11716$/);
    expect(compileFilterText(ingress ?? '').ok).toBe(true);
  });

  it('asks nothing where no end is told or no policy denied by default', () => {
    expect(inPlayFilter(flow(0), 'default-deny')).toBe(undefined);
    expect(inPlayFilter(flow(1, 11716, 0), 'default-deny')).toBe(undefined);
    expect(inPlayFilter(flow(1), 'deny-rule')).toBe(undefined);
    expect(inPlayFilter(flow(1), 'none')).toBe(undefined);
  });
});

type Init = Exclude<MessageInitShape<typeof FlowSchema>, { readonly $typeName: string }>;

describe('elsewhereFilter', () => {
  const tcp = { protocol: { case: 'TCP', value: { destinationPort: 80 } } } as const;
  const drop = (init: Init) =>
    elsewhereFilter(
      create(FlowSchema, {
        verdict: 2,
        dropReasonDesc: 133,
        trafficDirection: 1,
        source: { identity: 11716 },
        destination: { identity: 6589 },
        l4: tcp,
        ...init,
      }),
    );

  it('asks for what was let through between the same two elsewhere', () => {
    const filter = drop({});
    expect(filter).toBe(
      'type:policy-verdict verdict:FORWARDED verdict:REDIRECTED traffic-direction:ingress from-identity:11716 to-identity:6589 not to-port:80',
    );
    const ping = drop({ trafficDirection: 2, l4: { protocol: { case: 'ICMPv6', value: { type: 128 } } } });
    expect(ping).toMatch(/egress .* not protocol:icmpv6$/);
    expect([filter, ping].map((text) => compileFilterText(text ?? '').ok)).toEqual([true, true]);
  });

  it.each<[string, Init]>([
    ['a deny rule', { dropReasonDesc: 181 }],
    ['no direction', { trafficDirection: 0 }],
    ['an end that is not told', { source: {} }],
    ['no transport', { l4: {} }],
  ])('asks nothing for %s', (_, init) => {
    expect(drop(init)).toBe(undefined);
  });
});

it('takes what was let in elsewhere only from the time looked at', () => {
  const rows = [makeRow(1, { timeNs: 20n })];
  expect([undefined, 20n, 21n].map((sinceNs) => isSeenSince(rows, sinceNs))).toEqual([true, true, false]);
  expect(isSeenSince([], undefined)).toBe(false);
});

it('counts what each policy let through, and whom most', () => {
  const end = (workload: string) => ({ ...makeRow(1).source, workload });
  const rows = [
    makeRow(1, { policies: ['rule1'], count: 3, timeNs: 10n, source: end('a') }),
    makeRow(2, { policies: ['rule1', 'rule2'], count: 5, timeNs: 30n, source: end('b') }),
    makeRow(3, { policies: ['rule2'], count: 1, timeNs: 20n, source: end('a') }),
    makeRow(4, { policies: [], count: 9 }),
  ];
  expect(policiesInPlay(rows, 'source')).toEqual([
    { name: 'rule1', peer: 'b', count: 8, lastNs: 30n, row: 2 },
    { name: 'rule2', peer: 'b', count: 6, lastNs: 30n, row: 2 },
  ]);
  expect(policiesInPlay([], 'source')).toEqual([]);
  // Two revisions in one flow are one policy, and one flow.
  const twice = policiesInPlay([makeRow(1, { policies: ['rule1', 'rule1'], count: 1 })], 'source');
  expect(twice.map(({ name, count }) => [name, count])).toEqual([['rule1', 1]]);
});

it('leaves out what has let nothing through in the time looked at, unless nothing has', () => {
  const rows = [
    makeRow(1, { policies: ['gone'], count: 9, timeNs: 10n }),
    makeRow(2, { policies: ['here'], count: 2, timeNs: 30n }),
  ];
  const names = (sinceNs: bigint) => policiesInPlay(rows, 'source', sinceNs).map(({ name }) => name);
  expect(names(5n)).toEqual(['gone', 'here']);
  expect(names(20n)).toEqual(['here']);
  expect(names(40n)).toEqual(['gone', 'here']);
});
