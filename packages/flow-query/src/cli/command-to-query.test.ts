import '../expressions.ts';
import { describe, expect, test } from 'vitest';
import { filterToJson } from '../fields/filter-json.ts';
import { compileFilterText } from '../language/compile.ts';
import { commandToQuery } from './command-to-query.ts';
import { isCommand } from './is-command.ts';

/** Problems as `code "place": message`. */
function problemsOf(command: string): readonly string[] {
  return commandToQuery(command).problems.map(
    ({ code, from, to, message }) => `${code} ${JSON.stringify(command.slice(from, to))}: ${message}`,
  );
}

describe('a pasted command becomes tokens', () => {
  test.each([
    // flags                                             text
    ['', ''],
    ['--namespace shop --verdict DROPPED -f', 'namespace:shop verdict:DROPPED'],
    ['--verdict=DROPPED --verdict ERROR', 'verdict:DROPPED or ERROR'],
    ['-n shop -npay -n=x', 'namespace:shop or pay or x'],
    ['-fA', 'all-namespaces:true'],
    ['-fn shop', 'namespace:shop'],
    ['-4', 'ip-version:v4'],
    ['--ipv6 --ip-version none', 'ip-version:v6 or none'],
    ['--encrypted --not --reply', 'encrypted:true not reply:true'],
    ['--unencrypted=false', 'encrypted:false'],
    ['--from-all-namespaces', 'from-all-namespaces:true'],
    ['-l "k1=v1,k2 in (a,b)" -l k3', 'label:"k1=v1,k2 in (a,b)" or k3'],
    ["--http-path '/page/\\d+'", 'http-path:/page/\\d+'],
    ['--http-path /page/\\\\d+', 'http-path:/page/\\d+'],
    ['-t trace:to-endpoint -t l7', 'type:trace:to-endpoint or l7'],
    ['--tcp-flags syn,ack', 'tcp-flags:SYN,ACK'],
    ['--identity 0x2', 'identity:world'],
    ['--not --verdict TRACED', 'not verdict:TRACED'],
    ['--not --from-ip 1.1.1.1 --not --to-port 80', 'not ( from-ip:1.1.1.1 to-port:80 )'],
    ['--not --verdict TRACED --port 1 --not --verdict ERROR', 'port:1 not verdict:TRACED or ERROR'],
    ['--not --last 5 --verdict TRACED', 'not verdict:TRACED'],
    [`--allowlist '{"source_pod":["a/"],"destinationPort":["80"]}'`, 'from-pod:a/ to-port:80'],
    [`--allowlist '{"uuid":["a"]} {"uuid":["b"]}'`, '( uuid:a or uuid:b )'],
    [`--verdict DROPPED --allowlist '{"uuid":["a"]}'`, '( verdict:DROPPED or uuid:a )'],
    [
      `--denylist '{"uuid":["a"],"verdict":["ERROR"]}' --denylist '{"uuid":["b"]}'`,
      'not ( verdict:ERROR uuid:a ) not uuid:b',
    ],
    [`--denylist='{"interface":[{"index":4}]}'`, `not raw-filter:{"interface":[{"index":4}]}`],
    [
      `--allowlist '{"source_pod":["a/"],"source_ip":["1.1.1.1"]}'`,
      `raw-filter:{"source_ip":["1.1.1.1"],"source_pod":["a/"]}`,
    ],
    [`--allowlist '{}'`, 'raw-filter:{}'],
  ])('%s', (flags, text) => {
    expect(problemsOf(`hubble observe ${flags}`)).toEqual([]);
    expect(commandToQuery(`hubble observe ${flags}`).text).toBe(text);
  });

  test.each([
    ['hubble observe --verdict DROPPED'],
    ['  $ hubble observe flows --verdict DROPPED'],
    ['# hubble observe --verdict DROPPED'],
    ['HUBBLE_SERVER=x:1 sudo /usr/local/bin/hubble --server y:1 observe --verdict DROPPED'],
    ['hubble observe \\\n   --verdict \\\n DROPPED'],
    ['hubble observe \\  --verdict DROPPED'],
    ['hubble observe --verdict DROPPED | grep x > y'],
    ['hubble observe --verdict DROPPED 2>/dev/null'],
    ['hubble observe --verdict DROPPED # left out: x:y'],
    ['kubectl -n kube-system exec ds/cilium -- hubble observe --verdict DROPPED'],
    ['sudo kubectl exec ds/cilium -c cilium-agent -- hubble observe --verdict DROPPED'],
    ['oc exec -n cilium ds/cilium -- hubble observe --verdict DROPPED'],
    ['cat events.log | hubble observe --verdict DROPPED'],
    ['$ zcat -f events.log events-1.log.gz | hubble observe --input-file - --verdict DROPPED'],
    [`zcat 'a|b.gz' | grep -v "x | y" | sudo hubble observe --verdict DROPPED | head`],
    ['cat events.log | kubectl exec -i ds/cilium -- hubble observe --input-file - --verdict DROPPED'],
    ['cd logs && hubble observe --input-file events.log --verdict DROPPED'],
    ['zcat a.gz 2>/dev/null | hubble observe --input-file - --verdict DROPPED'],
    ['date > begin.txt; hubble observe --verdict DROPPED'],
    ['cat events.log |\n  hubble observe --verdict DROPPED'],
    ['test -f events.log || hubble observe --verdict DROPPED'],
  ])('%s', (command) => {
    expect(isCommand(command)).toBe(true);
    expect(problemsOf(command)).toEqual([]);
    expect(commandToQuery(command).text).toBe('verdict:DROPPED');
  });

  test.each(['hubble status', 'hubble list nodes', '$ hubble --server x:1 watch peers --colour'])(
    '%j is a command that gives no filter, and says so once',
    (command) => {
      expect(isCommand(command)).toBe(true);
      expect(problemsOf(command)).toHaveLength(1);
      expect(problemsOf(command)[0]).toContain('Only hubble observe shows flows');
      expect(commandToQuery(command).text).toBe('');
    },
  );

  test.each([
    '',
    'verdict:DROPPED',
    'hubble statuses',
    'hubbleobserve',
    'pod:hubble observe',
    'hubble observed',
    'observe --pod x',
    'http-path:a|hubble observe',
    'not http-path:a | hubble observe',
    'cat events.log | grep hubble',
    // Nothing that takes ever longer with every word.
    'k=v;'.repeat(100_000),
    `${'cat a=b | '.repeat(10_000)}grep`,
    `zcat x | grep ${'k=v|'.repeat(100_000)}`,
  ])('%j is no command', (text) => {
    expect(isCommand(text)).toBe(false);
  });
});

describe('what is wrong is named at its place', () => {
  test.each([
    [
      '--colour',
      [
        'unknown-flag "--colour": --colour is not a flag of hubble observe. Did you mean --color? It changes only the terminal output.',
      ],
    ],
    [
      '--colour always -n x',
      [
        'unknown-flag "--colour always": --colour is not a flag of hubble observe. Did you mean --color? It changes only the terminal output.',
      ],
    ],
    ['--qqqqqqq', ['unknown-flag "--qqqqqqq": --qqqqqqq is not a flag of hubble observe. Remove it.']],
    ['-fz', ['unknown-flag "-fz": -z is not a flag of hubble observe. Remove it.']],
    [
      '--http-status 9x',
      [
        'bad-value "9x": 9x is not an HTTP status. Write a code from 100 to 599 or a prefix with +, as in 404 or 5+.',
      ],
    ],
    ['--pod', ['missing-value "--pod": --pod has no value. Write it behind the flag.']],
    ['--not --not --pod x', ['misplaced-not "--not": consecutive --not statements']],
    ['--pod x --not', ['misplaced-not "--not": trailing --not found in the arguments']],
    [
      'agent-events',
      [
        'command "agent-events": agent-events are no flows, they stand on the timeline where the source tells them. Remove this word.',
      ],
    ],
    [
      'debug-events',
      ['command "debug-events": debug-events are no flows, and they are not shown. Remove this word.'],
    ],
    [
      '--label a b',
      [
        'command "b": b belongs to no flag. Write the flag before it, or quote the whole value if it holds spaces.',
      ],
    ],
    ['--pod "x', ['unclosed-quote "\\"x": This quote is not closed. Close it.']],
    ['--last x', ['bad-value "x": x is not a number of flows. Write one such as --last 100.']],
    [
      '--follow=maybe',
      ['bad-value "--follow=maybe": maybe is not a value of --follow. Leave it out, or write true or false.'],
    ],
    [
      '--since yesterday',
      [expect.stringMatching(/^bad-value "yesterday": yesterday is not a time\. Write how long ago/)],
    ],
    [
      '--first 1 --last 2',
      ['conflict "hubble observe --first 1 --last 2": cannot set both --first and --last'],
    ],
    ['--first 1 --follow', [expect.stringContaining('cannot set both --first and --follow')]],
    ['--last 1 --all', [expect.stringContaining('cannot set both --last and --all')]],
    ['--pod a --from-pod b', [expect.stringContaining('filters --from-pod and --pod cannot be combined')]],
    [
      '--http-status 4+ -t drop',
      [expect.stringContaining("requires the event type filter to only match 'l7' events")],
    ],
    ['--allowlist x', [expect.stringMatching(/^bad-value "x": x is not a FlowFilter: it is not JSON\./)]],
  ])('%s', (flags, problems) => {
    expect(problemsOf(`hubble observe ${flags}`)).toEqual(problems);
  });

  test('and kept in the text, so that the bar shows it', () => {
    expect(commandToQuery('hubble observe -n shop --colour --http-status 9x b').text).toBe(
      'namespace:shop http-status:9x --colour b',
    );
  });

  test('another program is told apart', () => {
    expect(problemsOf('hubble status')).toEqual([
      'command "status": Only hubble observe shows flows, not hubble status. Write observe.',
    ]);
    expect(problemsOf('curl x')[0]).toMatch(/^command "curl x": This is not a hubble observe command\./);
    expect(problemsOf('')[0]).toMatch(/^command/);
    expect(problemsOf('hubble')[0]).toMatch(/Write observe\.$/);
  });
});

test('options are reported, and what has no effect is noted', () => {
  const command =
    'HUBBLE_SERVER=a:1 HUBBLE_TLS=true hubble observe --server b:2 -f --last 0x10 --since 5m --until 2026-01-02 -o json --tls | jq .';
  const { options, notices } = commandToQuery(command);
  expect(options).toEqual({
    server: 'b:2',
    follow: true,
    all: false,
    last: 16,
    first: undefined,
    since: '5m',
    until: '2026-01-02',
  });
  expect(notices.map(({ message }) => message).toSorted()).toEqual([
    '--output changes only the terminal output.',
    '--tls says how to connect, not which flows to show.',
    '--until has no effect together with --follow.',
    'HUBBLE_TLS is not taken from the command.',
    '| jq . comes after the command and is left out.',
  ]);
  expect(commandToQuery('HUBBLE_SERVER=a:1 hubble observe --follow=false').options).toMatchObject({
    server: 'a:1',
    follow: false,
  });
  // What a script writes whose variable is not set; the CLI takes it for nothing.
  const empty = commandToQuery('hubble observe --since "" --until=');
  expect([empty.problems, empty.options.since, empty.options.until]).toEqual([[], undefined, undefined]);
});

test('what comes before the command is named', () => {
  const { options, notices } = commandToQuery(
    'zcat a.gz | HUBBLE_SERVER=a:1 hubble observe --input-file - | jq .',
  );
  expect(options.server).toBe('a:1');
  expect(notices.map(({ message }) => message)).toEqual([
    'zcat a.gz | comes before the command and is left out.',
    '| jq . comes after the command and is left out.',
    '--input-file says where flows are read from, not which to show. Here a file is opened from the source menu, or dropped on the page.',
  ]);
});

describe('the CLI’s own filters', () => {
  function lists(flags: string): { allow: unknown[]; deny: unknown[] } {
    const filters = compileFilterText(commandToQuery(`hubble observe ${flags}`).text);
    if (!filters.ok) throw new Error(filters.error.map(({ message }) => message).join('\n'));
    const json = (list: typeof filters.value.allow): unknown[] =>
      list.map((filter) => JSON.parse(filterToJson(filter)));
    return { allow: json(filters.value.allow), deny: json(filters.value.deny) };
  }

  test.each([
    [
      '--pod a --to-port 80',
      [
        { source_pod: ['a'], destination_port: ['80'] },
        { destination_pod: ['a'], destination_port: ['80'] },
      ],
      [],
    ],
    [
      '--not --from-ip 1.1.1.1 --not --to-port 80',
      [],
      [{ source_ip: ['1.1.1.1'], destination_port: ['80'] }],
    ],
    ['-A', [{ source_pod: ['/'] }, { destination_pod: ['/'] }], []],
    ['-t trace:to-endpoint', [{ event_type: [{ type: 4, match_sub_type: true }] }], []],
    [
      '--from-ip 1.2.3.4 --from-ip 5.6.7.8 --not --to-ip 5.5.5.5 --verdict DROPPED -t l7',
      [{ source_ip: ['1.2.3.4', '5.6.7.8'], verdict: ['DROPPED'], event_type: [{ type: 129 }] }],
      [{ destination_ip: ['5.5.5.5'] }],
    ],
    [
      '--ip 1.2.3.4 --verdict DROPPED --not --pod deathstar --not --http-status 200 --http-method get --node-name k8s*',
      [
        { source_ip: ['1.2.3.4'], verdict: ['DROPPED'], http_method: ['get'], node_name: ['k8s*'] },
        { destination_ip: ['1.2.3.4'], verdict: ['DROPPED'], http_method: ['get'], node_name: ['k8s*'] },
      ],
      [
        { source_pod: ['deathstar'], http_status_code: ['200'] },
        { destination_pod: ['deathstar'], http_status_code: ['200'] },
      ],
    ],
    [
      '-t 254 -t 255:127 -t 4:2 -t agent -t agent:3 -t agent:policy-updated',
      [
        {
          event_type: [
            { type: 254 },
            { type: 255, match_sub_type: true, sub_type: 127 },
            { type: 4, match_sub_type: true, sub_type: 2 },
            { type: 130 },
            { type: 130, match_sub_type: true, sub_type: 3 },
            { type: 130, match_sub_type: true, sub_type: 5 },
          ],
        },
      ],
      [],
    ],
  ])('%s', (flags, allow, deny) => {
    expect(lists(flags)).toEqual({ allow, deny });
  });

  test('-t 4:to-endpoint is an error', () => {
    expect(problemsOf('hubble observe -t 4:to-endpoint')).toHaveLength(1);
  });
});
