// The line of JSON that a message becomes in an export. Loaded with the first export.

import { fromBinary } from '@bufbuild/protobuf';
import { toJsonpb } from '@finderscope/flow-query';
import { GetFlowsResponseSchema } from '@finderscope/hubble-api';

/** Packed extensions are left out: a program that does not know their type refuses the whole line. */
export function writeLine(message: Uint8Array): { readonly line: string; readonly isTrimmed: boolean } {
  const response = fromBinary(GetFlowsResponseSchema, message);
  const { responseTypes } = response;
  const isTrimmed = responseTypes.case === 'flow' && responseTypes.value.extensions !== undefined;
  if (isTrimmed) delete responseTypes.value.extensions;
  return { line: toJsonpb(response), isTrimmed };
}
