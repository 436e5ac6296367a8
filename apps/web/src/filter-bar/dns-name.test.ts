import { expect, it } from 'vitest';
import { dnsChoice } from './dns-name.ts';

it('asks for the name and nothing that only holds it', () => {
  expect(dnsChoice('api.shop.svc.')).toEqual([{ field: 'dns-query', value: String.raw`^api\.shop\.svc\.$` }]);
  expect(dnsChoice('*.a|b')).toEqual([{ field: 'dns-query', value: String.raw`^\*\.a\|b$` }]);
  expect(dnsChoice('')).toEqual([]);
});
