import { describe, expect, it } from 'vitest';
import { viewCommand } from '../share/view-command.ts';
import { parseWindow } from '../view-state/index.ts';
import { readCommand } from './read-command.ts';

const NOW_MS = Date.parse('2026-05-04T12:00:00Z');
const read = (flags: string) => readCommand(`hubble observe ${flags}`, NOW_MS);

describe('readCommand', () => {
  it('turns a pasted command into a filter', () => {
    const said = read('--namespace shop --verdict DROPPED');
    expect(said).toMatchObject({ filter: 'namespace:shop verdict:DROPPED', draft: '', unknown: [] });
  });

  it('names flags that are none and lets the rest hold', () => {
    const said = read('--namespace shop --colour');
    expect(said.filter).toBe('namespace:shop');
    expect(said.unknown).toEqual([{ flag: '--colour', message: expect.stringContaining('--color') }]);
  });

  it('keeps what must be mended as the draft', () => {
    const said = read('--port 80 --http-status 9x');
    expect(said).toMatchObject({ filter: 'port:80', draft: 'http-status:9x' });
  });

  it('names a flag that has no value', () => {
    expect(read('--pod')).toMatchObject({
      filter: '',
      notes: ['--pod has no value. Write it behind the flag.'],
    });
  });
});

describe('the time window of a pasted command', () => {
  it.each([
    ['', undefined],
    ['--since 5m', '5m'],
    ['--since 5m --follow', '5m'],
    ['--since 1500ms', '2026-05-04T11:59:58.5Z/..'],
    ['--since 2026-05-04T11:00:00Z', '2026-05-04T11:00:00Z/..'],
    ['--since 10m --until 5m', '2026-05-04T11:50:00Z/2026-05-04T11:55:00Z'],
    ['--until 2026-05-04T11:00:00Z', '../2026-05-04T11:00:00Z'],
    // The CLI ignores the end of what goes on.
    ['--since 5m --until 1m -f', '5m'],
    ['--since 1m --until 5m', undefined],
  ])('%s', (flags, window) => {
    const expected = window === undefined ? undefined : parseWindow(window);
    expect(read(`${flags} --verdict DROPPED`)).toMatchObject({
      filter: 'verdict:DROPPED',
      window: expected?.ok === true ? expected.value : undefined,
    });
  });

  it('is named, and so is what no window can say', () => {
    expect(read('--since 5m').notes).toEqual(['--since 5m is the time window now.']);
    expect(read('--since 10m --until 5m --last 20').notes).toEqual([
      '--since 10m and --until 5m are the time window now.',
      '--last 20 is no filter and is left out.',
    ]);
    expect(read('--last 20').notes).toEqual(['--last 20 is no filter and is left out.']);
    expect(read('--follow --server localhost:4245').notes).toEqual([]);
    expect(read('--since 1m --until 5m').notes).toEqual([
      '--since 1m and --until 5m are no filters and are left out.',
    ]);
  });

  it.each(['90s', '2026-05-04T11:00:00Z/2026-05-04T11:30:00.000000001Z', '2026-05-04T11:00:00Z/..'])(
    'copied with a view of files or of a server, %s comes back',
    (text) => {
      const window = parseWindow(text);
      if (!window.ok) throw new Error(window.error);
      const { value } = window;
      const range =
        value.kind === 'between'
          ? { sinceNs: value.sinceNs, untilNs: value.untilNs }
          : { sinceNs: 1n, untilNs: undefined };
      const view = { pausedAtNs: undefined, window: value, local: [] };
      const of = (file: readonly string[]) =>
        readCommand(
          viewCommand({
            filter: 'verdict:DROPPED',
            view: { ...view, file },
            range,
            relay: { server: undefined, tls: undefined },
          }),
          NOW_MS,
        );
      expect(of([])).toMatchObject({ filter: 'verdict:DROPPED', window: value });
      if (value.kind === 'between')
        expect(of(['a.log', 'b.log.gz'])).toMatchObject({ filter: 'verdict:DROPPED', window: value });
    },
  );
});
