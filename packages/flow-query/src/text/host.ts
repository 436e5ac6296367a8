// One end of a flow as the CLI writes it: `namespace/pod:port`, `[fd00::1]:80`, or a MAC address when there is no IP.

import type { Flow } from '@finderscope/hubble-api';
import type { Side } from '../filter/rule.ts';

export type HostInput = {
  /** IP as text; undefined when the flow has no IP message. */
  readonly ip: string | undefined;
  /** Ethernet address as text, '' without one; printed only without IP. */
  readonly mac: string;
  /** undefined and 0 are not printed. */
  readonly port: number | undefined;
  readonly namespace: string;
  readonly podName: string;
  /** undefined when the flow has no such service message; its namespace goes before the pod's. */
  readonly service: { readonly name: string; readonly namespace: string } | undefined;
  readonly names: readonly string[];
};

/** Joins as Go's path.Join does: no empty parts, no `.`, `..` or double slashes left inside. */
function joinPath(namespace: string, name: string): string {
  const joined = namespace === '' ? name : `${namespace}/${name}`;
  if (!/(^|\/)\.{0,2}(\/|$)/.test(joined)) return joined;
  const rooted = joined.startsWith('/');
  const parts: string[] = [];
  for (const part of joined.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!rooted) parts.push('..');
  }
  const path = parts.join('/');
  return rooted ? `/${path}` : path === '' ? '.' : path;
}

function translatedName(host: HostInput): string {
  const namespace = host.service?.namespace ?? host.namespace;
  if (host.podName !== '') return joinPath(namespace, host.podName);
  if (host.service !== undefined && host.service.name !== '') return joinPath(namespace, host.service.name);
  if (host.names.length > 0) return host.names.join(',');
  return host.ip ?? '';
}

/** `translate` replaces the address by pod, service or DNS names where they are known. */
export function hostText(host: HostInput, translate: boolean): string {
  if (host.ip === undefined) return host.mac;
  const name = translate ? translatedName(host) : host.ip;
  if (host.port === undefined || host.port === 0) return name;
  return name.includes(':') ? `[${name}]:${host.port}` : `${name}:${host.port}`;
}

function portNumber(flow: Flow, side: Side): number | undefined {
  switch (flow.l4?.protocol.case) {
    case 'TCP':
    case 'UDP':
    case 'SCTP': {
      const header = flow.l4.protocol.value;
      return side === 'source' ? header.sourcePort : header.destinationPort;
    }
    default:
      return undefined;
  }
}

/** What hostText wants to know of one side of a message. */
export function hostInput(flow: Flow, side: Side): HostInput {
  const endpoint = flow[side];
  const service = side === 'source' ? flow.sourceService : flow.destinationService;
  return {
    ip: flow.IP && flow.IP[side],
    mac: flow.ethernet?.[side] ?? '',
    port: portNumber(flow, side),
    namespace: endpoint?.namespace ?? '',
    podName: endpoint?.podName ?? '',
    service: service && { name: service.name, namespace: service.namespace },
    names: side === 'source' ? flow.sourceNames : flow.destinationNames,
  };
}
