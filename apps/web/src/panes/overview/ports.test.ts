import { expect, it } from 'vitest';
import { portLines } from './ports.ts';

it('puts the protocols of a port together', () => {
  const lines = portLines([
    { values: ['53', 'udp'], count: 50 },
    { values: ['80', 'tcp'], count: 40 },
    { values: ['80', 'http'], count: 20 },
    { values: ['', 'icmpv4'], count: 8 },
    { values: ['0', 'udp'], count: 5 },
    { values: ['ephemeral', 'tcp'], count: 3 },
  ]);
  expect(lines.map(({ label, note, count, choice }) => [label, note, count, ...choice])).toEqual([
    ['80', 'TCP, HTTP', 60, { field: 'port', value: '80' }],
    ['53', 'UDP', 50, { field: 'port', value: '53' }],
    ['ICMPv4', 'no port', 8, { field: 'protocol', value: 'icmpv4' }],
    ['UDP', 'no port', 5, { field: 'protocol', value: 'udp' }],
    ['ephemeral', 'TCP', 3],
  ]);
});
