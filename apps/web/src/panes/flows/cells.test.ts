import { describe, expect, it } from 'vitest';
import { ALL_COLUMNS, columnsOf, endText } from './columns.ts';
import { COLUMN_IDS } from '../../view-state/index.ts';
import { endFilter } from './end-filter.ts';
import { summaryFilter, typeFilter } from './event-filter.ts';
import { makeEnd, makeRow } from '../testing/row-fixture.ts';
import { arrowKind, rowTone } from './row-tone.ts';
import { summaryParts } from '../flow-summary.ts';

describe('columns', () => {
  it('has one row for each column of the address', () => {
    expect(ALL_COLUMNS.map((column) => column.id).toSorted()).toEqual([...COLUMN_IDS].toSorted());
  });

  it('says nothing for what a flow does not hold, and numbers for what has no name', () => {
    const bare = makeRow(1, {
      verdict: 42,
      dropReason: 0,
      trafficDirection: 7,
      source: makeEnd({ namespace: '', name: '', workload: '', ip: '', port: undefined, identity: 0 }),
      summary: '',
      nodeName: '',
    });
    const texts = Object.fromEntries(ALL_COLUMNS.map((column) => [column.id, column.text(bare)]));
    expect(texts).toMatchObject({
      verdict: '42',
      direction: '7',
      source: '',
      'source-identity': '',
      'source-port': '',
      summary: '',
      node: '',
      'drop-reason': '',
    });
    const filters = columnsOf(['source', 'summary', 'node', 'source-ip', 'direction']).map((column) =>
      column.filter(bare),
    );
    expect(filters).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });

  it('offers as a filter only what the language has a word for', () => {
    const newer = makeRow(1, {
      verdict: 99,
      dropReason: 9999,
      trafficDirection: 7,
      httpCode: 7,
      summary: '',
      type: 'Unknown',
      source: makeEnd({ port: 70_000 }),
    });
    const ids = ['verdict', 'drop-reason', 'direction', 'http-status', 'type', 'source-port'] as const;
    expect(columnsOf(ids).map((column) => [column.id, column.text(newer), column.filter(newer)])).toEqual([
      ['verdict', '99', undefined],
      ['drop-reason', '9999', undefined],
      ['direction', '7', undefined],
      ['http-status', '7', undefined],
      ['type', 'Unknown', undefined],
      ['source-port', '70000', undefined],
    ]);
    const known = makeRow(1, { verdict: 2, dropReason: 133, trafficDirection: 2 });
    expect(columnsOf(ids.slice(0, 3)).map((column) => column.filter(known))).toEqual([
      { field: 'verdict', value: 'DROPPED' },
      { field: 'drop-reason-desc', value: 'POLICY_DENIED' },
      { field: 'traffic-direction', value: 'EGRESS' },
    ]);
  });

  it('puts IPv6 hosts in brackets before a port', () => {
    expect(endText(makeEnd({ namespace: '', name: 'fd00::1', ip: 'fd00::1' }))).toBe('[fd00::1]:1234');
    expect(endText(makeEnd({ port: 0 }))).toBe('default/xwing');
  });
});

describe('endFilter', () => {
  it.each([
    ['a pod', makeEnd(), { field: 'from-pod', value: 'default/xwing' }],
    [
      'a service',
      makeEnd({ name: 'deathstar', workload: '', identity: 0 }),
      { field: 'from-service', value: 'default/deathstar' },
    ],
    [
      'a name',
      makeEnd({ namespace: '', name: 'a.example,b.example', workload: '', identity: 16777218 }),
      { field: 'from-fqdn', value: 'a.example' },
    ],
    [
      'an address',
      makeEnd({ namespace: '', name: '10.0.0.1', workload: '', identity: 2 }),
      { field: 'from-ip', value: '10.0.0.1' },
    ],
    ['a MAC', makeEnd({ namespace: '', name: 'ae:11:22:33:44:55', workload: '', ip: '' }), undefined],
    ['nothing', makeEnd({ namespace: '', name: '', ip: '' }), undefined],
  ])('%s', (_, end, filter) => {
    expect(endFilter(end, 'from')).toEqual(filter);
  });
});

describe('typeFilter and summaryFilter', () => {
  it.each([
    [makeRow(1), { field: 'type', value: 'trace:to-endpoint' }],
    [makeRow(1, { type: 'policy-verdict:none INGRESS' }), { field: 'type', value: 'policy-verdict' }],
    [makeRow(1, { type: 'http-request', l7: 'http' }), { field: 'protocol', value: 'http' }],
    [makeRow(1, { type: 'post-xlate-fwd' }), { field: 'type', value: 'trace-sock:2' }],
    [
      makeRow(1, { type: 'Policy denied', dropReason: 133 }),
      { field: 'drop-reason-desc', value: 'POLICY_DENIED' },
    ],
    [makeRow(1, { type: 'UNKNOWN' }), undefined],
  ])('type %#', (row, filter) => {
    expect(typeFilter(row)).toEqual(filter);
  });

  it('takes flags, status or method from the summary', () => {
    expect(summaryFilter(makeRow(1, { summary: 'TCP Flags: SYN, ACK' }))).toEqual({
      field: 'tcp-flags',
      value: 'SYN,ACK',
    });
    expect(summaryFilter(makeRow(1, { httpCode: 403 }))).toEqual({ field: 'http-status', value: '403' });
    expect(summaryFilter(makeRow(1, { summary: 'HTTP/1.1 GET http://a/b' }))).toEqual({
      field: 'http-method',
      value: 'GET',
    });
    expect(summaryFilter(makeRow(1, { summary: 'UDP' }))).toBe(undefined);
  });
});

describe('summaryParts', () => {
  it.each([
    [
      { summary: 'TCP Flags: SYN', policies: ['rule1'] },
      { strong: '', text: 'SYN', note: 'by rule1' },
    ],
    [
      { summary: 'TCP Flags: SYN', dropReason: 133, type: 'Policy denied' },
      { strong: '', text: 'SYN', note: 'POLICY_DENIED' },
    ],
    [
      { summary: 'HTTP/1.1 PUT http://d.svc/v1/exhaust-port' },
      { strong: 'PUT', text: '/v1/exhaust-port', note: '' },
    ],
    [
      { summary: 'HTTP/1.1 403 4ms (PUT http://d.svc/v1/x?y=1)' },
      { strong: '403', text: 'PUT /v1/x?y=1', note: '' },
    ],
    [{ summary: 'DNS Query cilium.io. A' }, { strong: '', text: 'DNS Query cilium.io. A', note: '' }],
    [{ summary: 'HTTP/1.1 GET not a url' }, { strong: '', text: 'HTTP/1.1 GET not a url', note: '' }],
  ])('%o', (patch, parts) => {
    expect(summaryParts(makeRow(1, patch))).toEqual(parts);
  });
});

describe('row tone and arrow', () => {
  it('is loud only for what went wrong', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 7, 99].map(rowTone)).toEqual([
      'calm',
      'calm',
      'dropped',
      'error',
      'audit',
      'calm',
      'calm',
      'calm',
      'calm',
    ]);
  });

  it('ends in a bar where the packet stopped', () => {
    expect(arrowKind({ verdict: 2, isReply: false })).toBe('stopped');
    expect(arrowKind({ verdict: 1, isReply: true })).toBe('reply');
    expect(arrowKind({ verdict: 1, isReply: undefined })).toBe('unknown');
  });
});
