// How the detail panel calls one end of a flow. Source and destination are one definition with a side.

import type { Endpoint, Flow } from '@finderscope/hubble-api';

export type EndSide = 'source' | 'destination';

/** The endpoint message of one side; undefined when the flow has none. */
export function endOf(flow: Flow, side: EndSide): Endpoint | undefined {
  return side === 'source' ? flow.source : flow.destination;
}

/** L4 port of one side; undefined for protocols without ports. */
export function portOf(flow: Flow, side: EndSide): number | undefined {
  const protocol = flow.l4?.protocol;
  switch (protocol?.case) {
    case 'TCP':
    case 'UDP':
    case 'SCTP':
      return side === 'source' ? protocol.value.sourcePort : protocol.value.destinationPort;
    default:
      return undefined;
  }
}

/** namespace/pod, else the service, else DNS names, else the address, else the MAC, else "an unnamed end". */
export function fullName(flow: Flow, side: EndSide): string {
  const endpoint = endOf(flow, side);
  const namespaced = (namespace: string, name: string) => (namespace === '' ? name : `${namespace}/${name}`);
  if (endpoint !== undefined && endpoint.podName !== '')
    return namespaced(endpoint.namespace, endpoint.podName);
  const service = side === 'source' ? flow.sourceService : flow.destinationService;
  if (service !== undefined && service.name !== '') return namespaced(service.namespace, service.name);
  return addressName(flow, side);
}

/** The workload where it is known: deathstar, not deathstar-8c4c77fb7-9klws. */
export function shortName(flow: Flow, side: EndSide): string {
  const endpoint = endOf(flow, side);
  const workload = endpoint?.workloads[0]?.name ?? '';
  if (workload !== '') return workload;
  if (endpoint !== undefined && endpoint.podName !== '') return endpoint.podName;
  const service = side === 'source' ? flow.sourceService : flow.destinationService;
  if (service !== undefined && service.name !== '') return service.name;
  return addressName(flow, side);
}

function addressName(flow: Flow, side: EndSide): string {
  const names = side === 'source' ? flow.sourceNames : flow.destinationNames;
  if (names.length > 0) return names.join(', ');
  const ip = side === 'source' ? flow.IP?.source : flow.IP?.destination;
  if (ip !== undefined && ip !== '') return ip;
  const mac = side === 'source' ? flow.ethernet?.source : flow.ethernet?.destination;
  if (mac !== undefined && mac !== '') return mac;
  return `an unnamed ${side}`;
}

/**
 * The label that says most beside the name: not Kubernetes' or Cilium's own bookkeeping, not one that repeats the
 * pod's or workload's name. undefined when there is none.
 */
export function tellingLabel(endpoint: Endpoint): string | undefined {
  const names = [endpoint.podName, ...endpoint.workloads.map((workload) => workload.name)].filter(
    (n) => n !== '',
  );
  return endpoint.labels
    .filter((label) => !isBookkeeping(label) && !label.startsWith('reserved:'))
    .map(withoutSource)
    .find((label) => {
      const value = label.slice(label.indexOf('=') + 1);
      return value !== '' && !names.some((name) => name === value || name.startsWith(`${value}-`));
    });
}

/** Labels a person set, in order, without their source: what the panel shows as chips. */
export function ownLabels(endpoint: Endpoint): readonly string[] {
  return endpoint.labels.filter((label) => !isBookkeeping(label)).map(withoutSource);
}

function isBookkeeping(label: string): boolean {
  return /^(k8s:)?io\.(kubernetes|cilium)\./.test(label);
}

/** "k8s:org=alliance" is org=alliance; reserved:world and cidr:10.0.0.0/8 keep their source, since it is their meaning. */
function withoutSource(label: string): string {
  return label.startsWith('k8s:') ? label.slice(4) : label;
}
