// A flow as text, from the bytes it came in: the CLI's compact line and its JSON. Fetched when somebody looks at one or
// copies it (flow-texts.ts), or when the page is idle.

import { fromBinary } from '@bufbuild/protobuf';
import { compactLine, leftOutText, toJsonpb } from '@finderscope/flow-query';
import { GetFlowsResponseSchema } from '@finderscope/hubble-api';

export type FlowTextKind = 'line' | 'json';

/** `lacks` is a sentence on what the text cannot carry, '' when it carries all. */
export type FlowText = { readonly text: string; readonly lacks: string };

/** `bytes` are a GetFlowsResponse. */
export function flowText(bytes: Uint8Array, kind: FlowTextKind): FlowText {
  const response = fromBinary(GetFlowsResponseSchema, bytes);
  return kind === 'line'
    ? { text: compactLine(response), lacks: '' }
    : { text: toJsonpb(response), lacks: leftOutText(response) };
}
