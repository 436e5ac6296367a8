// What goes on beside the labs on three nodes.

import { type Flow, Verdict } from '@finderscope/hubble-api';
import { describe, expect, test } from 'vitest';

import { playLab, type Seen } from '../testing/play-lab.ts';
import { L3_LAB } from './l3.ts';
import { STAR_WARS } from './star-wars.ts';

const SECONDS = 100;
const POLICY_VERDICT = 5;
const PROMETHEUS = 'kube-system/prometheus-0';

function isOfLab({ source, destination }: Flow): boolean {
  return [source, destination].some((end) => end?.namespace === 'default');
}

describe.each([
  { name: 'star-wars', ...playLab(STAR_WARS, 'A2', SECONDS) },
  { name: 'l3', ...playLab(L3_LAB, 'C3', SECONDS) },
])('$name', ({ seen }) => {
  const text = seen.map(({ line }) => line).join('\n');
  const rest: readonly Seen[] = seen.filter(({ flow }) => !isOfLab(flow));

  test('an ingress, scrapes of metrics, probes and health checks', () => {
    for (const line of [
      `172.20.1.250:PORT (ingress) -> ${PROMETHEUS}:9090 (ID:41093) to-endpoint FORWARDED (TCP Flags: SYN)`,
      `${PROMETHEUS}:PORT (ID:41093) -> kube-system/coredns-674b8bbfcf-8lcmh:9153 (ID:22940) to-endpoint FORWARDED (TCP Flags: SYN)`,
      `172.20.2.1:PORT (host) -> ${PROMETHEUS}:9090 (ID:41093) to-endpoint FORWARDED (TCP Flags: SYN)`,
      '(health) to-endpoint FORWARDED (ICMPv4 EchoRequest)',
      '(health) to-network FORWARDED (ICMPv4 EchoReply)',
    ]) {
      expect(text).toContain(line);
    }
  });

  test('a job that comes, looks a name up, calls and goes', () => {
    const pods = Map.groupBy(
      seen.filter(({ flow }) => flow.source?.podName.startsWith('report-')),
      ({ flow }) => flow.source?.podName ?? '',
    );
    expect(pods.size).toBe(3);
    for (const [name, flows] of pods) {
      const lines = flows.map(({ line }) => line).join('\n');
      expect(lines).toContain(`kube-system/${name} (ID:41118) <> kube-system/kube-dns:53 (world)`);
      expect(lines).toContain(`-> ${PROMETHEUS}:9090 (ID:41093) to-endpoint FORWARDED (TCP Flags: SYN)`);
      const seconds = flows.map(({ flow }) => Number(flow.time!.seconds));
      expect(Math.max(...seconds) - Math.min(...seconds)).toBeLessThan(10);
    }
  });

  test('outside the namespace of the lab no policy is asked, and it is quiet', () => {
    const asked = (flows: readonly Seen[]): readonly Seen[] =>
      flows.filter(({ flow }) => flow.eventType?.type === POLICY_VERDICT);
    expect(asked(seen)).not.toEqual([]);
    expect(asked(rest)).toEqual([]);
    const calm: readonly Verdict[] = [Verdict.FORWARDED, Verdict.TRACED, Verdict.TRANSLATED];
    expect(rest.filter(({ flow }) => !calm.includes(flow.verdict))).toEqual([]);
    const added = rest.filter(({ line }) => /kube-system\/(?:prometheus|report)/.test(line));
    expect(added.length / SECONDS).toBeLessThan(6);
  });
});
