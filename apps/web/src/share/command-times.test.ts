import { expect, it } from 'vitest';
import { commandTimes } from './command-times.ts';

const none = { sinceNs: undefined, untilNs: undefined };
const ns = 1_700_000_000_500_000_000n;

it('follows what goes on', () => {
  expect(commandTimes({ pausedAtNs: undefined, window: undefined }, none)).toEqual({ follow: true });
  expect(
    commandTimes(
      { pausedAtNs: undefined, window: { kind: 'last', spanMs: 90_000 } },
      { ...none, sinceNs: ns },
    ),
  ).toEqual({ since: '90s', follow: true });
});

it('ends where the view ends', () => {
  expect(commandTimes({ pausedAtNs: ns, window: undefined }, { ...none, untilNs: ns })).toEqual({
    until: '2023-11-14T22:13:20.5Z',
  });
  expect(
    commandTimes(
      { pausedAtNs: ns, window: { kind: 'last', spanMs: 60_000 } },
      { sinceNs: ns - 60_000_000_000n, untilNs: ns },
    ),
  ).toEqual({ since: '2023-11-14T22:12:20.5Z', until: '2023-11-14T22:13:20.5Z' });
});
