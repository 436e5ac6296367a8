// A flow as text, from the bytes it came in: the CLI's compact line and its JSON. Bytes are decoded only here, for the
// few flows that somebody looks at or copies.

import { fromBinary } from '@bufbuild/protobuf';
import { compactLine, leftOutText, toJsonpb } from '@finderscope/flow-query';
import { type GetFlowsResponse, GetFlowsResponseSchema } from '@finderscope/hubble-api';
import type { Engine, RowId } from '../engine/protocol.ts';

export type FlowTextKind = 'line' | 'json';

/** `lacks` is a sentence on what the text cannot carry, '' when it carries all. */
export type FlowText = { readonly text: string; readonly lacks: string };

/** The message of a row, undefined when its bytes are no longer held. */
export async function fetchResponse(engine: Engine, id: RowId): Promise<GetFlowsResponse | undefined> {
  const detail = await engine.flow(id);
  return detail === undefined || detail.response.length === 0
    ? undefined
    : fromBinary(GetFlowsResponseSchema, detail.response);
}

/** undefined when the flow's bytes are no longer held. */
export async function fetchFlowText(
  engine: Engine,
  id: RowId,
  kind: FlowTextKind,
): Promise<FlowText | undefined> {
  const response = await fetchResponse(engine, id);
  if (response === undefined) return undefined;
  return kind === 'line'
    ? { text: compactLine(response), lacks: '' }
    : { text: toJsonpb(response), lacks: leftOutText(response) };
}
