import type { Nanos } from '../../engine/protocol.ts';

/** Why a flow from the link is not among those held. `heldSince`: time of the oldest flow held, undefined without any. */
export function linkNote(
  timeNs: Nanos | undefined,
  heldSince: Nanos | undefined,
  clock: (ns: Nanos) => string,
): string {
  const travelled = 'This flow travelled inside the address';
  if (heldSince === undefined) return `${travelled}; no flow of the cluster is here yet.`;
  if (timeNs === undefined || timeNs >= heldSince) {
    return `${travelled}; it is not among the flows that the cluster has sent.`;
  }
  return `${travelled}; the cluster’s buffers start at ${clock(heldSince)} and no longer hold it.`;
}
