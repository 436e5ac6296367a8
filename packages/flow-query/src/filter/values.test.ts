// The single-value compilers, each with what it accepts, what it matches and how it refuses.

import { create } from '@bufbuild/protobuf';
import type { Result } from '@finderscope/base';
import { FlowSchema, Verdict } from '@finderscope/hubble-api';
import { describe, expect, test } from 'vitest';
import { compileCel } from './cel.ts';
import { compileFqdn } from './fqdn.ts';
import { compileHttpStatus } from './http.ts';
import { compileIp } from './ip.ts';
import { compileLabelSelector } from './labels.ts';
import { compileNamePrefix } from './name-prefix.ts';
import { compileNodeName } from './node-name.ts';
import { compilePort } from './port.ts';
import { compileProtocol } from './protocol.ts';
import { compileRegex } from './regex.ts';
import { requestPath } from './request-uri.ts';

function value<T>(result: Result<T, string>): T {
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

function error(result: Result<unknown, string>): string {
  return result.ok ? 'no error' : result.error;
}

/** Rows of `value | text that matches or - | text that does not`. */
function rows(table: string): string[][] {
  return table
    .trim()
    .split('\n')
    .map((row) => row.split('|').map((cell) => cell.trim()));
}

describe('compileIp', () => {
  test.each(
    rows(`
      10.0.0.1            | 10.0.0.1         | 10.0.0.10
      10.0.0.0/8          | 10.255.0.1       | 11.0.0.1
      10.1.2.3/8          | 10.9.9.9         | ::ffff:10.0.0.1
      10.0.1.128/25       | 10.0.1.200       | 10.0.1.127
      10.0.0.1/32         | 10.0.0.1         | 10.0.0.0
      0.0.0.0/0           | 1.2.3.4          | fd00::1
      ::/0                | fd00::1          | 1.2.3.4
      ::ffff:10.0.0.0/104 | ::ffff:10.9.0.1  | 10.9.0.1
      fd00::/9            | fd7f::1          | fd80::1
      fd00::1             | fd00::1          | fd00:0::1
      FD00::1             | FD00::1          | fd00::1
      fe80::/10           | fe80::1          | fe80::1%eth0
      10.0.0.0/8          | 10.0.0.0         | not-an-ip
    `),
  )('%s matches %s, not %s', (ip = '', yes = '', no = '') => {
    const matches = value(compileIp(ip));
    expect([matches(yes), matches(no), matches('')]).toEqual([true, false, false]);
  });

  test.each(
    rows(`
      1.2.3.4.5     | ParseAddr("1.2.3.4.5"): IPv4 address too long
      1..2.3        | ParseAddr("1..2.3"): IPv4 field must have at least one digit (at ".2.3")
      01.2.3.4      | ParseAddr("01.2.3.4"): IPv4 field has octet with leading zero
      256.2.3.4     | ParseAddr("256.2.3.4"): IPv4 field has value >255
      1.2.3.x       | ParseAddr("1.2.3.x"): unexpected character (at "x")
      1::2::3       | ParseAddr("1::2::3"): multiple :: in address (at ":3")
      1:2           | ParseAddr("1:2"): address string too short
      12345::       | ParseAddr("12345::"): each group must have 4 or less digits (at "12345::")
      1:2:3:4:5:6:7::8 | ParseAddr("1:2:3:4:5:6:7::8"): the :: must expand to at least one field of zeros
      %eth0         | ParseAddr("%eth0"): missing IPv6 address
    `),
  )('%s is refused', (ip = '', why = '') => {
    expect(error(compileIp(ip))).toBe(`invalid IP address "${ip}" in filter: ${why}`);
  });

  test.each(
    rows(`
      1.2.3.4/33  | prefix length out of range
      1.2.3.4/08  | bad bits after slash: "08"
      1.2.3.4/+8  | bad bits after slash: "+8"
      fe80::%e/64 | IPv6 zones cannot be present in a prefix
    `),
  )('%s is refused', (ip = '', why = '') => {
    expect(error(compileIp(ip))).toBe(
      `invalid IP prefix "${ip}" in filter: netip.ParsePrefix("${ip}"): ${why}`,
    );
  });
});

test.each(
  rows(`
    *.cilium.io  | a.b.cilium.io | cilium.io
    *.cilium.io  | .cilium.io    | a_b.cilium.io
    *            | a.b           | A.b
    CILIUM.io.   | cilium.io     | cilium.io.
    a_b.io       | a_b.io        | aXb.io
  `),
)('compileFqdn: %s matches %s, not %s', (pattern = '', yes = '', no = '') => {
  const matches = value(compileFqdn(pattern));
  expect([matches(yes), matches(no)]).toEqual([true, false]);
});

test('compileFqdn errors', () => {
  expect(error(compileFqdn(' '))).toBe('empty pattern');
  expect(error(compileFqdn('a..'))).toBe('multiple trailing dots in pattern');
  expect(error(compileFqdn("a'b"))).toBe("'\\'': invalid rune in pattern");
});

test.each(
  rows(`
    web          | kind/web        | web1
    web          | web             | kind/web.lan
    kind/        | kind/any.name   | web
    /web         | x/web           | x/web2
    default/w*   | web             | kind/web
    */*          | a/b             | A/b
  `),
)('compileNodeName: %s matches %s, not %s', (pattern = '', yes = '', no = '') => {
  const matches = value(compileNodeName(pattern));
  expect([matches(yes), matches(no), matches('')]).toEqual([true, false, false]);
});

test.each(
  rows(`
    web        | default/web-1   | shop/web-1
    shop/      | shop/           | default/x
    /web       | x/web           | x/awe
    /          | /x              | /
    shop/web/x | shop/web-1      | shop/we
  `),
)('compileNamePrefix: %s matches %s, not %s', (pattern = '', yes = '', no = '') => {
  const matches = value(compileNamePrefix(pattern));
  const split = (text: string): [string, string] => [text.split('/')[0] ?? '', text.split('/')[1] ?? ''];
  expect([matches(...split(yes)), matches(...split(no))]).toEqual([true, false]);
});

describe('compileLabelSelector', () => {
  test.each(
    rows(`
      app                        | k8s:app=web                    | k8s:apps=web
      !app                       | k8s:tier=1                     | app
      k8s:app=web                | k8s:app=web                    | container:app=web
      any:app==web               | container:app=web              | k8s:app=db
      app!=web                   | k8s:tier=1                     | k8s:app=web
      app in (web, db)           | k8s:app=db                     | k8s:tier=1
      app notin (web)            | k8s:x                          | k8s:app=web
      app notin ()               | k8s:app=web                    | k8s:app
      tier>9, app                | k8s:tier=10 k8s:app            | k8s:tier=9 k8s:app
      tier<10                    | k8s:tier=-3                    | k8s:tier=abc
      reserved:host              | reserved:host                  | k8s:host
      reserved:host              | $host                          | host
      reserved:init              | reserved.init                  | k8s:init
      cidr:10.0.0.0/8            | cidr:10.1.2.0/24               | cidr:0.0.0.0/0
      cidr:fd00--0/8             | cidr:fd00-1--0/64              | cidr:fe80--0/10
      foo.example.com in (a,b)   | any:foo.example.com=a          | k8s:foo.example.com=c
      app=web                    | a:x=1 k8s:app=web k8s:app=db   | k8s:app=db k8s:app=web
    `),
  )('%s matches %s, not %s', (selector = '', yes = '', no = '') => {
    const matches = value(compileLabelSelector(selector));
    expect([matches(yes.split(' ')), matches(no.split(' '))]).toEqual([true, false]);
  });

  test('the empty selector matches everything', () => {
    expect(value(compileLabelSelector(''))([])).toBe(true);
  });

  test('errors show the rewritten key and say the rule', () => {
    expect(error(compileLabelSelector('a:b:c'))).toMatch(
      /^unable to parse requirement: <nil>: Invalid value: "a\.b:c": name part must consist of/,
    );
    expect(error(compileLabelSelector('a=b/c'))).toMatch(
      /^unable to parse requirement: values\[0\]\[any\.a\]: Invalid value: "b\/c": a valid label must be/,
    );
    expect(error(compileLabelSelector('a>x'))).toBe(
      `unable to parse requirement: values[0]: Invalid value: "x": for 'Gt', 'Lt' operators, the value must be an integer`,
    );
    expect(error(compileLabelSelector('a,!'))).toMatch(/Invalid value: "any\."/);
    expect(error(compileLabelSelector('a='.repeat(2)))).toBe("found '=', expected: ',' or 'end of string'");
  });
});

test('compilePort', () => {
  expect(value(compilePort('00080'))).toBe(80);
  expect(error(compilePort('٣'))).toContain('invalid syntax');
  expect(error(compilePort('65536'))).toContain('value out of range');
});

test('compileProtocol', () => {
  expect(value(compileProtocol('ICMP'))).toEqual(['ICMPv4', 'ICMPv6']);
  expect(error(compileProtocol('quic'))).toBe('unknown protocol: "quic"');
});

test('compileHttpStatus', () => {
  expect(value(compileHttpStatus('5+'))(503)).toBe(true);
  expect(value(compileHttpStatus('404'))(40)).toBe(false);
  for (const bad of ['', '20', '600', '2', '404+', '4++', '404\n']) {
    expect(error(compileHttpStatus(bad))).toBe(`invalid status code prefix: ${JSON.stringify(bad)}`);
  }
});

test('compileRegex has the syntax of RE2', () => {
  for (const [regex, text] of [
    ['(?i)SHOP', 'my shop'],
    ['\\Aa\\z', 'a'],
    ['[[:digit:]]{2}', 'x42'],
    ['\\Qa.b\\E', 'a.b'],
    ['(?P<name>x)', 'x'],
  ] as const) {
    expect(value(compileRegex(regex))(text)).toBe(true);
  }
  expect(error(compileRegex('(a)\\1'))).toBe('error parsing regexp: invalid escape sequence: `\\1`');
  expect(error(compileRegex('a\\'))).toBe(
    'error parsing regexp: trailing backslash at end of expression: ``',
  );
});

test.each(
  rows(`
    /                            | /
    /a%20b?x=1                   | /a b
    /a#b?c                       | /a#b
    http://h                     |
    HTTP://u:p@H:80/x            | /x
    http://[fd00::1]:80/x        | /x
    mailto:x                     |
    *                            | *
    //h/x                        | //h/x
    /%C3%A9                      | /é
  `),
)('requestPath: %s', (url = '', path = '') => {
  expect(requestPath(url)).toBe(path);
});

test.each([
  '',
  'a/b',
  ':x',
  '/%zz',
  'http://h:x/y',
  'http://[1.2.3.4]/',
  'http://a b/',
  '/\u0001',
  'http://a%41/',
])('requestPath: %j is not a request', (url) => {
  expect(requestPath(url)).toBeUndefined();
});

describe('compileCel', () => {
  const dropped = create(FlowSchema, {
    verdict: Verdict.DROPPED,
    source: { identity: 7, labels: ['reserved:host'] },
  });
  test.each([
    ['_flow.verdict == Verdict.DROPPED', true],
    ['_flow.source.identity == 7u && !has(_flow.l7)', true],
    ['_flow.source.labels.exists(l, l.startsWith("k8s:"))', false],
    ['_flow.uuid.matches("^$")', true],
    ['_flow.source.labels.map(l, size(l)).exists(n, n > 5)', true],
    ['_flow.source.labels.filter(l, "host" in {"host": l}).size() == 1', true],
    ['_flow.is_reply == null', true],
    ['int(_flow.source.identity) + 1 == 8 // a comment', true],
    ['[1, 2].map(x, x * 2) + [6] == [2, 4, 6]', true],
    ['Flow{uuid: "a"} != _flow', true],
    ['true ? dyn(1) == 1u : false', true],
    // A runtime error is neither.
    ['_flow.uuid.matches("(")', undefined],
    ['{"a": 1}["b"] == 1', undefined],
    ['_flow.destination.labels[0] == "x"', undefined],
  ])('%s', (expression, expected) => {
    expect(value(compileCel(expression))(dropped)).toBe(expected);
  });

  test.each([
    ['_flow.uuid', 'got "string", wanted "bool" result type'],
    ['_flow.is_reply', 'got "wrapper(bool)", wanted "bool" result type'],
    ['_flow.nope == 1', "ERROR: <input>:1:6: undefined field 'nope'\n | _flow.nope == 1\n | .....^"],
    [
      'x == 1 || y',
      "ERROR: <input>:1:1: undeclared reference to 'x' (in container 'flow')\n | x == 1 || y\n | ^\nERROR: <input>:1:11: undeclared reference to 'y'",
    ],
    ['_flow.verdict == Verdict.NOPE', "undeclared reference to 'Verdict'"],
    [
      '_flow.source.identity > 5',
      "ERROR: <input>:1:23: found no matching overload for '_>_' applied to '(uint, int)'",
    ],
    ['_flow.source.identity in [7]', "'@in' applied to '(uint, list(int))'"],
    ['_flow.source.labels.all(l, l.foo())', "ERROR: <input>:1:33: undeclared reference to 'foo'"],
    ['_flow.egress_allowed_by.exists(p, p.nope == "a")', "undefined field 'nope'"],
    ['true || 1', "expected type 'bool' but found 'int'"],
    ['_flow.uuid.size', "type 'string' does not support field selection"],
    ['Flow{uuid: 1} == _flow', "expected type of field 'uuid' is 'string' but provided type is 'int'"],
    ['_flow.uuid == "" ? true : 1', "'_?_:_' applied to '(bool, bool, int)'"],
    ['_flow.uuid ==', ''],
  ])('%s is refused', (expression, why) => {
    const refusal = error(compileCel(expression));
    expect(refusal).toMatch(/^error compiling CEL expression: /);
    expect(refusal).toContain(why);
  });
});
