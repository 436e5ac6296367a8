// Which policies are known to rule an endpoint: those named by flows that they let through. A default deny names no
// policy, so this is told from what has been seen, never guessed.

import { type Flow, TrafficDirection } from '@finderscope/hubble-api';
import { readDenial } from '@finderscope/policy/denial';
import type { FlowRow, Nanos, RowId } from '../engine/protocol.ts';
import type { DenialKind } from './why.ts';

export type PolicyInPlay = {
  readonly name: string;
  /** Who was let in or out most often. */
  readonly peer: string;
  readonly count: number;
  readonly lastNs: Nanos | undefined;
  /** A row that names it. */
  readonly row: RowId;
};

const BY_POLICY: ReadonlySet<DenialKind> = new Set<DenialKind>([
  'default-deny',
  'either-deny',
  'audit-default-deny',
  'audit-either-deny',
  'l7-rule',
]);

/**
 * The filter of flows that a policy let through between the same two on another port or protocol: then it is not the
 * peer that no policy allows. undefined when default deny did not deny it, or the flow does not tell both ends.
 */
export function elsewhereFilter(flow: Flow): string | undefined {
  const source = flow.source?.identity ?? 0;
  const destination = flow.destination?.identity ?? 0;
  if (readDenial(flow).kind !== 'default-deny' || source === 0 || destination === 0) return undefined;
  const ingress = flow.trafficDirection === TrafficDirection.INGRESS;
  if (!ingress && flow.trafficDirection !== TrafficDirection.EGRESS) return undefined;
  const not = notHere(flow);
  if (not === undefined) return undefined;
  return [
    'type:policy-verdict',
    'verdict:FORWARDED',
    'verdict:REDIRECTED',
    `traffic-direction:${ingress ? 'ingress' : 'egress'}`,
    `from-identity:${String(source)}`,
    `to-identity:${String(destination)}`,
    not,
  ].join(' ');
}

/** One of these rows, the answer to `elsewhereFilter`, is of the time looked at: policies change. */
export function isSeenSince(rows: readonly FlowRow[], sinceNs: Nanos | undefined): boolean {
  return rows.some(({ timeNs }) => sinceNs === undefined || (timeNs !== undefined && timeNs >= sinceNs));
}

function notHere(flow: Flow): string | undefined {
  const protocol = flow.l4?.protocol;
  switch (protocol?.case) {
    case 'ICMPv4':
    case 'ICMPv6':
      return `not protocol:${protocol.case.toLowerCase()}`;
    case 'TCP':
    case 'UDP':
    case 'SCTP':
      return `not to-port:${String(protocol.value.destinationPort)}`;
    default:
      return undefined;
  }
}

/**
 * The filter of flows that a policy let through at the end where this one was denied; for a denied request, of the
 * same pair. undefined when the flow does not tell that end, or was not denied by policy.
 */
export function inPlayFilter(flow: Flow, denial: DenialKind): string | undefined {
  if (!BY_POLICY.has(denial)) return undefined;
  const ingress = flow.trafficDirection === TrafficDirection.INGRESS;
  if (!ingress && flow.trafficDirection !== TrafficDirection.EGRESS) return undefined;
  const source = flow.source?.identity ?? 0;
  const destination = flow.destination?.identity ?? 0;
  if ((ingress ? destination : source) === 0) return undefined;
  const bothEnds = denial === 'l7-rule' && source !== 0 && destination !== 0;
  return [
    'type:policy-verdict',
    'verdict:FORWARDED',
    'verdict:REDIRECTED',
    `traffic-direction:${ingress ? 'ingress' : 'egress'}`,
    ...(ingress || bothEnds ? [`to-identity:${String(destination)}`] : []),
    ...(!ingress || bothEnds ? [`from-identity:${String(source)}`] : []),
  ].join(' ');
}

/**
 * Policies that rows name, the one that let through most first. `side` is the peer's. What has let nothing through since
 * `sinceNs`, when something else has, may be gone by now and is left out.
 */
export function policiesInPlay(
  rows: readonly FlowRow[],
  side: 'source' | 'destination',
  sinceNs?: Nanos,
): readonly PolicyInPlay[] {
  const found = new Map<
    string,
    { count: number; lastNs: Nanos | undefined; row: RowId; peers: Map<string, number> }
  >();
  for (const row of rows) {
    const peer = row[side].workload === '' ? row[side].name : row[side].workload;
    // Two rules of one policy, or two revisions of it, are one policy.
    for (const name of new Set(row.policies)) {
      const entry = found.get(name) ?? {
        count: 0,
        lastNs: undefined,
        row: row.id,
        peers: new Map<string, number>(),
      };
      entry.count += row.count;
      entry.peers.set(peer, (entry.peers.get(peer) ?? 0) + row.count);
      if (row.timeNs !== undefined && (entry.lastNs === undefined || row.timeNs > entry.lastNs)) {
        entry.lastNs = row.timeNs;
        entry.row = row.id;
      }
      found.set(name, entry);
    }
  }
  const isRecent = ({ lastNs }: { readonly lastNs: Nanos | undefined }): boolean =>
    sinceNs === undefined || (lastNs !== undefined && lastNs >= sinceNs);
  const all = [...found];
  const recent = all.filter(([, entry]) => isRecent(entry));
  return (recent.length > 0 ? recent : all)
    .map(([name, { count, lastNs, row, peers }]) => ({
      name,
      peer: [...peers].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? '',
      count,
      lastNs,
      row,
    }))
    .toSorted((a, b) => b.count - a.count);
}
