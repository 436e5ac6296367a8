// Which flags the CLI refuses in one filter, and how it checks namespaces against names. The texts are the CLI's.

import type { FlowFilter } from '@finderscope/hubble-api';
import { goQuote } from '../filter/go-text.ts';

/** Any two members of a group exclude each other. The order decides which two an error names. */
const CONFLICT_GROUPS: readonly (readonly string[])[] = [
  [
    'from-fqdn',
    'from-ip',
    'ip',
    'fqdn',
    'from-namespace',
    'namespace',
    'from-all-namespaces',
    'all-namespaces',
  ],
  ['from-fqdn', 'from-ip', 'ip', 'fqdn', 'from-pod', 'pod'],
  ['to-fqdn', 'to-ip', 'ip', 'fqdn', 'to-namespace', 'namespace', 'to-all-namespaces', 'all-namespaces'],
  ['to-fqdn', 'to-ip', 'ip', 'fqdn', 'to-pod', 'pod'],
  ['to-pod', 'namespace', 'all-namespaces'],
  ['from-pod', 'namespace', 'all-namespaces'],
  ['to-service', 'namespace', 'all-namespaces'],
  ['from-service', 'namespace', 'all-namespaces'],
  ['label', 'from-label'],
  ['label', 'to-label'],
  ['service', 'from-service'],
  ['service', 'to-service'],
  ['port', 'to-port'],
  ['port', 'from-port'],
  ['identity', 'to-identity'],
  ['identity', 'from-identity'],
  ['workload', 'to-workload'],
  ['workload', 'from-workload'],
  ['encrypted', 'unencrypted'],
  ['reply', 'not-reply'],
];

/** The CLI's complaint about flags used together; undefined when they go together. */
export function flagConflict(used: ReadonlySet<string>): string | undefined {
  for (const group of CONFLICT_GROUPS) {
    const [first, second] = group.filter((flag) => used.has(flag));
    if (second !== undefined) return `filters --${first} and --${second} cannot be combined`;
  }
  return undefined;
}

export type Namespaces = {
  readonly either: readonly string[];
  readonly source: readonly string[];
  readonly destination: readonly string[];
};

/** The CLI's complaints about namespaces, one a line; undefined when there is none. */
export function namespaceConflict(filter: FlowFilter, namespaces: Namespaces): string | undefined {
  const { sourcePod, sourceService, destinationPod, destinationService } = filter;
  const complaints = [
    ...[sourcePod, sourceService, destinationPod, destinationService].map((names) =>
      outsideNamespace(namespaces.either, names),
    ),
    ...[sourcePod, sourceService].map((names) => outsideNamespace(namespaces.source, names)),
    ...[destinationPod, destinationService].map((names) => outsideNamespace(namespaces.destination, names)),
    podsAgainstServices(sourcePod, sourceService),
    podsAgainstServices(destinationPod, destinationService),
  ].filter((complaint) => complaint !== undefined);
  return complaints.length === 0 ? undefined : complaints.join('\n');
}

function namespaceOfName(name: string): string {
  const slash = name.indexOf('/');
  return slash < 0 ? '' : name.slice(0, slash);
}

function outsideNamespace(namespaces: readonly string[], names: readonly string[]): string | undefined {
  for (const namespace of namespaces) {
    for (const name of names) {
      const own = namespaceOfName(name);
      if (own !== '' && own !== namespace) {
        return `namespace conflict: ${goQuote(namespace)} does not contain ${goQuote(name)}`;
      }
    }
  }
  return undefined;
}

function podsAgainstServices(pods: readonly string[], services: readonly string[]): string | undefined {
  for (const podNamespace of pods.map(namespaceOfName)) {
    if (podNamespace === '') continue;
    const other = services.find((service) => namespaceOfName(service) !== podNamespace);
    if (other !== undefined)
      return `namespace of service ${goQuote(other)} conflict with pod ${goQuote(podNamespace)}`;
  }
  return undefined;
}
