// Sums of links: one drawn link out of several, and what touches an item.

import { Youngest } from './ageing.ts';
import type { MapLink, PortUse } from './graph.ts';
import { addMix, newSum } from './mix.ts';
import type { Load, SceneLink } from './scene.ts';

type Rating = { readonly spanS: number; readonly nowNs: bigint | undefined };

type PortSum = { -readonly [Key in keyof PortUse]: PortUse[Key] };

const PORTS_KEPT = 8;

export function mergeLinks(
  source: string,
  target: string,
  parts: readonly MapLink[],
  { spanS, nowNs }: Rating,
): SceneLink {
  const mix = newSum();
  let count = 0;
  let requests = 0;
  let answered = 0;
  let untold = 0;
  let failures = 0;
  let atSource = 0;
  const youngest = new Youngest();
  let p95Ms: number | undefined;
  let worst: MapLink | undefined;
  for (const part of parts) {
    addMix(mix, part.mix);
    count += part.count;
    requests += part.requests;
    answered += part.answered;
    untold += part.untold;
    failures += part.failures;
    youngest.add(part);
    if (part.stop === 'source') atSource += part.mix.dropped;
    // A percentile of percentiles does not exist; the slowest part is what a person wants to know of.
    if (part.p95Ms !== undefined) p95Ms = Math.max(p95Ms ?? 0, part.p95Ms);
    if (part.mix.dropped > (worst?.mix.dropped ?? 0)) worst = part;
  }
  return {
    id: `${source}>${target}`,
    source,
    target,
    mix,
    count,
    perS: count / spanS,
    droppedPerS: mix.dropped / spanS,
    stop: atSource * 2 > mix.dropped ? 'source' : 'target',
    dropReason: worst?.dropReason ?? '',
    ports: mergePorts(parts.map((part) => part.ports)),
    requests,
    answered,
    untold,
    failures,
    p95Ms,
    ageS: youngest.ageS(nowNs),
    parts,
  };
}

/** Most used first; what is used least is left out when there are many. */
export function mergePorts(lists: readonly (readonly PortUse[])[]): readonly PortUse[] {
  if (lists.length === 1) return lists[0] ?? [];
  const byPort = new Map<number | undefined, PortSum[]>();
  const sums: PortSum[] = [];
  for (const list of lists) {
    for (const { port, protocol, l7, count } of list) {
      const alike = byPort.get(port) ?? [];
      const before = alike.find((sum) => sum.protocol === protocol && sum.l7 === l7);
      if (before !== undefined) {
        before.count += count;
        continue;
      }
      const sum = { port, protocol, l7, count };
      alike.push(sum);
      byPort.set(port, alike);
      sums.push(sum);
    }
  }
  return sums.toSorted((a, b) => b.count - a.count).slice(0, PORTS_KEPT);
}

/** The load of a set of nodes; what runs among them counts once. */
export function loadOf(
  members: ReadonlySet<string>,
  touching: Iterable<MapLink>,
  { spanS, nowNs }: Rating,
): Load {
  const received = newSum();
  const all = { in: 0, out: 0, inside: 0 };
  const dropped = { in: 0, out: 0, inside: 0 };
  const youngest = new Youngest();
  const ports: (readonly PortUse[])[] = [];
  for (const link of touching) {
    const to = members.has(link.target);
    const way = !to ? 'out' : members.has(link.source) ? 'inside' : 'in';
    all[way] += link.count;
    dropped[way] += link.mix.dropped;
    if (to) {
      addMix(received, link.mix);
      ports.push(link.ports);
    }
    youngest.add(link);
  }
  return {
    perS: (all.in + all.out + all.inside) / spanS,
    inPerS: all.in / spanS,
    outPerS: all.out / spanS,
    insidePerS: all.inside / spanS,
    droppedPerS: (dropped.in + dropped.out + dropped.inside) / spanS,
    dropped: {
      inPerS: dropped.in / spanS,
      outPerS: dropped.out / spanS,
      insidePerS: dropped.inside / spanS,
    },
    received,
    ports: mergePorts(ports),
    ageS: youngest.ageS(nowNs),
  };
}
