// Sums of links: one drawn link out of several, and what touches an item.

import { ageOf } from './ageing.ts';
import type { MapLink, PortUse } from './graph.ts';
import { addMix, NO_MIX } from './mix.ts';
import type { Load, SceneLink } from './scene.ts';

type Rating = { readonly spanS: number; readonly nowNs: bigint | undefined };

const PORTS_KEPT = 8;

export function mergeLinks(
  source: string,
  target: string,
  parts: readonly MapLink[],
  { spanS, nowNs }: Rating,
): SceneLink {
  let mix = NO_MIX;
  let count = 0;
  let requests = 0;
  let answered = 0;
  let untold = 0;
  let failures = 0;
  let atSource = 0;
  let ageS = Infinity;
  let p95Ms: number | undefined;
  let worst: MapLink | undefined;
  for (const part of parts) {
    mix = addMix(mix, part.mix);
    count += part.count;
    requests += part.requests;
    answered += part.answered;
    untold += part.untold;
    failures += part.failures;
    ageS = Math.min(ageS, ageOf(part, nowNs));
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
    ageS: ageS === Infinity ? 0 : ageS,
    parts,
  };
}

/** Most used first; what is used least is left out when there are many. */
export function mergePorts(lists: readonly (readonly PortUse[])[]): readonly PortUse[] {
  if (lists.length === 1) return lists[0] ?? [];
  const byPort = new Map<string, PortUse>();
  for (const use of lists.flat()) {
    const key = `${String(use.port)}/${use.protocol}/${use.l7}`;
    const before = byPort.get(key);
    byPort.set(key, before === undefined ? use : { ...use, count: use.count + before.count });
  }
  return [...byPort.values()].toSorted((a, b) => b.count - a.count).slice(0, PORTS_KEPT);
}

/** The load of a set of nodes; what runs among them counts once. */
export function loadOf(
  members: ReadonlySet<string>,
  touching: Iterable<MapLink>,
  { spanS, nowNs }: Rating,
): Load {
  let received = NO_MIX;
  const all = { in: 0, out: 0, inside: 0 };
  const dropped = { in: 0, out: 0, inside: 0 };
  let ageS = Infinity;
  const ports: (readonly PortUse[])[] = [];
  for (const link of touching) {
    const to = members.has(link.target);
    const way = !to ? 'out' : members.has(link.source) ? 'inside' : 'in';
    all[way] += link.count;
    dropped[way] += link.mix.dropped;
    if (to) {
      received = addMix(received, link.mix);
      ports.push(link.ports);
    }
    ageS = Math.min(ageS, ageOf(link, nowNs));
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
    ageS: ageS === Infinity ? 0 : ageS,
  };
}
