import { describe, expect, it } from 'vitest';
import { createTemplater, isRoute, PATH_RULES, templatePattern } from './path-rules.ts';

const ALL = { off: [], routes: [] };

describe('templates', () => {
  it.each([
    ['/orders/10482/items', '/orders/{n}/items'],
    ['/status/200', '/status/{n}'],
    ['/carts/0b7e4c1a-1f0d-4c53-9a57-2f64a1c9d0e2', '/carts/{uuid}'],
    ['/days/2026-11-21/runs/2026-11-21T12:00:00Z', '/days/{date}/runs/{date}'],
    ['/hosts/10.0.1.142/fd00::1', '/hosts/{ip}/{ip}'],
    ['/blobs/5f3a9c0e', '/blobs/{hex}'],
    ['/users/han@falcon.example', '/users/{email}'],
    ['/o/order-10482', '/o/order-{n}'],
    ['/s/01JD7M4Q2X9Z8K/cs_test_a1B2c3D4e5F6g7', '/s/{id}/{id}'],
  ])('fold ids: %s', (path, template) => {
    expect(createTemplater(ALL)(path)).toBe(template);
  });

  it.each([
    '/',
    '',
    '/v1/request-landing',
    '/v2beta1/exhaust-port',
    '/deadline/facade/decade/added',
    '/top-10/oauth2/base64',
    '/apis/networking.k8s.io/v1/networkpolicies',
    '/internationalization/characterization',
    '/anything/ok',
    '/kubernetes-dashboard-proxy_of-a-long-name',
    '/login.aspx/jquery-3.7.1.min.js',
    '/a//b/',
  ])('leave words: %s', (path) => {
    expect(createTemplater(ALL)(path)).toBe(path);
  });

  it('leave out rules that are switched off', () => {
    expect(createTemplater({ off: ['number'], routes: [] })('/status/200/5f3a9c0e')).toBe(
      '/status/200/{hex}',
    );
  });

  it('take routes that a person has written first, whole paths only', () => {
    const template = createTemplater({
      off: [],
      routes: ['/users/{name}/posts', '/tenants/{tenant}-prod/{n}', 'nonsense', '/no/names', '/bro{ken'],
    });
    expect(template('/users/leia/posts')).toBe('/users/{name}/posts');
    expect(template('/users/leia/posts/7')).toBe('/users/leia/posts/{n}');
    expect(template('/users/leia/x/posts')).toBe('/users/leia/x/posts');
    expect(template('/tenants/hoth-prod/echo')).toBe('/tenants/{tenant}-prod/{n}');
  });
});

it('every rule does what its example says, and no rule before it takes the example', () => {
  const template = createTemplater(ALL);
  for (const { example, fold } of PATH_RULES) {
    const [segment, folded] = example;
    expect(fold(segment)).toBe(folded);
    expect(template(`/x/${segment}`)).toBe(`/x/${folded}`);
  }
});

it('a template is asked for by an expression that finds its paths', () => {
  const paths = [
    '/orders/10482/items',
    '/hosts/10.0.1.142',
    '/o/order-10482',
    '/days/2026-11-21',
    '/a.b/c+d',
  ];
  for (const path of paths) {
    expect(path).toMatch(new RegExp(templatePattern(createTemplater(ALL)(path))));
  }
  expect(templatePattern('/status/{n}')).toBe(String.raw`^/status/\d+$`);
  expect('/status/health').not.toMatch(new RegExp(templatePattern('/status/{n}')));
  expect(templatePattern('/users/{name}/a.b')).toBe(String.raw`^/users/[^/]+/a\.b$`);
});

it.each([
  ['/users/{name}', true],
  ['/users/{name}/{n}-x', true],
  ['users/{name}', false],
  ['/users', false],
  ['/users/{}', false],
  ['/users/{a', false],
  ['/users/{a/b}', false],
])('%s is a route: %s', (text, expected) => {
  expect(isRoute(text)).toBe(expected);
});
