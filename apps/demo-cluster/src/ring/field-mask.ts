// Field masks as an agent applies them: paths of declared names, a parent on a path always made, an unknown path an
// error. A masked flow keeps exactly what was asked for.

import { create, type DescField, type DescMessage } from '@bufbuild/protobuf';
import { reflect, type ReflectMessage } from '@bufbuild/protobuf/reflect';
import { err, ok, type Result } from '@finderscope/base';
import {
  type Flow,
  FlowSchema,
  type GetFlowsResponse,
  GetFlowsResponseSchema,
} from '@finderscope/hubble-api';

/** A field and, unless the whole field is kept, what is kept inside it. */
type MaskNode = { readonly field: DescField; readonly children: Map<string, MaskNode> };

export type FieldMask = ReadonlyMap<string, MaskNode>;

export const INVALID_MASK = 'invalid fieldmask';

/** The mask for a list of paths; undefined for an empty list, which keeps everything. */
export function compileFieldMask(paths: readonly string[]): Result<FieldMask | undefined, string> {
  if (paths.length === 0) return ok(undefined);
  const root = new Map<string, MaskNode>();
  // Sorted, a parent comes before its children and swallows them.
  for (const path of paths.toSorted()) {
    if (!addPath(root, FlowSchema, path.split('.'))) return err(INVALID_MASK);
  }
  return ok(root);
}

function addPath(siblings: Map<string, MaskNode>, desc: DescMessage, names: readonly string[]): boolean {
  const [name = '', ...rest] = names;
  const field = desc.fields.find((candidate) => candidate.name === name);
  if (field === undefined) return false;
  const known = siblings.get(name);
  if (rest.length === 0) {
    siblings.set(name, { field, children: new Map() });
    return true;
  }
  if (field.fieldKind !== 'message') return false;
  const covered = known !== undefined && known.children.size === 0;
  const node = known ?? { field, children: new Map<string, MaskNode>() };
  const valid = addPath(covered ? new Map<string, MaskNode>() : node.children, field.message, rest);
  if (valid) siblings.set(name, node);
  return valid;
}

/** The response with its flow masked. The envelope repeats the masked flow's time and node name, so it may lose both. */
export function maskResponse(response: GetFlowsResponse, mask: FieldMask): GetFlowsResponse {
  if (response.responseTypes.case !== 'flow') return response;
  const flow = maskFlow(response.responseTypes.value, mask);
  return create(GetFlowsResponseSchema, {
    responseTypes: { case: 'flow', value: flow },
    nodeName: flow.nodeName,
    ...(flow.time === undefined ? {} : { time: flow.time }),
  });
}

/** A new flow that holds only what the mask keeps; sub-messages may be shared with the old one. */
export function maskFlow(flow: Flow, mask: FieldMask): Flow {
  const masked = create(FlowSchema);
  copyMasked(reflect(FlowSchema, masked), reflect(FlowSchema, flow), mask);
  return masked;
}

function copyMasked(to: ReflectMessage, from: ReflectMessage, mask: FieldMask): void {
  for (const { field, children } of mask.values()) {
    if (children.size === 0) {
      if (from.isSet(field)) to.set(field, from.get(field));
    } else if (field.fieldKind === 'message') {
      // Setting first: what lies inside is then kept, also for wrappers, which are held unwrapped.
      const child = reflect(field.message);
      copyMasked(child, from.get(field), children);
      to.set(field, child);
    }
  }
}
