// The line of JSON that a message becomes in an export. Loaded with the first export.

import { fromBinary } from '@bufbuild/protobuf';
import { countUnknownFields, toJsonpb } from '@finderscope/flow-query';
import { GetFlowsResponseSchema } from '@finderscope/hubble-api';

export type WrittenLine = {
  readonly line: string;
  /** Packed extensions are left out: a program that does not know their type refuses the whole line. */
  readonly isTrimmed: boolean;
  /** Fields without a name here are left out: JSON has no place for them. */
  readonly lacksUnknown: boolean;
};

export function writeLine(message: Uint8Array): WrittenLine {
  const response = fromBinary(GetFlowsResponseSchema, message);
  const { responseTypes } = response;
  const isTrimmed = responseTypes.case === 'flow' && responseTypes.value.extensions !== undefined;
  if (isTrimmed) delete responseTypes.value.extensions;
  return { line: toJsonpb(response), isTrimmed, lacksUnknown: countUnknownFields(response) > 0 };
}
