import { create, equals } from '@bufbuild/protobuf';
import { FlowFilterSchema } from '@finderscope/hubble-api';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileFilter } from '../filter/compile.ts';
import { filterArbitrary } from '../filter/test-support/index.ts';
import { compileFilterText } from './compile.ts';
import { filterToTokens } from './filter-text.ts';

describe('a filter as tokens', () => {
  test.each([
    [{ sourcePod: ['a/x', 'b/'], destinationPort: ['80'] }, ['from-pod:a/x or b/', 'to-port:80']],
    [{ eventType: [{ type: 4, matchSubType: true }] }, ['type:trace:to-endpoint']],
    [{ sourceLabel: ['a in (b)'] }, ['from-label:"a in (b)"']],
    [{ sourceIdentity: [2, 4711] }, ['from-identity:world or 4711']],
    [{ ipVersion: [0, 2] }, ['ip-version:none or v6']],
    [{ destinationWorkload: [{ kind: 'Deployment', name: '' }] }, ['to-workload:Deployment/']],
    [{ trafficDirection: [0] }, ['traffic-direction:TRAFFIC_DIRECTION_UNKNOWN']],
    [{}, ['raw-filter:{}']],
    [{ tcpFlags: [{}] }, ['raw-filter:{"tcp_flags":[{}]}']],
    [{ interface: [{ index: 2, name: 'eth0' }] }, ['raw-filter:{"interface":[{"index":2,"name":"eth0"}]}']],
    [{ reply: [true, false] }, ['raw-filter:{"reply":[true,false]}']],
    [{ sourceIp: ['FD00::7'] }, ['raw-filter:{"source_ip":["FD00::7"]}']],
    [{ verdict: [77] }, ['raw-filter:{"verdict":[77]}']],
  ])('%j', (filter, tokens) => {
    expect(filterToTokens(create(FlowFilterSchema, filter))).toEqual(tokens);
  });

  test('gives the same filter again, whatever the filter', () => {
    let kept = 0;
    fc.assert(
      fc.property(filterArbitrary(0, 4), (filter) => {
        if (!compileFilter(filter).ok) return;
        kept++;
        const text = filterToTokens(filter).join(' ');
        const back = compileFilterText(text);
        const [only, ...others] = back.ok ? back.value.allow : [];
        expect(others).toEqual([]);
        expect(only !== undefined && equals(FlowFilterSchema, only, filter), text).toBe(true);
      }),
      { numRuns: 300, seed: 4711 },
    );
    expect(kept).toBeGreaterThan(100);
  });
});
