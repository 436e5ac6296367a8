// The sum of what belongs to one edge.

import { Verdict } from '@finderscope/hubble-api';
import { EPHEMERAL, LatencySpread } from '@finderscope/flow-store';
import type { Edge } from '../protocol.ts';
import type { EdgeShape } from './edge-shapes.ts';

const MAX_PORTS = 16;
const FORWARDED = Verdict.FORWARDED;
const DROPPED = Verdict.DROPPED;

type PortSum = {
  readonly port: number | undefined;
  readonly protocol: string;
  readonly l7: string;
  flows: number;
};

export class EdgeSum {
  flows = 0;
  recent = 0;
  readonly latencies = new LatencySpread();
  #replies = 0;
  #newest = -1;
  #hasLatency = false;
  readonly #verdicts = new Map<number, number>();
  /** By verdict, then by point. */
  readonly #points = new Map<number, Map<string, number>>();
  #arrived = 0;
  #deniedRequests = 0;
  #droppedAtSource = 0;
  #droppedAtDestination = 0;
  readonly #reasons = new Map<number, number>();
  readonly #ports = new Map<string, PortSum>();
  readonly #l7 = { requests: 0, responses: 0, denied: 0, http4xx: 0, http5xx: 0, dnsErrors: 0, untold: 0 };

  /** `row` is the newest of these flows. `port` is as in store/served-port.ts. */
  add(shape: EdgeShape, port: number, flows: number, row: number): void {
    this.flows += flows;
    this.#newest = Math.max(this.#newest, row);
    this.#addPort(shape, port, flows);
    this.#addL7(shape, flows);
    if (shape.isReply) {
      this.#replies += flows;
      return;
    }
    bump(this.#verdicts, shape.verdict, flows);
    if (shape.verdict === DROPPED) this.#addDrop(shape, flows);
    if (shape.l7Type === 'response' || shape.l7Type === 'other') return;
    if (shape.verdict === DROPPED && shape.l7Type === 'request') {
      this.#deniedRequests += flows;
      return;
    }
    if (shape.verdict === FORWARDED && shape.isArrival) this.#arrived += flows;
    const points = this.#points.get(shape.verdict) ?? new Map<string, number>();
    this.#points.set(shape.verdict, points);
    bump(points, shape.point, flows);
  }

  /** Flows with the verdict DROPPED, replies not among them. */
  get drops(): number {
    return this.#verdicts.get(DROPPED) ?? 0;
  }

  addLatency(bucket: number, count: number): void {
    this.#hasLatency = true;
    this.latencies.add(bucket, count);
  }

  edge(from: number, to: number, timeOf: (row: number) => bigint, seconds: number): Edge {
    const ports = [...this.#ports.values()].sort(
      (a, b) => b.flows - a.flows || (a.port ?? 0) - (b.port ?? 0),
    );
    const drops = this.#droppedAtSource + this.#droppedAtDestination;
    const ended = this.#ended();
    const dropped = ended.find(([verdict]) => verdict === DROPPED)?.[1] ?? 0;
    return {
      from,
      to,
      flows: this.flows,
      replies: this.#replies,
      verdicts: [...this.#verdicts].sort((a, b) => b[1] - a[1] || a[0] - b[0]),
      ended,
      droppedAtSource: drops === 0 ? 0 : Math.round((dropped * this.#droppedAtSource) / drops),
      dropReason: mostOf(this.#reasons),
      ports: ports.slice(0, MAX_PORTS),
      portsInAll: ports.length,
      l7: { ...this.#l7 },
      p95Ns: this.#hasLatency ? this.latencies.quantiles([0.95])[0] : undefined,
      lastNs: timeOf(this.#newest),
      perS: this.recent / seconds,
    };
  }

  /**
   * A packet is seen at up to four points, and a drop is told as a policy verdict and as a drop: of one verdict the
   * point with most flows counts. What arrived is told by the points where packets arrive; where nobody looks there,
   * as with the world, what was sent less what was dropped.
   */
  #ended(): readonly (readonly [number, number])[] {
    const most = new Map(
      [...this.#points].map(([verdict, points]) => [verdict, Math.max(...points.values())]),
    );
    const droppedPackets = most.get(DROPPED) ?? 0;
    const sent = most.get(FORWARDED) ?? 0;
    most.set(FORWARDED, this.#arrived > 0 ? this.#arrived : Math.max(0, sent - droppedPackets));
    most.set(DROPPED, droppedPackets + this.#deniedRequests);
    return [...most].filter(([, count]) => count > 0).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  }

  #addDrop(shape: EdgeShape, flows: number): void {
    if (shape.dropReason !== 0) bump(this.#reasons, shape.dropReason, flows);
    if (shape.localSide === 'source') this.#droppedAtSource += flows;
    else this.#droppedAtDestination += flows;
  }

  #addPort({ protocol, l7 }: EdgeShape, port: number, flows: number): void {
    const key = `${port} ${protocol} ${l7}`;
    const sum = this.#ports.get(key) ?? {
      port: port === 0 || port === EPHEMERAL ? undefined : port - 1,
      protocol,
      l7,
      flows: 0,
    };
    sum.flows += flows;
    this.#ports.set(key, sum);
  }

  #addL7(shape: EdgeShape, flows: number): void {
    const { l7Type, httpCode } = shape;
    if (l7Type === '') return;
    if (l7Type === 'request') this.#l7.requests += flows;
    if (l7Type === 'response') this.#l7.responses += flows;
    if (shape.verdict === DROPPED) this.#l7.denied += flows;
    if (httpCode >= 400 && httpCode < 500) this.#l7.http4xx += flows;
    if (httpCode >= 500 && httpCode < 600) this.#l7.http5xx += flows;
    if (shape.isDnsError) this.#l7.dnsErrors += flows;
    // Of DNS no code is one as well: no error.
    if (l7Type === 'response' && httpCode === 0 && shape.l7 !== 'dns') this.#l7.untold += flows;
  }
}

function bump<K>(counts: Map<K, number>, key: K, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

function mostOf(counts: ReadonlyMap<number, number>): number {
  let best = 0;
  let most = 0;
  for (const [key, count] of counts) {
    if (count > most || (count === most && key < best)) {
      best = key;
      most = count;
    }
  }
  return best;
}
