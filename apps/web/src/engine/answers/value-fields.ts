// Which values of a filter field a flow has, in the words that the field takes. One row per field; fields that speak
// of an end exist three times, as pod, from-pod and to-pod.

import {
  dropReasonName,
  type EndpointPart,
  eventTypeName,
  EVENT_TYPE_TRACE,
  identityName,
  type PartRef,
  requestPath,
  type Side,
  tcpFlagsText,
  tracePointName,
  trafficDirectionName,
  verdictName,
} from '@finderscope/flow-query';
import type { ValueField } from '@finderscope/flow-store';
import { Verdict } from '@finderscope/hubble-api';

type Values = readonly string[];
type Endpoint = EndpointPart | undefined;

const NONE: Values = [];

function some(text: string | undefined): Values {
  return text === undefined || text === '' ? NONE : [text];
}

function named(namespace: string, name: string): Values {
  if (name === '') return NONE;
  return [namespace === '' ? name : `${namespace}/${name}`];
}

/** Fields of one end; `part` says which part of it they read. */
const SIDED: Readonly<
  Record<
    string,
    {
      readonly part: 'endpoint' | 'service' | 'ip' | 'names' | 'port';
      readonly valuesOf: ValueField['valuesOf'];
    }
  >
> = {
  namespace: { part: 'endpoint', valuesOf: (end: Endpoint) => some(end?.namespace) },
  pod: { part: 'endpoint', valuesOf: (end: Endpoint) => (end ? named(end.namespace, end.podName) : NONE) },
  label: { part: 'endpoint', valuesOf: (end: Endpoint) => end?.labels ?? NONE },
  workload: {
    part: 'endpoint',
    valuesOf: (end: Endpoint) =>
      (end?.workloads ?? [])
        .map(({ kind, name }) => (kind === '' ? name : `${kind}/${name}`))
        .filter((text) => text !== ''),
  },
  identity: {
    part: 'endpoint',
    valuesOf: (end: Endpoint) =>
      end ? [end.identity === 0 ? '0' : (identityName(end.identity) ?? String(end.identity))] : NONE,
  },
  cluster: { part: 'endpoint', valuesOf: (end: Endpoint) => some(end?.clusterName) },
  service: {
    part: 'service',
    valuesOf: (service: { readonly name: string; readonly namespace: string } | undefined) =>
      service ? named(service.namespace, service.name) : NONE,
  },
  ip: { part: 'ip', valuesOf: some },
  fqdn: { part: 'names', valuesOf: (names: Values) => names.filter((name) => name !== '') },
  port: {
    part: 'port',
    valuesOf: (port: number | undefined) => (port === undefined || port === 0 ? NONE : [String(port)]),
  },
};

type EventTypePart = { readonly type: number; readonly subType: number } | undefined;

const PLAIN: Readonly<Record<string, ValueField>> = {
  verdict: { reads: [{ part: 'verdict' }], valuesOf: (verdict: number) => [verdictName(verdict)] },
  // As Hubble's filter finds them: a drop without a reason is DROP_REASON_UNKNOWN, the reason of what was not dropped
  // is none.
  'drop-reason-desc': {
    reads: [{ part: 'verdict' }, { part: 'dropReason' }],
    valuesOf: (verdict: number, reason: number) =>
      verdict === Verdict.DROPPED ? [dropReasonName(reason)] : NONE,
  },
  type: {
    reads: [{ part: 'eventType' }],
    valuesOf: (event: EventTypePart) => {
      if (event === undefined) return NONE;
      const name = eventTypeName(event.type);
      return event.type === EVENT_TYPE_TRACE ? [name, `${name}:${tracePointName(event.subType)}`] : [name];
    },
  },
  protocol: {
    reads: [{ part: 'l4' }, { part: 'l7' }],
    valuesOf: (l4: string | undefined, l7: string | undefined) =>
      [l4, l7].filter((name) => name !== undefined).map((name) => name.toLowerCase()),
  },
  'traffic-direction': {
    reads: [{ part: 'trafficDirection' }],
    valuesOf: (direction: number) =>
      direction === 0 ? NONE : [trafficDirectionName(direction).toLowerCase()],
  },
  'node-name': { reads: [{ part: 'nodeName' }], valuesOf: some },
  'node-label': { reads: [{ part: 'nodeLabels' }], valuesOf: (labels: Values) => labels },
  'snat-ip': { reads: [{ part: 'xlatedIp' }], valuesOf: some },
  'dns-query': { reads: [{ part: 'dnsQuery' }], valuesOf: some },
  'http-status': {
    reads: [{ part: 'httpCode' }],
    valuesOf: (code: number | undefined) =>
      code === undefined || code === 0 ? NONE : [String(code).padStart(3, '0')],
  },
  'http-method': { reads: [{ part: 'httpMethod' }], valuesOf: some },
  'http-url': { reads: [{ part: 'httpUrl' }], valuesOf: some },
  'http-path': {
    reads: [{ part: 'httpUrl' }],
    valuesOf: (url: string | undefined) => (url === undefined ? NONE : some(requestPath(url))),
  },
  'http-header': {
    reads: [{ part: 'httpHeaders' }],
    valuesOf: (headers: readonly { readonly key: string; readonly value: string }[] | undefined) =>
      (headers ?? []).map(({ key, value }) => `${key}:${value}`),
  },
  'tcp-flags': {
    reads: [{ part: 'tcpFlags' }],
    valuesOf: (flags: number | undefined) =>
      flags === undefined || flags === 0 ? NONE : [tcpFlagsText(flags).replaceAll(', ', ',')],
  },
  interface: {
    reads: [{ part: 'interface' }],
    valuesOf: (device: { readonly name: string } | undefined) => some(device?.name),
  },
  'ip-version': {
    reads: [{ part: 'ipVersion' }],
    valuesOf: (version: number) => (version === 1 ? ['4'] : version === 2 ? ['6'] : NONE),
  },
  encrypted: { reads: [{ part: 'encrypted' }], valuesOf: (encrypted: boolean) => [String(encrypted)] },
  reply: {
    reads: [{ part: 'isReply' }],
    valuesOf: (isReply: boolean | undefined) => (isReply === undefined ? NONE : [String(isReply)]),
  },
  'trace-id': { reads: [{ part: 'traceId' }], valuesOf: some },
  'ip-trace-id': {
    reads: [{ part: 'ipTraceId' }],
    valuesOf: (id: bigint) => (id === 0n ? NONE : [String(id)]),
  },
};

/** undefined for a field that has no values to offer. */
export function valueField(name: string): ValueField | undefined {
  const plain = Object.hasOwn(PLAIN, name) ? PLAIN[name] : undefined;
  if (plain !== undefined) return plain;
  const [, direction = '', bare = ''] = /^(from-|to-)?(.*)$/.exec(name) ?? [];
  const sided = Object.hasOwn(SIDED, bare) ? SIDED[bare] : undefined;
  if (sided === undefined) return undefined;
  const ref = (side: Side): PartRef => ({ part: sided.part, side });
  if (direction === 'from-') return { reads: [ref('source')], valuesOf: sided.valuesOf };
  if (direction === 'to-') return { reads: [ref('destination')], valuesOf: sided.valuesOf };
  return {
    reads: [ref('source'), ref('destination')],
    valuesOf: (source: unknown, destination: unknown) => [
      ...sided.valuesOf(source),
      ...sided.valuesOf(destination),
    ],
  };
}
