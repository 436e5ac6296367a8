// The one source that a page opens by itself: whatever serves the page. Said once, because the page opens it twice, as
// early as it can and again once it is drawn, and only the same source keeps its stream.

import type { LiveSpec } from './protocol.ts';

/** Flows asked of each node when the stream opens: one ring buffer of an agent as it is by default. */
const LAST_FLOWS = 4_095;

/** `baseUrl` has no slash at its end. */
export function liveSource(baseUrl: string, rowsKept: number): LiveSpec {
  return { kind: 'live', baseUrl, last: LAST_FLOWS, rowsKept, fewConnections: !cameMultiplexed() };
}

/** Whether the page came over a protocol that carries any number of streams on one connection. */
function cameMultiplexed(): boolean {
  const [page] = performance.getEntriesByType('navigation');
  return page instanceof PerformanceNavigationTiming && /^h[23]/.test(page.nextHopProtocol);
}
