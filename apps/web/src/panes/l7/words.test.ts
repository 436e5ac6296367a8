import { expect, it } from 'vitest';
import {
  callCount,
  classCount,
  isSearchPath,
  latencyText,
  shareText,
  spanSeconds,
  waitingCount,
} from './words.ts';

it.each([
  [undefined, '–'],
  [350_000, '0.3 ms'],
  [9_940_000, '9.9 ms'],
  [41_400_000, '41 ms'],
  [1_234_000_000, '1.23 s'],
  [125_000_000_000, '2 min 5 s'],
])('%s ns read %s', (ns, text) => {
  expect(latencyText(ns)).toBe(text);
});

it.each([
  [0, 10, '0 %'],
  [0, 0, '0 %'],
  [1, 5000, '<0.1 %'],
  [588, 3000, '19.6 %'],
  [2999, 3000, '99.9 %'],
  [3000, 3000, '100 %'],
])('%s of %s is %s', (part, whole, text) => {
  expect(shareText(part, whole)).toBe(text);
});

it('counts calls by whichever half was told', () => {
  expect([callCount({ requests: 3, responses: 1 }), callCount({ requests: 0, responses: 4 })]).toEqual([
    3, 4,
  ]);
  expect([waitingCount({ requests: 3, responses: 1 }), waitingCount({ requests: 0, responses: 4 })]).toEqual([
    2, 0,
  ]);
  const counts = { requests: 0, responses: 0, denied: 0, errors: 0, slow: 0, latency: undefined };
  const results = [
    { result: '404', count: 2 },
    { result: '403', count: 1 },
    { result: '200', count: 5 },
  ];
  expect(classCount({ ...counts, results }, '4')).toBe(3);
  expect([
    spanSeconds(undefined),
    spanSeconds([0n, 500_000_000n]),
    spanSeconds([0n, 2_500_000_000n]),
  ]).toEqual([1, 1, 2.5]);
});

it.each([
  ['example.com.shop.svc.cluster.local.', true],
  ['example.com.cluster.local.', true],
  ['backend.shop.svc.cluster.local.', false],
  ['shop.svc.cluster.local.', false],
  ['backend.shop.svc.cluster.local.cluster.local.', true],
  ['example.com.', false],
])('%s came of a search path: %s', (name, expected) => {
  expect(isSearchPath(name)).toBe(expected);
});
