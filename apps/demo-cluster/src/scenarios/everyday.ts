// What lives beside a lab on its nodes, as in every cluster: Prometheus that scrapes DNS, an ingress in front of it, and
// a job that asks it and goes again. Small and quiet, in the namespace that no policy of a lab selects and that the map
// keeps apart.

import { pod, type Pod, reservedEntity } from '../datapath/endpoint.ts';
import type { CallTarget } from '../datapath/http-client.ts';
import type { Service } from '../datapath/network.ts';
import { type Habit, type Job, SECOND_NS } from './habit.ts';

const NAMESPACE = 'kube-system';
const WEB_PORT = 9090;
const DNS_METRICS_PORT = 9153;
const NAME = `prometheus.${NAMESPACE}.svc.cluster.local`;

const PROMETHEUS = pod({
  id: 1077,
  identity: 41_093,
  namespace: NAMESPACE,
  name: 'prometheus-0',
  labels: { 'app.kubernetes.io/name': 'prometheus' },
  serviceAccount: 'prometheus',
  workload: { name: 'prometheus', kind: 'StatefulSet' },
  ip: '172.20.2.77',
  node: 2,
});

const SERVICE: Service = {
  namespace: NAMESPACE,
  name: 'prometheus',
  ip: '10.96.77.12',
  port: WEB_PORT,
  backends: [PROMETHEUS],
};

const INGRESS = reservedEntity({
  id: 1901,
  identity: 8,
  labels: ['reserved:ingress'],
  ip: '172.20.1.250',
  node: 1,
});

function reportPod(run: number): Pod {
  return pod({
    id: 1300 + (run % 100),
    identity: 41_118,
    namespace: NAMESPACE,
    name: `report-${29_011_400 + run}-${(0x3f1a7 + run * 7919).toString(36)}`,
    labels: { app: 'report' },
    workload: { name: 'report', kind: 'Job' },
    ip: `172.20.1.${100 + (run % 30)}`,
    node: 1,
  });
}

/** For a lab whose nodes are at least three and whose pods are in 172.20; `dns` is its DNS service. */
export function everydayLife(dns: Service): {
  readonly services: readonly Service[];
  readonly probes: readonly { readonly target: Pod; readonly ports: readonly number[] }[];
  readonly habits: readonly Habit[];
  readonly jobs: readonly Job[];
} {
  const get = (
    client: Habit['client'],
    target: CallTarget,
    at: Pick<Habit, 'origin' | 'path' | 'startNs' | 'pauseNs'>,
  ): Habit => ({ client, target, dns, method: 'GET', answer: { code: 200, latencyNs: 5_000_000 }, ...at });
  const scrapes = dns.backends.map((target, index) =>
    get(
      PROMETHEUS,
      { kind: 'endpoint', endpoint: target, port: DNS_METRICS_PORT },
      {
        origin: `http://${target.ip}:${DNS_METRICS_PORT}`,
        path: '/metrics',
        startNs: (2 + 4 * index) * SECOND_NS,
        pauseNs: 30 * SECOND_NS,
      },
    ),
  );
  const visit = get(
    INGRESS,
    { kind: 'endpoint', endpoint: PROMETHEUS, port: WEB_PORT },
    { origin: 'http://metrics.example', path: '/graph', startNs: 3 * SECOND_NS, pauseNs: 11 * SECOND_NS },
  );
  return {
    services: [SERVICE],
    probes: [{ target: PROMETHEUS, ports: [WEB_PORT] }],
    habits: [...scrapes, visit],
    jobs: [
      {
        everyNs: 40 * SECOND_NS,
        startNs: 6 * SECOND_NS,
        calls: 3,
        pauseNs: 1.5 * SECOND_NS,
        pod: reportPod,
        target: { kind: 'service', service: SERVICE, name: NAME },
        dns,
        origin: `http://${NAME}:${WEB_PORT}`,
      },
    ],
  };
}
