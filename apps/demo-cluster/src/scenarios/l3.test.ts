// The lines that people see when they run this lab, made by evaluating its policies.

import { type Flow, Verdict } from '@finderscope/hubble-api';
import { describe, expect, test } from 'vitest';

import { playLab, type Seen } from '../testing/play-lab.ts';
import { l3Lab, L3_LAB } from './l3.ts';
import { L3_STAGES } from './l3-policies.ts';

const plays = new Map(L3_STAGES.map(({ id }) => [id, playLab(L3_LAB, id, 20).seen]));
const seenIn = (stage: string): readonly Seen[] => plays.get(stage) ?? [];
const linesOf = (stage: string): readonly string[] => [
  ...new Set(seenIn(stage).map(({ line }) => line.replace(/ \d+ms /, ' Nms '))),
];
const flowsWith = (stage: string, text: string): readonly Flow[] =>
  seenIn(stage).flatMap(({ line, flow }) => (line.includes(text) ? [flow] : []));

const FRONTEND = 'default/frontend:PORT (ID:4296)';
const BACKEND = 'default/backend:80 (ID:49668)';
const CLIENT = 'default/client:PORT (ID:16200)';
const MEDIABOT = 'default/mediabot:PORT (ID:27702)';
const DNS = 'kube-system/coredns-674b8bbfcf-gjs6z:53 (ID:22940)';
const API_SERVER = '192.168.10.100:6443 (ID:33554433)';
const SYN = '(TCP Flags: SYN)';
const sourcePortOf = ({ l4 }: Flow): number =>
  l4?.protocol.case === 'TCP' ? l4.protocol.value.sourcePort : 0;
const secondsOf = ({ time }: Flow): number => Number(time?.seconds) + (time?.nanos ?? 0) / 1e9;

/** What tells the stage that a flow belongs to, for flows that tell one. */
function markOf({ line, flow }: Seen): readonly string[] {
  const isSyn = line.endsWith(SYN);
  if (isSyn && line.startsWith(CLIENT) && flow.verdict === Verdict.AUDIT) return ['client audited'];
  if (isSyn && line.startsWith(CLIENT) && line.includes(' DENIED ')) return ['client denied'];
  if (line.includes(':51871 ')) return ['WireGuard'];
  if (line.includes('control-client') && line.includes(`${BACKEND} to-endpoint`))
    return ['control-client let in'];
  const names = [...flow.ingressAllowedBy, ...flow.egressAllowedBy].map(({ name }) => name);
  return names.filter((name) => name !== 'backend-from-frontend');
}

const denied = (source: string, destination: string, direction: string): readonly string[] => [
  `${source} <> ${destination} policy-verdict:none ${direction} DENIED ${SYN}`,
  `${source} <> ${destination} Policy denied DROPPED ${SYN}`,
];

test.each<[string, readonly string[]]>([
  [
    'C1',
    [
      ...denied(CLIENT, BACKEND, 'INGRESS'),
      `${FRONTEND} -> ${BACKEND} policy-verdict:L3-Only INGRESS ALLOWED ${SYN}`,
    ],
  ],
  [
    'C2',
    [
      ...denied(FRONTEND, 'default/client:80 (ID:16200)', 'EGRESS'),
      `${FRONTEND} -> ${BACKEND} policy-verdict:L3-Only EGRESS ALLOWED ${SYN}`,
    ],
  ],
  [
    'C3',
    [
      ...denied(FRONTEND, BACKEND, 'EGRESS'),
      ...denied(FRONTEND, 'default/client:80 (ID:16200)', 'EGRESS'),
      `${FRONTEND} -> ${API_SERVER} policy-verdict:L3-Only EGRESS ALLOWED ${SYN}`,
      `${FRONTEND} -> 1.1.1.1:80 (world) policy-verdict:L3-Only EGRESS ALLOWED ${SYN}`,
      `${FRONTEND} <- 1.1.1.1:80 (world) to-endpoint FORWARDED (TCP Flags: SYN, ACK)`,
    ],
  ],
  [
    'C4',
    [
      `192.168.10.100:PORT (ID:33554433) -> ${BACKEND} policy-verdict:L3-Only INGRESS ALLOWED ${SYN}`,
      `192.168.10.101:PORT (ID:33554434) <> ${BACKEND} policy-verdict:none INGRESS DENIED ${SYN}`,
      `192.168.10.100:PORT (host) -> ${BACKEND} to-network FORWARDED ${SYN}`,
      '192.168.10.100:PORT (ID:33554433) <> default/backend (ID:49668) pre-xlate-rev TRACED (TCP)',
      ...denied('default/control-client:PORT (ID:53530)', BACKEND, 'INGRESS'),
      ...denied('default/worker-client:PORT (ID:17873)', BACKEND, 'INGRESS'),
    ],
  ],
  [
    'C5',
    [
      `${FRONTEND} -> 20.1.1.1:80 (ID:16777217) policy-verdict:L3-Only EGRESS ALLOWED ${SYN}`,
      `${FRONTEND} -> 10.20.30.40:80 (ID:16777218) policy-verdict:L3-Only EGRESS ALLOWED ${SYN}`,
      ...denied(FRONTEND, '10.96.5.5:80 (ID:16777219)', 'EGRESS'),
      ...denied(FRONTEND, '30.1.1.1:80 (world)', 'EGRESS'),
    ],
  ],
  [
    'C6',
    [
      `default/mediabot (ID:27702) <> ${DNS} post-xlate-fwd TRANSLATED (UDP)`,
      `${MEDIABOT} -> ${DNS} dns-request proxy FORWARDED (DNS Query api.github.com. A)`,
      `${MEDIABOT} -> api.github.com:443 (ID:16777217) policy-verdict:L3-Only EGRESS ALLOWED ${SYN}`,
      ...denied(MEDIABOT, 'support.github.com:443 (world)', 'EGRESS'),
    ],
  ],
  [
    'C7',
    [
      `${CLIENT} -> ${BACKEND} policy-verdict:none INGRESS AUDITED ${SYN}`,
      `${CLIENT} -> ${BACKEND} to-endpoint FORWARDED (TCP Flags: ACK, PSH)`,
      `${FRONTEND} -> ${BACKEND} policy-verdict:L3-Only INGRESS ALLOWED ${SYN}`,
    ],
  ],
  [
    'C8',
    [
      `${FRONTEND} -> ${BACKEND} to-endpoint FORWARDED ${SYN}`,
      '192.168.10.101:51871 (host) -> 192.168.10.102:51871 (ID:33554435) to-network FORWARDED (UDP)',
    ],
  ],
  [
    'C9',
    [
      `${MEDIABOT} -> httpbin.org:443 (ID:16777217) policy-verdict:L3-L4 EGRESS ALLOWED ${SYN}`,
      `${MEDIABOT} -> httpbin.org:443 (ID:16777217) to-proxy FORWARDED ${SYN}`,
      `${MEDIABOT} -> httpbin.org:443 (ID:16777217) http-request FORWARDED (HTTP/1.1 GET https://httpbin.org/headers)`,
      `${MEDIABOT} <- httpbin.org:443 (ID:16777217) http-response FORWARDED (HTTP/1.1 200 Nms (GET https://httpbin.org/headers))`,
    ],
  ],
])('%s', (stage, expected) => {
  expect(linesOf(stage)).toEqual(expect.arrayContaining([...expected]));
});

describe('what makes the difference', () => {
  test('without policies nothing is asked', () => {
    for (const stage of ['C0', 'C8']) {
      expect(seenIn(stage).filter(({ flow }) => flow.eventType?.type === 5)).toEqual([]);
    }
  });

  test('audit mode drops nothing', () => {
    const verdicts = new Set(seenIn('C7').map(({ flow }) => flow.verdict));
    expect(verdicts.has(Verdict.AUDIT)).toBe(true);
    expect(verdicts.has(Verdict.DROPPED)).toBe(false);
  });

  test.each(['C1', 'C2', 'C3', 'C4', 'C5', 'C6'])(
    'the policy of %s in audit mode audits exactly what it denies, and lets it through',
    (stage) => {
      const [first, ...others] = L3_STAGES;
      const audited = l3Lab([first, ...others.map((other) => ({ ...other, auditMode: true }))]);
      const { seen } = playLab(audited, stage, 20);
      const linesWith = (flows: readonly Seen[], text: string): ReadonlySet<string> =>
        new Set(flows.map(({ line }) => line).filter((line) => line.includes(text)));
      const denied = linesWith(seenIn(stage), ' DENIED ');
      expect(denied.size).toBeGreaterThan(0);
      expect(linesWith(seen, ' AUDITED ')).toEqual(
        new Set([...denied].map((line) => line.replace(' <> ', ' -> ').replace(' DENIED ', ' AUDITED '))),
      );
      expect(seen.filter(({ flow }) => flow.verdict === Verdict.DROPPED)).toEqual([]);
      for (const { flow } of seen.filter((one) => one.flow.verdict === Verdict.AUDIT)) {
        const goesOn = seen.some(
          (other) =>
            other.flow.verdict === Verdict.FORWARDED &&
            other.flow.IP?.destination === flow.IP?.destination &&
            sourcePortOf(other.flow) === sourcePortOf(flow),
        );
        expect(goesOn, `port ${sourcePortOf(flow)}`).toBe(true);
      }
    },
  );

  test('prefixes and names are in the labels of identities of local scope', () => {
    const labels = (stage: string, text: string): readonly string[] =>
      flowsWith(stage, text)[0]?.destination?.labels ?? [];
    expect(labels('C5', '20.1.1.1')).toEqual(['cidr:20.1.1.1/32', 'reserved:world']);
    expect(labels('C5', '10.20.30.40')).toEqual(['cidr:10.0.0.0/8', 'reserved:world']);
    expect(labels('C6', '-> api.github.com')).toEqual(['fqdn:api.github.com', 'reserved:world']);
    expect(flowsWith('C6', '<> support.github.com')[0]?.destinationNames).toEqual(['support.github.com']);
  });

  test('with WireGuard what pods send to other nodes leaves encrypted, and nothing else is', () => {
    const isEncrypted = ({ flow }: Seen): boolean => flow.IP?.encrypted === true;
    const leaving = seenIn('C8').filter(
      ({ line, flow }) =>
        line.includes(' to-network ') && !flow.destination?.labels.includes('reserved:world'),
    );
    const carrying = leaving.filter(({ line }) => line.includes(':51871 '));
    expect(carrying.length).toBeGreaterThan(100);
    expect(seenIn('C8').filter(isEncrypted)).toEqual(carrying);
    // Answers of health checks and TCP of hosts go in the open; nothing between pods does.
    const open = leaving.filter((one) => !carrying.includes(one));
    const protocols = new Set(open.map(({ flow }) => flow.l4?.protocol.case));
    expect(protocols).toEqual(new Set(['TCP', 'ICMPv4']));
    const isOfHost = ({ labels = [] }: { readonly labels?: readonly string[] } = {}): boolean =>
      labels.some((label) => /^reserved:(?:host|remote-node|kube-apiserver)$/.test(label));
    for (const { line, flow } of open) {
      expect(isOfHost(flow.source) || isOfHost(flow.destination), line).toBe(true);
    }
    for (const { id } of L3_STAGES) {
      if (id !== 'C8') expect(seenIn(id).filter(isEncrypted), id).toEqual([]);
    }
  });

  test('the stages follow one another', () => {
    const { seen } = playLab(L3_LAB, undefined, 300);
    const inOrder = seen.toSorted(({ flow: a }, { flow: b }) => secondsOf(a) - secondsOf(b));
    const marks = inOrder.flatMap(markOf);
    expect(marks.filter((mark, index) => mark !== marks[index - 1])).toEqual([
      'client denied',
      'frontend-to-backend-service',
      'frontend-to-apiserver-and-world',
      'backend-from-control-plane',
      'frontend-to-cidr',
      'fqdn',
      'client audited',
      'WireGuard',
      'tls-visibility',
      'control-client let in',
      'client denied',
    ]);
  });
});
