// The plain kind of rule: one part of the flow is one of the listed values. Zero values are legal and select flows in
// which the part is not set.

import { ok } from '@finderscope/base';
import type { FlowFilter } from '@finderscope/hubble-api';
import { defineRule } from './define-rule.ts';
import type { FilterFieldName, FilterRule, FlowParts } from './rule.ts';

type ListedPart =
  | 'uuid'
  | 'verdict'
  | 'trafficDirection'
  | 'ipVersion'
  | 'traceId'
  | 'ipTraceId'
  | 'encrypted';

function listed<Part extends ListedPart>(
  field: FilterFieldName,
  part: Part,
  values: (filter: FlowFilter) => readonly FlowParts[Part][],
): FilterRule {
  return defineRule({
    field,
    reads: [{ part }],
    values,
    compile: (wanted) => {
      const set: ReadonlySet<unknown> = new Set(wanted);
      return ok((value) => set.has(value));
    },
  });
}

export const UUID_RULE = listed('uuid', 'uuid', (filter) => filter.uuid);
export const VERDICT_RULE = listed('verdict', 'verdict', (filter) => filter.verdict);
export const TRAFFIC_DIRECTION_RULE = listed(
  'trafficDirection',
  'trafficDirection',
  (filter) => filter.trafficDirection,
);
/** A flow without IP has version 0. */
export const IP_VERSION_RULE = listed('ipVersion', 'ipVersion', (filter) => filter.ipVersion);
/** The empty id selects flows without one. */
export const TRACE_ID_RULE = listed('traceId', 'traceId', (filter) => filter.traceId);
export const IP_TRACE_ID_RULE = listed('ipTraceId', 'ipTraceId', (filter) => filter.ipTraceId);
/** A flow without IP counts as not encrypted. */
export const ENCRYPTED_RULE = listed('encrypted', 'encrypted', (filter) => filter.encrypted);
