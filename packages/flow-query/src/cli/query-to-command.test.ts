import '../expressions.ts';
import { expect, test } from 'vitest';
import { commandToQuery } from './command-to-query.ts';
import { isCommand } from './is-command.ts';
import { queryToCommand } from './query-to-command.ts';
import { queryToRawFilters, queryToRawFiltersJson } from './raw-filters.ts';

test.each([
  ['', 'hubble observe'],
  [
    'namespace:shop or pay verdict:DROPPED',
    'hubble observe --namespace shop --namespace pay --verdict DROPPED',
  ],
  ['encrypted:false all-namespaces:true', 'hubble observe --unencrypted --all-namespaces'],
  ['to-all-namespaces:true ip-version:v6', 'hubble observe --to-all-namespaces --ip-version v6'],
  ['label:"a in (b)" http-path:"it\'s"', `hubble observe --label 'a in (b)' --http-path 'it'\\''s'`],
  ['trace-id:""', `hubble observe --trace-id ''`],
  ['not verdict:TRACED not verdict:ERROR', 'hubble observe --not --verdict TRACED --not --verdict ERROR'],
  ['not ( verdict:TRACED to-port:1 )', 'hubble observe --not --verdict TRACED --not --to-port 1'],
  [
    'not verdict:TRACED not to-port:1',
    `hubble observe --not --verdict TRACED --denylist '{"destination_port":["1"]}'`,
  ],
  ['dns-query:x', `hubble observe --allowlist '{"dns_query":["x"]}'`],
  [
    'not dns-query:x not verdict:ERROR',
    `hubble observe --not --verdict ERROR --denylist '{"dns_query":["x"]}'`,
  ],
  [
    '( verdict:ERROR or uuid:x )',
    `hubble observe --allowlist '{"verdict":["ERROR"]}' --allowlist '{"uuid":["x"]}'`,
  ],
  [
    'traffic-direction:unknown',
    `hubble observe --allowlist '{"traffic_direction":["TRAFFIC_DIRECTION_UNKNOWN"]}'`,
  ],
  // The CLI refuses the flags with the same words as we do.
  ['pod:a from-pod:b', 'hubble observe --pod a --from-pod b'],
  ['verdict:ERROR http-status:9x foo', 'hubble observe --verdict ERROR # left out: http-status:9x; foo'],
  [
    '( verdict:ERROR or http-status:9x ) uuid:x',
    'hubble observe --uuid x # left out: ( verdict:ERROR or http-status:9x )',
  ],
])('%s', (text, command) => {
  expect(queryToCommand(text)).toBe(command);
});

test.each([
  [['events.log'], 'hubble observe --input-file events.log'],
  [["it's here.log"], `hubble observe --input-file 'it'\\''s here.log'`],
  [['-f'], 'hubble observe --input-file ./-f'],
  [['a.log.gz'], 'zcat -f a.log.gz | hubble observe --input-file -'],
  [['-a.log', 'b c.log'], `zcat -f ./-a.log 'b c.log' | hubble observe --input-file -`],
])('the files %j', (files, command) => {
  expect(queryToCommand('', { files })).toBe(command);
});

test.each([
  ['namespace:shop or pay not http-status:5+ ( protocol:http or ip-version:v6 )'],
  ['label:"a in (b, c)" http-path:"it\'s|a" not ( verdict:TRACED to-port:1 ) not uuid:x'],
])('read from files, the command gives %s again', (filter) => {
  for (const files of [['events.log'], ['a|b.log.gz'], ["it's.log", '-b c.log.gz']]) {
    const command = queryToCommand(filter, { files });
    expect(isCommand(command)).toBe(true);
    const { text, problems } = commandToQuery(command);
    expect(problems).toEqual([]);
    // What a filter means is what it is sent as.
    expect(queryToRawFilters(text)).toBe(queryToRawFilters(filter));
  }
});

test('options come before the filters', () => {
  const options = {
    server: 'tls://relay.example:443',
    since: '5m',
    until: '2026-01-02T00:00:00Z',
    last: 20,
    follow: true,
  };
  expect(queryToCommand('verdict:ERROR', options)).toBe(
    'hubble observe --server tls://relay.example:443 --since 5m --until 2026-01-02T00:00:00Z --last 20 --follow --verdict ERROR',
  );
});

test('raw filters are printed as YAML', () => {
  expect(queryToRawFilters('namespace:kube-system not label:"a!=b" not http-path:it\'s')).toBe(
    `allowlist:
    - '{"source_pod":["kube-system/"]}'
    - '{"destination_pod":["kube-system/"]}'
denylist:
    - '{"source_label":["a!=b"]}'
    - '{"destination_label":["a!=b"]}'
    - '{"http_path":["it''s"]}'
`,
  );
  expect(queryToRawFilters('')).toBe('{}\n');
  expect(queryToRawFilters('trace-id:\u0085')).toBe('allowlist:\n    - "{\\"trace_id\\":[\\"\\u0085\\"]}"\n');
  expect(queryToRawFilters('foo')).toBe(
    '# foo has no key. Write pod:foo, or another key and a colon before it.\n',
  );
});

test('raw filters are printed as JSON', () => {
  expect(JSON.parse(queryToRawFiltersJson('uuid:a not verdict:ERROR'))).toEqual({
    allowlist: [{ uuid: ['a'] }],
    denylist: [{ verdict: ['ERROR'] }],
  });
  expect(JSON.parse(queryToRawFiltersJson('foo'))).toHaveProperty('problems');
});
