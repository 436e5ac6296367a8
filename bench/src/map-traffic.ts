// Flows of a made-up cluster of any size, as a file that the demo cluster replays: services in namespaces that call each other
// from tier to tier, most of them within their namespace. The same file every time.

const TIERS = 5;
/** Of all calls. */
const WITHIN_NAMESPACE = 0.6;
const DENIED = 0.08;

export type Traffic = {
  readonly services: number;
  readonly namespaces: number;
  readonly links: number;
  /** Spread evenly over the links and over one second. */
  readonly flows: number;
};

/** Played again and again with a second between: 5,000 a second. */
export const BUSY: Traffic = { services: 300, namespaces: 20, links: 1000, flows: 10_000 };
export const LARGE: Traffic = { services: 2000, namespaces: 60, links: 5000, flows: 15_000 };

/** JSON lines as `hubble observe -o jsonpb` prints them, oldest first. */
export function trafficLines({ services, namespaces, links, flows }: Traffic): readonly string[] {
  const pairs = callsOf(services, namespaces, links);
  const start = Date.parse('2026-03-01T10:00:00Z');
  return Array.from({ length: flows }, (_, at) => {
    const [from, to, denied] = pairs[at % pairs.length] ?? [0, 1, false];
    const time = new Date(start + Math.floor((at * 1000) / flows)).toISOString();
    const flow = {
      time,
      uuid: `0be00000-0000-4000-8000-${String(at).padStart(12, '0')}`,
      ...(denied ? DROPPED : FORWARDED),
      IP: { source: addressOf(from), destination: addressOf(to), ipVersion: 'IPv4' },
      l4: { TCP: { source_port: 32_768 + (at % 28_000), destination_port: 8000 + (to % 40) } },
      source: endpointOf(from, namespaces),
      destination: endpointOf(to, namespaces),
      Type: 'L3_L4',
      node_name: `worker${at % 3}`,
      is_reply: false,
    };
    return JSON.stringify({ flow, node_name: flow.node_name, time });
  });
}

const FORWARDED = {
  verdict: 'FORWARDED',
  event_type: { type: 4 },
  trace_observation_point: 'TO_ENDPOINT',
  traffic_direction: 'INGRESS',
};
const DROPPED = {
  verdict: 'DROPPED',
  event_type: { type: 1, sub_type: 133 },
  drop_reason: 133,
  drop_reason_desc: 'POLICY_DENIED',
  traffic_direction: 'INGRESS',
};

type Call = readonly [from: number, to: number, denied: boolean];

function callsOf(services: number, namespaces: number, links: number): readonly Call[] {
  const random = seeded(1);
  const pick = (below: number): number => Math.floor(random() * below);
  const tiers = Array.from({ length: services }, () => pick(TIERS));
  const calls = new Map<string, Call>();
  // Every service calls or is called; the rest is spread.
  for (let tries = 0; calls.size < links && tries < links * 200; tries++) {
    const from = tries < services ? tries : pick(services);
    const near = random() < WITHIN_NAMESPACE;
    const to = near ? (from + namespaces * pick(services / namespaces)) % services : pick(services);
    if (from === to) continue;
    const [low, high] = (tiers[from] ?? 0) <= (tiers[to] ?? 0) ? [from, to] : [to, from];
    calls.set(`${low}>${high}`, [low, high, random() < DENIED]);
  }
  return [...calls.values()];
}

function endpointOf(service: number, namespaces: number): Readonly<Record<string, unknown>> {
  const namespace = `team-${String(service % namespaces).padStart(2, '0')}`;
  const name = `service-${String(service).padStart(4, '0')}`;
  return {
    identity: 1000 + service,
    namespace,
    labels: [`k8s:app=${name}`, `k8s:io.kubernetes.pod.namespace=${namespace}`],
    pod_name: `${name}-0`,
    workloads: [{ name, kind: 'Deployment' }],
  };
}

function addressOf(service: number): string {
  return `10.${service >> 16}.${(service >> 8) & 255}.${service & 255}`;
}

/** Numbers from 0 to 1, the same for one seed. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
