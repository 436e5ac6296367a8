// The command lines that the CLI judges: each filter flag with values that mean something and values that do not, each
// behind --not, pairs of flags, whole filters in JSON, and what cannot be combined.

import fc from 'fast-check';

/** The arguments behind `hubble observe`. */
export type CommandLine = readonly string[];

/** Values that the CLI takes, then such as it or the server refuses. */
const VALUES: readonly (readonly [flag: string, good: readonly string[], bad: readonly string[]])[] = [
  ['uuid', ['0d5b7c1e-3c0e-4a53-9a55-1d9c5f2f7a10'], []],
  ['node-name', ['worker', 'kind/*', 'kind/worker', 'default/'], ['a/b/c', '', '..']],
  ['node-label', ['zone=a', 'zone in (a,b)', '!arch'], ['a in (b', '=']],
  ['cluster', ['kind', 'default', 'none'], []],
  ['protocol', ['tcp', 'UDP', 'icmp', 'http', 'dns'], ['quic', '']],
  ['tcp-flags', ['SYN', 'syn,ack', 'RST,NS'], ['SIN', '']],
  [
    'type',
    ['drop', 'trace', 'trace:to-endpoint', 'l7', '4:0', 'policy-verdict', '129'],
    ['4:to-endpoint', 'x', 'trace:x'],
  ],
  ['verdict', ['FORWARDED', 'DROPPED', 'AUDIT', 'ERROR'], ['dropped', 'x']],
  ['drop-reason-desc', ['POLICY_DENIED', 'CT_MAP_INSERTION_FAILED'], ['policy_denied', 'x']],
  ['http-status', ['200', '2+', '40+'], ['600', 'x', '']],
  ['http-method', ['GET', 'get', 'post'], []],
  ['http-path', ['/cart', '^/v1', '.*'], ['(', '[']],
  ['http-url', ['shop', '^http'], ['(']],
  ['http-header', ['Host:shop', 'X-Request-Id:1'], ['Host']],
  ['trace-id', ['4bf92f3577b34da6a3ce929d0e0e4736'], []],
  ['ip-trace-id', ['7'], ['0', 'x', '-1']],
  ['fqdn', ['cilium.io', '*.cilium.io', 'example.com'], ['', 'a b']],
  ['ip', ['10.0.0.1', '10.0.0.0/8', 'fd00::/16'], ['10.0.0', '10.0.0.0/33', '']],
  ['snat-ip', ['10.0.1.7'], ['x']],
  ['ip-version', ['4', 'v6', 'IPV4'], ['5']],
  ['pod', ['web', 'shop/web', 'kube-system/', '/web'], ['a/b/c']],
  ['namespace', ['default', 'shop', 'none'], []],
  ['label', ['app=web', 'app', 'k8s:app in (web,db)', '!app', 'reserved:host'], ['a in', 'a=b=c']],
  ['service', ['default/web', 'kube-system/'], []],
  ['port', ['80', '53'], ['x', '65536', '']],
  ['workload', ['web', 'Deployment/web', 'DaemonSet/'], []],
  ['identity', ['world', '4711', '0x7', 'kube-apiserver'], ['x', '-1']],
  ['traffic-direction', ['ingress', 'EGRESS'], ['both']],
  ['interface', ['eth0', 'lxc1'], []],
  ['cel-expression', ['_flow.verdict == Verdict.DROPPED', 'true'], ['x +', '1']],
];

const SIDED = [
  'fqdn',
  'ip',
  'pod',
  'namespace',
  'label',
  'service',
  'port',
  'workload',
  'identity',
  'cluster',
];

const SWITCHES = [
  '-A',
  '-4',
  '-6',
  '--encrypted',
  '--unencrypted',
  '--from-all-namespaces',
  '--to-all-namespaces',
];

const SPECIAL: readonly CommandLine[] = [
  [],
  ['--not'],
  ['--not', '--not', '--verdict', 'DROPPED'],
  ['--verdict', 'DROPPED', '--not'],
  ['--not', '--verdict', 'DROPPED', '--not', '--port', '80'],
  ['--not', '--verdict', 'DROPPED', '--not', '--verdict', 'FORWARDED'],
  ['-n', 'shop', '--pod', 'web'],
  ['-n', 'shop', '-n', 'default', '--pod', 'web'],
  ['-n', 'shop', '--pod', 'default/web'],
  ['-A', '--pod', 'web'],
  ['--from-namespace', 'shop', '--to-namespace', 'default'],
  ['--from-namespace', 'shop', '--from-pod', 'web', '--to-service', 'default/web'],
  ['--namespace', 'shop', '--service', 'web'],
  ['--allowlist', '{"verdict":["DROPPED"]}'],
  ['--allowlist', '{"verdict":["DROPPED"]}{"source_port":["80"]}'],
  ['--denylist', '{"verdict":["DROPPED"]}', '--port', '80'],
  ['--allowlist', '{"nonsense":1}'],
  ['--allowlist', '{'],
  ['--allowlist', '{"dns_query":["cilium"]}'],
  ['--encrypted', '--unencrypted'],
  ['--http-status', '200', '--type', 'drop'],
  ['--http-status', '200', '--protocol', 'tcp'],
  ['--http-method', 'GET', '--type', 'l7'],
  ['--nonsense', 'x'],
  ['--port'],
];

/** The same lines for the same seed; at least 300, none twice. */
export function commandLines(seed: number, pairs: number): readonly CommandLine[] {
  const singles = VALUES.flatMap(([flag, good, bad]) => [
    ...[...good, ...bad].map((value) => [`--${flag}`, value]),
    ...good.slice(0, 2).map((value) => ['--not', `--${flag}`, value]),
    ...(SIDED.includes(flag)
      ? good.slice(0, 2).flatMap((value) => [
          [`--from-${flag}`, value],
          [`--to-${flag}`, value],
        ])
      : []),
  ]);
  const flag = fc
    .constantFrom(...VALUES)
    .chain(([name, good]) =>
      fc
        .tuple(
          fc.constantFrom(...(SIDED.includes(name) ? ['', 'from-', 'to-'] : [''])),
          fc.constantFrom(...good),
          fc.integer({ min: 0, max: 4 }),
        )
        .map(([side, value, not]) => [...(not === 0 ? ['--not'] : []), `--${side}${name}`, value]),
    );
  const several = fc.array(flag, { minLength: 2, maxLength: 3 }).map((parts) => parts.flat());
  const all = [
    ...SPECIAL,
    ...SWITCHES.flatMap((name) => [[name], ['--not', name]]),
    ...singles,
    ...fc.sample(several, { seed, numRuns: pairs }),
  ];
  return [...new Map(all.map((line) => [JSON.stringify(line), line])).values()];
}
