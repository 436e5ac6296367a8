import { describe, expect, it } from 'vitest';
import type { Denied } from './denied.ts';
import { suggestRule } from './suggest.ts';

const labelsOf = (app: string, namespace: string): readonly string[] => [
  `k8s:app=${app}`,
  `k8s:io.kubernetes.pod.namespace=${namespace}`,
];
const endOf = (name: string, namespace = 'shop') => ({
  name,
  labels: labelsOf(name, namespace),
  ip: '',
  dnsNames: [],
});
const denied: Denied = {
  direction: 'ingress',
  subject: endOf('cart'),
  peer: endOf('web'),
  protocol: 'TCP',
  port: 80,
  icmp: undefined,
  request: undefined,
};

function namesOf(part: Partial<Denied>): readonly string[] {
  const suggestion = suggestRule({ ...denied, ...part });
  if (suggestion.kind === 'none') throw new Error(suggestion.why);
  return [suggestion.cilium, suggestion.kubernetes].flatMap((manifest) =>
    manifest.kind === 'yaml' ? [/^ {2}name: "?([^"\n]*)/m.exec(manifest.yaml)?.[1] ?? ''] : [],
  );
}

const OTHERS: readonly Partial<Denied>[] = [
  {},
  { port: 8080 },
  { protocol: 'UDP' },
  { direction: 'egress' },
  { peer: endOf('web', 'default') },
  { peer: { ...endOf('web'), labels: ['k8s:app=web', 'k8s:tier=2', ...labelsOf('x', 'shop').slice(1)] } },
  { protocol: 'ICMP', port: 0, icmp: { family: 4, type: 8 } },
  { protocol: 'ICMP', port: 0, icmp: { family: 4, type: 13 } },
  { protocol: 'ICMP', port: 0, icmp: { family: 6, type: 8 } },
  { request: { kind: 'http', method: 'GET', path: '/a' } },
  { request: { kind: 'http', method: 'PUT', path: '/a' } },
  { request: { kind: 'http', method: 'GET', path: '/b' } },
  { protocol: 'UDP', port: 53, request: { kind: 'dns', name: 'a.io' } },
  { protocol: 'UDP', port: 53, request: { kind: 'dns', name: 'b.io' } },
];

describe('the name of a suggested policy', () => {
  it('is another one for every other rule, so that none replaces another', () => {
    for (const kind of [0, 1]) {
      const names = OTHERS.flatMap((part) => namesOf(part)[kind] ?? []);
      expect(new Set(names).size).toBe(names.length);
      expect(names.length).toBeGreaterThan(4);
    }
  });

  it('is the same one for the same rule', () => {
    expect(namesOf({})).toEqual(namesOf({}));
    expect(namesOf({})[0]).toMatch(/^cart-from-web-80-tcp-[a-z0-9]{7}$/);
  });

  it.each(['2001:db8::1', 'x'.repeat(80), 'Ünder_Score.io', '-', '..', 'a'.repeat(53)])(
    'is a DNS label for a peer called %j',
    (name) => {
      for (const part of OTHERS) {
        for (const made of namesOf({ ...part, peer: { ...endOf('web'), name } })) {
          expect(made).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
        }
      }
    },
  );
});
