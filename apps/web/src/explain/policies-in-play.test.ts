import { create } from '@bufbuild/protobuf';
import { compileFilterText } from '@finderscope/flow-query';
import { FlowSchema } from '@finderscope/hubble-api';
import { describe, expect, it } from 'vitest';
import { makeRow } from '../panes/testing/row-fixture.ts';
import { inPlayFilter, policiesInPlay } from './policies-in-play.ts';

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
