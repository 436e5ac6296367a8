// Which filter one end of a flow stands for: its pod, else its service, else its DNS name, else its address.

import type { RowEnd } from '../../engine/protocol.ts';
import { filterForValue, type ValueFilter } from '../../filter-bar/value-filter.ts';

/** Reserved identities of pods: unmanaged and init. Other reserved ones are hosts, nodes and the world. */
const POD_RESERVED = new Set([3, 5]);
/** Below: reserved identities. Above: well-known and allocated ones. */
const FIRST_UNRESERVED = 100;

/** undefined for an end without any name or address, and for one known by its MAC only. */
export function endFilter(end: RowEnd, prefix: 'from' | 'to'): ValueFilter | undefined {
  if (end.name === '') return undefined;
  if (end.name === end.ip) return filterForValue(`${prefix}-ip`, end.ip);
  if (end.namespace !== '') {
    // The row holds one name. A pod always has an identity of its own; a bare service name is written when the
    // address belongs to no pod.
    const isPod = end.identity >= FIRST_UNRESERVED || POD_RESERVED.has(end.identity) || end.workload !== '';
    return filterForValue(`${prefix}-${isPod ? 'pod' : 'service'}`, `${end.namespace}/${end.name}`);
  }
  if (end.ip === '') return undefined;
  return filterForValue(`${prefix}-fqdn`, end.name.split(',', 1)[0] ?? end.name);
}
