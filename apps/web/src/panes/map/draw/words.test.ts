import { expect, it } from 'vitest';
import { droppedText, failureText, portsText } from './words.ts';

it.each([
  [0, 0, ''],
  [8, 0, ''],
  // Nothing is known of how any of them went.
  [0, 3, ''],
  [8, 2, '25% errors'],
  [1000, 1, '<1% errors'],
])('of %d answers %d failed: %j', (answered, failures, text) => {
  expect(failureText({ answered, failures })).toBe(text);
});

it.each([
  [0, 0, 0, ''],
  [0.4, 0, 0, '0.4/s dropped, coming in'],
  [0, 2, 0, '2.0/s dropped, going out'],
  [0, 0, 1, '1.0/s dropped, inside'],
  [0.4, 0.1, 0, '0.5/s dropped: 0.4/s in, 0.1/s out'],
])(
  'of what comes in %d, of what goes out %d and of what stays %d is dropped: %j',
  (inPerS, outPerS, insidePerS, text) => {
    const droppedPerS = inPerS + outPerS + insidePerS;
    expect(droppedText({ droppedPerS, dropped: { inPerS, outPerS, insidePerS } })).toBe(text);
  },
);

it.each([
  [[], ''],
  [['80/TCP'], '80/TCP'],
  [['80/TCP', '80/TCP HTTP'], '80/TCP HTTP'],
  [['53/UDP DNS', '53/UDP', '53/TCP', '/ICMPv4'], '53/UDP DNS +2 ports'],
  [['/ICMPv4', '80/TCP'], 'ICMPv4 +1 port'],
])('the ports %j are told as %j', (uses, text) => {
  const ports = uses.map((use) => {
    const [port = '', rest = ''] = use.split('/');
    const [protocol = '', l7 = ''] = rest.split(' ');
    return { port: port === '' ? undefined : Number(port), protocol, l7, count: 1 };
  });
  expect(portsText(ports)).toBe(text);
});
