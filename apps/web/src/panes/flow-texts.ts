// Texts of the few flows that somebody looks at or copies; nothing else decodes a flow's bytes on the page.

import type { Engine, RowId } from '../engine/protocol.ts';
import { trackFetch } from '../loading/fetches.ts';
import { prefetchLater } from '../loading/prefetch.ts';
import type { FlowText, FlowTextKind } from './flow-text.ts';

export type { FlowTextKind };

const fetchCode = () => trackFetch(import('./flow-text.ts'));
prefetchLater(fetchCode);

/** undefined when the flow's bytes are no longer held. Rejects when what writes it cannot be had just now. */
export async function fetchFlowText(
  engine: Engine,
  id: RowId,
  kind: FlowTextKind,
): Promise<FlowText | undefined> {
  const [detail, { flowText }] = await Promise.all([engine.flow(id), fetchCode()]);
  return detail === undefined || detail.response.length === 0 ? undefined : flowText(detail.response, kind);
}
