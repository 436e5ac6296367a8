// The sum of what belongs to one edge. Most edges have a few talks, and thousands are summed up for an answer: small
// lists, and nothing made that is not needed.

import { Verdict } from '@finderscope/hubble-api';
import { EPHEMERAL, LatencySpread } from '@finderscope/flow-store';
import type { Edge } from '../protocol.ts';
import type { EdgeShape } from './edge-shapes.ts';

const MAX_PORTS = 16;
/** With more they are looked up by key. */
const FEW_PORTS = 8;
const FORWARDED = Verdict.FORWARDED;
const DROPPED = Verdict.DROPPED;

type PortSum = {
  readonly port: number | undefined;
  readonly protocol: string;
  readonly l7: string;
  flows: number;
};
/** Never written to. */
const NO_L7 = { requests: 0, responses: 0, denied: 0, http4xx: 0, http5xx: 0, dnsErrors: 0, untold: 0 };

type Count<K> = [key: K, flows: number];
type PointCount = { readonly verdict: number; readonly point: string; flows: number };

export class EdgeSum {
  flows = 0;
  #replies = 0;
  #newest = -1;
  readonly #verdicts: Count<number>[] = [];
  readonly #points: PointCount[] = [];
  #arrived = 0;
  #deniedRequests = 0;
  #droppedAtSource = 0;
  #droppedAtDestination = 0;
  #reasons: Count<number>[] | undefined;
  readonly #ports: PortSum[] = [];
  #portsByKey: Map<string, PortSum> | undefined;
  #latencies: LatencySpread | undefined;
  #l7 = NO_L7;
  #told: Edge | undefined;

  /** `row` is the newest of these flows. `port` is as in store/served-port.ts. Nothing is added once it was told. */
  add(shape: EdgeShape, port: number, flows: number, row: number): void {
    this.flows += flows;
    this.#newest = Math.max(this.#newest, row);
    this.#addPort(shape, port, flows);
    if (shape.l7Type !== '') this.#addL7(shape, flows);
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
    this.#addPoint(shape, flows);
  }

  /** Flows with the verdict DROPPED, replies not among them. */
  get drops(): number {
    return countOf(this.#verdicts, DROPPED);
  }

  addLatencies(latencies: LatencySpread): void {
    this.#latencies ??= new LatencySpread();
    this.#latencies.addAll(latencies);
  }

  /** The edge between the nodes at two places. */
  tell(from: number, to: number, timeOf: (row: number) => bigint): Edge {
    const told = this.#told;
    if (told?.from === from && told.to === to) return told;
    const now = told === undefined ? this.#tell(from, to, timeOf) : at(told, from, to);
    this.#told = now;
    return now;
  }

  #tell(from: number, to: number, timeOf: (row: number) => bigint): Edge {
    const ports = this.#ports;
    if (ports.length > 1) ports.sort((a, b) => b.flows - a.flows || (a.port ?? 0) - (b.port ?? 0));
    const drops = this.#droppedAtSource + this.#droppedAtDestination;
    const ended = this.#ended();
    const dropped = countOf(ended, DROPPED);
    return {
      from,
      to,
      flows: this.flows,
      replies: this.#replies,
      verdicts: this.#verdicts.sort(byFlows),
      ended,
      droppedAtSource: drops === 0 ? 0 : Math.round((dropped * this.#droppedAtSource) / drops),
      dropReason: this.#reasons === undefined ? 0 : mostOf(this.#reasons),
      ports: ports.length > MAX_PORTS ? ports.slice(0, MAX_PORTS) : ports,
      portsInAll: ports.length,
      l7: this.#l7,
      p95Ns: this.#latencies?.quantiles([0.95])[0],
      lastNs: timeOf(this.#newest),
    };
  }

  /**
   * A packet is seen at up to four points, and a drop is told as a policy verdict and as a drop: of one verdict the
   * point with most flows counts. What arrived is told by the points where packets arrive; where nobody looks there,
   * as with the world, what was sent less what was dropped.
   */
  #ended(): Count<number>[] {
    const most: Count<number>[] = [];
    for (const { verdict, flows } of this.#points) {
      const known = most.find(([one]) => one === verdict);
      if (known === undefined) most.push([verdict, flows]);
      else known[1] = Math.max(known[1], flows);
    }
    const droppedPackets = countOf(most, DROPPED);
    const sent = countOf(most, FORWARDED);
    const forwarded = this.#arrived > 0 ? this.#arrived : Math.max(0, sent - droppedPackets);
    const others = most.filter(([verdict]) => verdict !== FORWARDED && verdict !== DROPPED);
    others.push([FORWARDED, forwarded], [DROPPED, droppedPackets + this.#deniedRequests]);
    return others.filter(([, count]) => count > 0).sort(byFlows);
  }

  #addPoint({ verdict, point }: EdgeShape, flows: number): void {
    for (const one of this.#points) {
      if (one.verdict !== verdict || one.point !== point) continue;
      one.flows += flows;
      return;
    }
    this.#points.push({ verdict, point, flows });
  }

  #addDrop(shape: EdgeShape, flows: number): void {
    if (shape.dropReason !== 0) bump((this.#reasons ??= []), shape.dropReason, flows);
    if (shape.localSide === 'source') this.#droppedAtSource += flows;
    else this.#droppedAtDestination += flows;
  }

  #addPort({ protocol, l7 }: EdgeShape, number: number, flows: number): void {
    const port = number === 0 || number === EPHEMERAL ? undefined : number - 1;
    const known = this.#findPort(port, protocol, l7);
    if (known !== undefined) {
      known.flows += flows;
      return;
    }
    const sum = { port, protocol, l7, flows };
    this.#ports.push(sum);
    if (this.#portsByKey !== undefined) this.#portsByKey.set(portKey(sum), sum);
    else if (this.#ports.length > FEW_PORTS)
      this.#portsByKey = new Map(this.#ports.map((one) => [portKey(one), one]));
  }

  #findPort(port: number | undefined, protocol: string, l7: string): PortSum | undefined {
    if (this.#portsByKey !== undefined) return this.#portsByKey.get(portKey({ port, protocol, l7 }));
    return this.#ports.find((one) => one.port === port && one.protocol === protocol && one.l7 === l7);
  }

  #addL7(shape: EdgeShape, flows: number): void {
    const { l7Type, httpCode } = shape;
    if (this.#l7 === NO_L7) this.#l7 = { ...NO_L7 };
    const l7 = this.#l7;
    if (l7Type === 'request') l7.requests += flows;
    if (l7Type === 'response') l7.responses += flows;
    if (shape.verdict === DROPPED) l7.denied += flows;
    if (httpCode >= 400 && httpCode < 500) l7.http4xx += flows;
    if (httpCode >= 500 && httpCode < 600) l7.http5xx += flows;
    if (shape.isDnsError) l7.dnsErrors += flows;
    // Of DNS no code is one as well: no error.
    if (l7Type === 'response' && httpCode === 0 && shape.l7 !== 'dns') l7.untold += flows;
  }
}

/** The same edge, its nodes at other places: far faster than spreading it. */
function at(told: Edge, from: number, to: number): Edge {
  const { flows, replies, verdicts, ended, droppedAtSource, dropReason } = told;
  const { ports, portsInAll, l7, p95Ns, lastNs } = told;
  return {
    from,
    to,
    flows,
    replies,
    verdicts,
    ended,
    droppedAtSource,
    dropReason,
    ports,
    portsInAll,
    l7,
    p95Ns,
    lastNs,
  };
}

function portKey({ port, protocol, l7 }: Omit<PortSum, 'flows'>): string {
  return `${port} ${protocol} ${l7}`;
}

function bump(counts: Count<number>[], key: number, by: number): void {
  for (const one of counts) {
    if (one[0] !== key) continue;
    one[1] += by;
    return;
  }
  counts.push([key, by]);
}

function countOf(counts: readonly Count<number>[], key: number): number {
  for (const [one, flows] of counts) if (one === key) return flows;
  return 0;
}

function byFlows(a: Count<number>, b: Count<number>): number {
  return b[1] - a[1] || a[0] - b[0];
}

function mostOf(counts: readonly Count<number>[]): number {
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
