import { describe, expect, it } from 'vitest';
import { agentEventName, agentEventSubjects, agentEventText } from './agent-event.ts';
import { fromJsonLine } from './json-line.ts';

function eventOf(json: string) {
  const read = fromJsonLine(`{"agent_event":${json},"node_name":"w"}`);
  if (!read.ok || read.value.kind !== 'agent' || read.value.response.agentEvent === undefined)
    throw new Error(`no agent event: ${json}`);
  return read.value.response.agentEvent;
}

describe('agent events in words', () => {
  it.each([
    [
      '{"type":"AGENT_STARTED","agent_start":{"time":"2026-01-15T10:00:00.1234Z"}}',
      'AGENT_STARTED (start time: Jan 15 10:00:00.123)',
      [],
    ],
    [
      '{"type":"POLICY_UPDATED","policy_update":{"labels":["k8s:io.cilium.k8s.policy.name=rule1","k8s:io.cilium.k8s.policy.namespace=default"],"revision":"7","rule_count":"2"}}',
      'POLICY_UPDATED (labels: [k8s:io.cilium.k8s.policy.name=rule1,k8s:io.cilium.k8s.policy.namespace=default], revision: 7, count: 2)',
      ['rule1'],
    ],
    [
      '{"type":"POLICY_DELETED","policy_update":{}}',
      'POLICY_DELETED (labels: [], revision: 0, count: 0)',
      [],
    ],
    [
      '{"type":"ENDPOINT_REGENERATE_SUCCESS","endpoint_regenerate":{"id":"712","labels":["k8s:app=x"]}}',
      'ENDPOINT_REGENERATE_SUCCESS (id: 712, labels: [k8s:app=x])',
      ['endpoint 712'],
    ],
    [
      '{"type":"ENDPOINT_REGENERATE_FAILURE","endpoint_regenerate":{"id":"712","error":"no room"}}',
      'ENDPOINT_REGENERATE_FAILURE (id: 712, labels: [], error: no room)',
      ['endpoint 712'],
    ],
    [
      '{"type":"ENDPOINT_CREATED","endpoint_update":{"id":"9","namespace":"shop","pod_name":"cart-0"}}',
      'ENDPOINT_CREATED (id: 9, namespace: shop, pod name: cart-0)',
      ['shop/cart-0'],
    ],
    ['{"type":"ENDPOINT_DELETED","endpoint_update":{"id":"9"}}', 'ENDPOINT_DELETED (id: 9)', ['endpoint 9']],
    [
      '{"type":"IPCACHE_UPSERTED","ipcache_update":{"cidr":"10.0.1.7/32","identity":4711,"old_identity":0,"host_ip":"192.168.1.5","old_host_ip":"192.168.1.4","encrypt_key":3}}',
      'IPCACHE_UPSERTED (cidr: 10.0.1.7/32, identity: 4711, old identity: 0, host ip: 192.168.1.5, old host ip: 192.168.1.4, encrypt key: 3)',
      ['10.0.1.7/32'],
    ],
    [
      '{"type":"IPCACHE_DELETED","ipcache_update":{"cidr":"10.0.1.7/32"}}',
      'IPCACHE_DELETED (cidr: 10.0.1.7/32, identity: 0)',
      ['10.0.1.7/32'],
    ],
    [
      String.raw`{"unknown":{"type":"x","notification":"{\"a\":\"\u001b[31m\"}"}}`,
      'AGENT_EVENT_UNKNOWN (type: x, notification: {"a":"^[[31m"})',
      [],
    ],
    // What says one thing and carries another, what carries nothing, and what is deprecated.
    ['{"type":"POLICY_UPDATED","endpoint_update":{"id":"9"}}', 'POLICY_UPDATED (UNKNOWN)', ['endpoint 9']],
    ['{"type":"SERVICE_DELETED","service_delete":{"id":4}}', 'SERVICE_DELETED (UNKNOWN)', []],
    ['{"type":99}', '99 (UNKNOWN)', []],
  ])('%s', (json, text, subjects) => {
    expect(agentEventText(eventOf(json))).toBe(text);
    expect(agentEventSubjects(eventOf(json))).toEqual(subjects);
  });

  it('have names by number', () => {
    expect([0, 2, 3, 6, 12, 77].map(agentEventName)).toEqual([
      'AGENT_EVENT_UNKNOWN',
      'AGENT_STARTED',
      'POLICY_UPDATED',
      'ENDPOINT_REGENERATE_FAILURE',
      'SERVICE_DELETED',
      '77',
    ]);
  });
});
