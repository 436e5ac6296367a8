import '../expressions.ts';
import { create } from '@bufbuild/protobuf';
import { type Flow, FlowFilterSchema, FlowSchema, L7FlowType } from '@finderscope/hubble-api';
import { expect, it } from 'vitest';
import { dnsRcodeName, dnsRcodeOf } from '../text/dns-rcode.ts';
import { compileFilter } from './compile.ts';
import { dnsRcodeExpression, dnsRcodeOfExpression } from './dns-rcode-expression.ts';

function dnsFlow(type: L7FlowType, rcode: number): Flow {
  return create(FlowSchema, { l7: { type, record: { case: 'dns', value: { rcode } } } });
}

it('matches DNS answers with the code, and nothing else', () => {
  const { REQUEST, RESPONSE } = L7FlowType;
  const flows = [
    dnsFlow(RESPONSE, 0),
    dnsFlow(RESPONSE, 3),
    dnsFlow(REQUEST, 0),
    dnsFlow(REQUEST, 3),
    create(FlowSchema, { l7: { type: RESPONSE, record: { case: 'http', value: { code: 200 } } } }),
    create(FlowSchema, {}),
  ];
  const matching = (rcode: number): number[] => {
    const experimental = { celExpression: [dnsRcodeExpression(rcode)] };
    const filter = compileFilter(create(FlowFilterSchema, { experimental }));
    if (!filter.ok) throw new Error(filter.error);
    return flows.flatMap((flow, i) => (filter.value(flow) ? [i] : []));
  };
  expect(matching(0)).toEqual([0]);
  expect(matching(3)).toEqual([1]);
  expect(matching(4_294_967_295)).toEqual([]);
});

it('is read back as the code it was made for, and no other expression is', () => {
  for (const rcode of [0, 3, 42, 4_294_967_295]) {
    expect(dnsRcodeOfExpression(dnsRcodeExpression(rcode))).toBe(rcode);
    expect(dnsRcodeOf(dnsRcodeName(rcode))).toBe(rcode);
  }
  for (const other of ['', '_flow.l7.dns.rcode == 3u', `${dnsRcodeExpression(3)} || true`])
    expect(dnsRcodeOfExpression(other)).toBeUndefined();
  for (const name of ['', 'NX', 'RCODE 3', 'RCODE ', 'RCODE -1', 'RCODE 042'])
    expect(dnsRcodeOf(name)).toBeUndefined();
});
