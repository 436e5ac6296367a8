import '../expressions.ts';
import { describe, expect, test } from 'vitest';
import { formatQuery } from './format.ts';
import { parseQuery } from './parse.ts';

/** The problems as `code at "text"`. */
function problemsOf(text: string): readonly string[] {
  return parseQuery(text).problems.map(
    ({ code, from, to }) => `${code} at ${JSON.stringify(text.slice(from, to))}`,
  );
}

function canonical(text: string): string {
  return formatQuery(parseQuery(text).query);
}

describe('text without problems', () => {
  test.each([
    // written                                   canonical
    ['', ''],
    ['  verdict:dropped ', 'verdict:DROPPED'],
    ['Verdict:DROPPED', 'verdict:DROPPED'],
    ['namespace:shop or payments', 'namespace:shop or payments'],
    ['ns:shop OR "pay ments"', 'namespace:shop or "pay ments"'],
    ['-verdict:TRACED', 'not verdict:TRACED'],
    ['NOT verdict:TRACED', 'not verdict:TRACED'],
    ['not ns:a or b pod:c/d', 'not namespace:a or b pod:c/d'],
    ['(verdict:DROPPED or http-status:5+)', '( verdict:DROPPED or http-status:5+ )'],
    ['(verdict:DROPPED or ERROR or port:80)', '( verdict:DROPPED or ERROR or port:80 )'],
    ['-(verdict:DROPPED port:80)', 'not ( verdict:DROPPED port:80 )'],
    ['( a:b )'.replace('a:b', 'port:1 (port:2 or ip:::1)'), '( port:1 ( port:2 or ip:::1 ) )'],
    ['label:app=x,tier=y', 'label:app=x,tier=y'],
    ['label:reserved:world or k8s:app=x', 'label:reserved:world or k8s:app=x'],
    ['label:"tier in (a,b)"', 'label:"tier in (a,b)"'],
    ["label:'tier in (a,b)'", 'label:"tier in (a,b)"'],
    ['http-path:/a(b|c)/d', 'http-path:"/a(b|c)/d"'],
    ['http-path:"/page/\\d+"', 'http-path:/page/\\d+'],
    ['http-path:"say \\"hi\\" \\\\d"', 'http-path:"say \\"hi\\" \\\\d"'],
    ['(http-path:/x)', '( http-path:/x )'],
    ['http-header:x:"y"', 'http-header:x:"y"'],
    ['pod:or', 'pod:"or"'],
    ['pod:a or "ip:b"', 'pod:a or "ip:b"'],
    ['pod:a or -b', 'pod:a or "-b"'],
    ['tcp-flags:syn,ack or rst', 'tcp-flags:SYN,ACK or RST'],
    ['http-url:[?]q=', 'http-url:[?]q='],
    ['trace-id:""', 'trace-id:""'],
    ['label:not or "not"', 'label:"not" or "not"'],
  ])('%s', (text, expected) => {
    expect(problemsOf(text)).toEqual([]);
    expect(canonical(text)).toBe(expected);
    expect(canonical(expected)).toBe(expected);
  });
});

describe('text with problems', () => {
  test.each([
    ['xwing', ['bare-word at "xwing"']],
    ['verdict:DROPPED xwing', ['bare-word at "xwing"']],
    ['pod:', ['missing-value at "pod:"']],
    ['pod: xwing', ['missing-value at "pod:"', 'bare-word at "xwing"']],
    ['nammespace:x', ['unknown-key at "nammespace:"']],
    ['http-status:9x', ['bad-value at "9x"']],
    ['http-status:404 or 9x', ['bad-value at "9x"']],
    ['http-path:"(a b"', ['bad-value at "\\"(a b\\""']],
    ['pod:"a b', ['unclosed-quote at "\\"a b"']],
    ['pod:"a"b', ['after-quote at "b"', 'bare-word at "b"']],
    ['( port:80', ['unclosed-group at "("']],
    ['port:80 )', ['stray-close at ")"']],
    ['( )', ['empty-group at "( )"']],
    ['port:80 or ip:1.1.1.1', ['misplaced-or at "or"']],
    ['port:80 or', ['misplaced-or at "or"']],
    ['( or port:80 )', ['misplaced-or at "or"']],
    ['( port:80 or )', ['misplaced-or at "or"']],
    ['not', ['misplaced-not at "not"']],
    ['not not port:80', ['misplaced-not at "not"']],
    ['( port:80 or not )', ['misplaced-not at "not"']],
    ['--verdict DROPPED', ['flag at "--verdict"', 'bare-word at "DROPPED"']],
    ['--colour', ['flag at "--colour"']],
    ['('.repeat(33) + 'port:80' + ')'.repeat(33), ['too-deep at "("', 'stray-close at ")"']],
  ])('%s', (text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
    const once = canonical(text);
    expect(canonical(once)).toBe(once);
  });

  test.each([
    ['xwing', 'xwing has no key. Write pod:xwing, or another key and a colon before it.'],
    ['verdict=DROPPED', 'A key and its value are joined by a colon. Write verdict:DROPPED.'],
    ['app=web', 'app=web has no key. Write label:app=web, or another key and a colon before it.'],
    ['port:80,443', 'A comma does not separate values. Write 80 or 443.'],
    ['port:80,x', '80,x is not a port. Write a number from 0 to 65535.'],
    ['10.1.2.3', /Write ip:10\.1\.2\.3,/],
    ['fd00::1', /Did you mean ip:fd00::1\?|Write ip:fd00::1,/],
    ['53', /Write port:53,/],
    ['dropped', /Write verdict:dropped,/],
    ['POLICY_DENIED', /Write drop-reason-desc:POLICY_DENIED,/],
    ['udp', /Write protocol:udp,/],
    ['GET', /Write http-method:GET,/],
    ['5+', /Write http-status:5\+,/],
    ['app=x', /Write label:app=x,/],
    ['api.example.com', /Write fqdn:api\.example\.com,/],
    ['/v1/x', /Write http-path:\/v1\/x,/],
    ['verdict', 'verdict has no value. Write it behind a colon, as in verdict:DROPPED.'],
    ['and', 'Tokens side by side must all hold already. Remove this word.'],
    ['reserved:world', 'reserved is not a key. Did you mean label:reserved:world?'],
    ['trace:to-endpoint', 'trace is not a key. Did you mean type:trace:to-endpoint?'],
    ['https://x/y', 'https is not a key. Did you mean http-url:https://x/y?'],
    ['verdct:x', 'verdct is not a key. Did you mean verdict?'],
    ['qqqqqq:x', 'qqqqqq is not a key. Write one such as namespace, pod, verdict or port.'],
    [
      '--colour',
      '--colour is not a flag of hubble observe. Did you mean --color? It changes only the terminal output.',
    ],
    ['--encrypted', /^--encrypted is a flag, and this is not a command\. Write encrypted:true, or paste/],
    ['--since', '--since picks flows by number or time, not by a filter. Remove it.'],
    ['from-pod:', 'from-pod has no value. Write it right behind the colon, as in from-pod:shop/cart.'],
  ])('%s says what to write', (text, message) => {
    expect(parseQuery(text).problems[0]?.message).toMatch(message);
  });
});

test('spans point at key, values and whole tokens', () => {
  const text = ' not from-pod:"a b" or c ';
  const [item] = parseQuery(text).query.items;
  expect(item).toMatchObject({ kind: 'token', from: 1, to: 24, negated: true, keySpan: { from: 5, to: 13 } });
  const values = item?.kind === 'token' ? item.values.map(({ from, to }) => text.slice(from, to)) : [];
  expect(values).toEqual(['"a b"', 'c']);
});
