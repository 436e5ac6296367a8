// Names and words of the constants, each against the table of what Hubble prints.

import {
  DropReasonSchema,
  TraceObservationPoint,
  TraceObservationPointSchema,
} from '@finderscope/hubble-api';
import { expect, test } from 'vitest';
import { dnsRcodeName, dnsRcodeText } from './dns-rcode.ts';
import { DROP_REASONS, dropReasonName, dropReasonText } from './drop-reason.ts';
import { eventTypeName } from './event-type.ts';
import { IDENTITY_BY_NAME, identityName, identityText } from './identity.ts';
import { policyMatchTypeName } from './policy-match.ts';
import { TCP_FLAG_NAMES, tcpFlagsText } from './tcp-flags.ts';
import { socketPointName, tracePointName } from './trace-point.ts';
import { policyNamesText, VERDICT_NAMES, verdictName, verdictText } from './verdict.ts';

test('drop reasons', () => {
  expect(DROP_REASONS.map((reason) => reason.name).sort()).toEqual(
    DropReasonSchema.values.map((value) => value.name).sort(),
  );
  const withoutText = DROP_REASONS.filter((reason) => reason.text === `${reason.code}, 0`);
  expect(withoutText.map((reason) => reason.code)).toEqual([207]);
  expect(dropReasonText(133)).toBe('Policy denied');
  expect(dropReasonText(136)).toBe('Fragmentation needed');
  expect(dropReasonName(136)).toBe('CT_MISSING_TCP_ACK_FLAG');
  expect(dropReasonText(159)).toBe('159, 0');
  expect(dropReasonText(256 + 133)).toBe('Policy denied');
  expect(dropReasonName(159)).toBe('159');
});

test('identities', () => {
  expect([0, 2, 10, 11, 4711].map(identityText)).toEqual([
    '(unknown)',
    '(world)',
    '(world-ipv6)',
    '(ID:11)',
    '(ID:4711)',
  ]);
  expect(identityName(104)).toBeUndefined();
  expect(IDENTITY_BY_NAME.get('overlay-to-encrypt')).toBe(11);
  expect(IDENTITY_BY_NAME.has('unknown')).toBe(false);
});

test('verdicts', () => {
  expect(VERDICT_NAMES.length).toBe(8);
  expect(verdictName(2)).toBe('DROPPED');
  expect(verdictName(99)).toBe('99');
  const policy = [0, 1, 2, 3, 4, 5, 6].map((verdict) => verdictText({ verdict, eventType: 5 }));
  expect(policy).toEqual(['VERDICT_UNKNOWN', 'ALLOWED', 'DENIED', 'DENIED', 'AUDITED', 'ALLOWED', 'TRACED']);
  expect(verdictText({ verdict: 1, eventType: 4 })).toBe('FORWARDED');
  expect(
    policyNamesText([
      { name: 'a', kind: 'K' },
      { name: '', kind: 'K' },
      { name: 'b', kind: 'L' },
    ]),
  ).toBe(' BY a (K), b (L)');
  expect(policyNamesText([{ name: 'a', kind: '' }])).toBe('');
});

test('points', () => {
  expect(tracePointName(0)).toBe('to-endpoint');
  expect(tracePointName(200)).toBe('200');
  // Every point of the proto is named after its enum value.
  const named = TraceObservationPointSchema.values.filter(({ number }) => number !== 0);
  const subTypeOf = (point: number) => (point === TraceObservationPoint.TO_ENDPOINT ? 0 : point);
  expect(named.map(({ number }) => tracePointName(subTypeOf(number)))).toEqual(
    named.map(({ name }) => name.toLowerCase().replaceAll('_', '-')),
  );
  expect([1, 2, 3, 4, 0].map(socketPointName)).toEqual([
    'pre-xlate-fwd',
    'post-xlate-fwd',
    'pre-xlate-rev',
    'post-xlate-rev',
    'SOCK_XLATE_POINT_UNKNOWN',
  ]);
});

test('small words', () => {
  expect([0, 4, 7].map(policyMatchTypeName)).toEqual(['none', 'all', 'unknown']);
  expect([1, 5, 129, 77].map(eventTypeName)).toEqual(['drop', 'policy-verdict', 'l7', '77']);
  expect([3, 23, 99].map(dnsRcodeText)).toEqual(['Non-Existent Domain', 'Bad Cookie', 'Unknown']);
  expect([3, 23, 99].map(dnsRcodeName)).toEqual(['NXDOMAIN', 'BADCOOKIE', 'RCODE 99']);
  expect(tcpFlagsText(0)).toBe('');
  expect(tcpFlagsText(0b10010)).toBe('SYN, ACK');
  expect(tcpFlagsText(0x1ff)).toBe('SYN, ACK, RST, FIN, PSH, URG, ECE, CWR, NS');
  expect(TCP_FLAG_NAMES[1]).toBe('SYN');
});
