// Who makes the load: pods of many workloads over several namespaces and all nodes, and a few places in the world.

import {
  pod,
  type Pod,
  type ReservedEntity,
  reservedEntity,
  type ServiceAddress,
} from '../datapath/endpoint.ts';
import type { Random } from '../timeline/random.ts';

export type WorldPlace = { readonly endpoint: ReservedEntity; readonly name: string };

export type Population = {
  readonly pods: readonly Pod[];
  readonly services: readonly ServiceAddress[];
  readonly world: readonly WorldPlace[];
  readonly hosts: readonly ReservedEntity[];
};

const NAMESPACES = [
  'accounts',
  'analytics',
  'auth',
  'billing',
  'cart',
  'catalog',
  'checkout',
  'content',
  'default',
  'delivery',
  'email',
  'fraud',
  'ingest',
  'kube-system',
  'loyalty',
  'media',
  'monitoring',
  'orders',
  'payments',
  'pricing',
  'recommendations',
  'search',
  'shop',
  'warehouse',
] as const;

const ROLES = ['api', 'cache', 'consumer', 'db', 'frontend', 'gateway', 'scheduler', 'worker'] as const;
const KINDS = ['Deployment', 'Deployment', 'Deployment', 'StatefulSet', 'DaemonSet', 'CronJob'] as const;
const WORLD_NAMES = [
  'api.github.com',
  'storage.googleapis.com',
  'sqs.eu-west-1.amazonaws.com',
  'hooks.slack.com',
  'api.stripe.com',
  'registry-1.docker.io',
  'pypi.org',
  'example.com',
] as const;

const FIRST_IDENTITY = 10_000;
const FIRST_CIDR_IDENTITY = 16_777_218;
const POD_SUFFIX = Array.from('bcdfghjklmnpqrstvwxz2456789');

function suffix(random: Random, length: number): string {
  return Array.from({ length }, () => random.pick(POD_SUFFIX)).join('');
}

/** The same seed and sizes give the same population. */
export function createPopulation(random: Random, nodes: number, podCount: number): Population {
  const workloads = NAMESPACES.flatMap((namespace) => ROLES.map((role) => ({ namespace, role })));
  const identities = new Map(workloads.map((workload, index) => [workload, FIRST_IDENTITY + index * 37]));
  const hashes = new Map(workloads.map((workload) => [workload, suffix(random, 9)]));
  const pods = Array.from({ length: podCount }, (_, index) => {
    const workload = workloads[index % workloads.length] ?? { namespace: 'default', role: 'api' };
    const { namespace, role } = workload;
    const name = `${namespace}-${role}`;
    const node = random.between(0, nodes - 1);
    return pod({
      id: 100 + (index % 60_000),
      identity: identities.get(workload) ?? FIRST_IDENTITY,
      namespace,
      name: `${name}-${hashes.get(workload) ?? 'x'}-${suffix(random, 5)}`,
      labels: {
        app: name,
        tier: role === 'db' || role === 'cache' ? 'data' : 'app',
      },
      workload: { name, kind: KINDS[index % KINDS.length] ?? 'Deployment' },
      ip: `10.${node % 256}.${(index >> 8) & 0xff}.${index & 0xff}`,
      node,
    });
  });
  const services = workloads.map(({ namespace, role }, index) => ({
    namespace,
    name: `${namespace}-${role}`,
    ip: `10.96.${index >> 8}.${(index & 0xff) + 1}`,
    port: role === 'db' ? 5432 : role === 'cache' ? 6379 : 8080,
  }));
  const world = WORLD_NAMES.map((name, index) => {
    const ip = `203.0.113.${10 + index * 7}`;
    const endpoint = reservedEntity({
      id: 0,
      identity: FIRST_CIDR_IDENTITY + index,
      labels: [`cidr:${ip}/32`, 'reserved:world'],
      ip,
      node: -1,
    });
    return { endpoint, name };
  });
  const hosts = Array.from({ length: nodes }, (_, node) =>
    reservedEntity({
      id: 60_500 + (node % 1000),
      identity: 1,
      labels: ['reserved:host'],
      ip: `10.${node % 256}.255.1`,
      node,
    }),
  );
  return { pods, services, world, hosts };
}
