// Related flows told packet by packet: what one packet met on its way stands on one line. What led to the connection is
// no packet of it and stands apart.
//
//   −1.02 s   ▶ to-network   ✖ policy-verdict:none   ✖ Policy denied
//   this SYN  ▶ to-network   ✖ policy-verdict:none   ✖ Policy denied
//
//   DNS answer that gave the address
//   −1.05 s   ▶ support.github.com → 185.199.111.133

import type { DnsAnswer, FlowRow, Nanos, RowId } from '../../engine/protocol.ts';

/** Observation points of one packet lie within this time of each other. */
const PACKET_NS = 50_000_000n;

export type RelatedGroup = {
  readonly timeNs: Nanos | undefined;
  /** What the packet is: the summary its flows share. */
  readonly summary: string;
  readonly rows: readonly FlowRow[];
  /** The flow on show is among them. */
  readonly current: boolean;
};

/** In order of time; flows without a time come last, each by itself. */
export function groupRelated(rows: readonly FlowRow[], current: RowId): readonly RelatedGroup[] {
  const groups: { timeNs: Nanos | undefined; summary: string; rows: FlowRow[] }[] = [];
  for (const row of rows.toSorted(byTime)) {
    const last = groups.at(-1);
    const first = last?.rows[0];
    if (last !== undefined && first !== undefined && isSamePacket(first, row)) last.rows.push(row);
    else groups.push({ timeNs: row.timeNs, summary: row.summary, rows: [row] });
  }
  return groups.map((group) => ({ ...group, current: group.rows.some((row) => row.id === current) }));
}

/** "support.github.com → 185.199.111.133": the name without the dot that ends it in messages. */
export function dnsAnswerText({ name, address }: DnsAnswer): string {
  return `${name.replace(/(?<=.)\.$/, '') || 'a name'} → ${address}`;
}

function isSamePacket(first: FlowRow, row: FlowRow): boolean {
  if (first.timeNs === undefined || row.timeNs === undefined) return false;
  return (
    row.timeNs - first.timeNs < PACKET_NS &&
    first.summary === row.summary &&
    first.source.ip === row.source.ip &&
    first.source.port === row.source.port &&
    first.destination.port === row.destination.port
  );
}

function byTime(a: FlowRow, b: FlowRow): number {
  if (a.timeNs === b.timeNs) return a.id - b.id;
  if (a.timeNs === undefined) return 1;
  if (b.timeNs === undefined) return -1;
  return a.timeNs < b.timeNs ? -1 : 1;
}
