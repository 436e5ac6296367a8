// What must hold for any set of policies.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parsePolicies } from '../parse/parse-policies.ts';
import { type Connection, createPolicySet, type Decision } from './decide.ts';

const PEERS = [
  'fromEndpoints: [{matchLabels: {a: x}}]',
  'fromEndpoints: [{}]',
  'fromEntities: [world]',
  'fromCIDR: [10.0.0.0/8]',
];
const PORTS = [
  '',
  'toPorts: [{ports: [{port: "80"}]}]',
  'toPorts: [{ports: [{port: "70", endPort: 90, protocol: UDP}]}]',
];
const LABELS = [
  ['k8s:a=x', 'k8s:io.kubernetes.pod.namespace=default'],
  ['reserved:world'],
  ['reserved:host'],
];
const SUBJECT = ['k8s:b=y', 'k8s:io.kubernetes.pod.namespace=default'];

const rule = fc
  .tuple(fc.constantFrom(...PEERS), fc.constantFrom(...PORTS))
  .map((parts) => `{${parts.filter((part) => part !== '').join(', ')}}`);
const rules = fc.array(rule, { maxLength: 4 });
const connection: fc.Arbitrary<Connection> = fc.record({
  direction: fc.constant('ingress' as const),
  subject: fc.constant(SUBJECT),
  peer: fc.constantFrom(...LABELS),
  peerIp: fc.constantFrom('10.1.1.1', '20.1.1.1'),
  protocol: fc.constantFrom('TCP' as const, 'UDP' as const),
  port: fc.constantFrom(53, 80),
});

function decide(allow: readonly string[], deny: readonly string[], asked: Connection): Decision {
  const parsed = parsePolicies(`
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: p}
spec:
  endpointSelector: {}
  ingress: [${['{}', ...allow].join(', ')}]
  ingressDeny: [${deny.join(', ')}]`);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return createPolicySet(parsed.value, 1n).decide(asked);
}

describe('any policies', () => {
  test('an allow rule more denies nothing, a deny rule more allows nothing', () => {
    fc.assert(
      fc.property(rules, rules, rule, connection, (allow, deny, more, asked) => {
        const before = decide(allow, deny, asked).kind;
        const after =
          before === 'allowed'
            ? decide([...allow, more], deny, asked)
            : decide(allow, [...deny, more], asked);
        expect(after.kind).toBe(before);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test('the order of rules does not matter, and whoever is named fits', () => {
    fc.assert(
      fc.property(rules, rules, connection, (allow, deny, asked) => {
        const decision = decide(allow, deny, asked);
        expect(decide(allow.toReversed(), deny.toReversed(), asked)).toEqual(decision);
        if (decision.kind === 'denied') expect(decision.by.length > 0).toBe(decision.reason === 'explicit');
        else expect(decision.kind === 'allowed' && decision.by.length).toBe(1);
      }),
      { seed: 2, numRuns: 300 },
    );
  });
});
