import { describe, expect, it } from 'vitest';
import { type CommandSource, viewCommand } from './view-command.ts';

const none = { sinceNs: undefined, untilNs: undefined };
const ns = 1_700_000_000_500_000_000n;
const last = { kind: 'last', spanMs: 90_000 } as const;

function command(
  view: Partial<CommandSource['view']>,
  range: CommandSource['range'] = none,
  relay: CommandSource['relay'] = { server: 'relay:4245', tls: false },
): string {
  return viewCommand({
    filter: 'verdict:DROPPED',
    view: { pausedAtNs: undefined, window: undefined, file: [], local: [], ...view },
    range,
    relay,
  });
}

it('follows what goes on', () => {
  expect(command({})).toBe('hubble observe --server relay:4245 --follow --verdict DROPPED');
  expect(command({ window: last }, { ...none, sinceNs: ns })).toBe(
    'hubble observe --server relay:4245 --since 90s --follow --verdict DROPPED',
  );
});

it('speaks TLS to a Relay that the gateway speaks TLS to', () => {
  const serverOf = (server: string | undefined, tls: boolean | undefined) =>
    / --server (\S+)/.exec(command({}, none, { server, tls }))?.[1];
  expect(serverOf('relay:443', true)).toBe('tls://relay:443');
  expect(serverOf('[::1]:443', true)).toBe(`'tls://[::1]:443'`);
  expect(serverOf('unix:///run/hubble.sock', true)).toBe('unix:///run/hubble.sock');
  expect(serverOf('relay:80', undefined)).toBe('relay:80');
  expect(serverOf(undefined, true)).toBe(undefined);
});

it('ends where the view ends', () => {
  expect(command({ pausedAtNs: ns }, { ...none, untilNs: ns })).toBe(
    'hubble observe --server relay:4245 --until 2023-11-14T22:13:20.5Z --verdict DROPPED',
  );
  expect(command({ pausedAtNs: ns, window: last }, { sinceNs: ns - 60_000_000_000n, untilNs: ns })).toContain(
    '--since 2023-11-14T22:12:20.5Z --until 2023-11-14T22:13:20.5Z',
  );
});

describe('of files', () => {
  it('reads them, and neither asks a server nor follows', () => {
    expect(command({ local: ['events.log'] })).toBe(
      'hubble observe --input-file events.log --verdict DROPPED',
    );
    expect(command({ file: ['logs/events.log'] })).toBe(
      'hubble observe --input-file events.log --verdict DROPPED',
    );
  });

  it('says the window as moments, for the present of a file is long ago', () => {
    expect(command({ local: ['events.log'], window: last }, { ...none, sinceNs: ns })).toBe(
      'hubble observe --input-file events.log --since 2023-11-14T22:13:20.5Z --verdict DROPPED',
    );
  });

  it('unpacks what the CLI cannot', () => {
    expect(command({ local: ['events.log', 'events-1.log.gz'] })).toBe(
      'zcat -f events.log events-1.log.gz | hubble observe --input-file - --verdict DROPPED',
    );
  });
});
