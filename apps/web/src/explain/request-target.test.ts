import { describe, expect, it } from 'vitest';
import { requestTarget } from './request-target.ts';

describe('requestTarget', () => {
  it.each([
    ['http://deathstar.default.svc/v1/exhaust-port', '/v1/exhaust-port'],
    ['http://shop:8080/cart?id=1&x=<y>', '/cart?id=1&x=<y>'],
    ['http://shop/a/../../etc/passwd', '/a/../../etc/passwd'],
    ['http://shop/%2e%2e/a b#c', '/%2e%2e/a b#c'],
    ['HTTPS://[fd00::1]:80?x', '?x'],
    ['http://shop', '/'],
    ['/only/a/path', '/only/a/path'],
    ['not a url', 'not a url'],
    ['', ''],
  ])('%s -> %s', (url, target) => {
    expect(requestTarget(url)).toBe(target);
  });
});
