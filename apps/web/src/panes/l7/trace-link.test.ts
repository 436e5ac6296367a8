import { expect, it } from 'vitest';
import { traceUrl } from './trace-link.ts';

it('leads to a trace, and nowhere else whatever the id says', () => {
  expect(traceUrl('https://t.example/{traceId}?a={traceId}', 'ab12')).toBe('https://t.example/ab12?a=ab12');
  expect(traceUrl('https://t.example/{traceId}', '../x?$&"')).toBe('https://t.example/..%2Fx%3F%24%26%22');
  expect([traceUrl('', 'ab'), traceUrl('https://t.example/{traceId}', '')]).toEqual([undefined, undefined]);
});
