import { create } from '@bufbuild/protobuf';
import { type Workload, WorkloadSchema } from '@finderscope/hubble-api';
import { anyText } from './checks.ts';
import type { FieldDef } from './field.ts';
import { itemList } from './list-effect.ts';

/** `Kind/name`, `Kind/` or `name`: split at the first slash. */
function parseWorkload(value: string): Workload {
  const slash = value.indexOf('/');
  return create(WorkloadSchema, { kind: value.slice(0, Math.max(slash, 0)), name: value.slice(slash + 1) });
}

export const WORKLOAD_FIELD: FieldDef = {
  name: 'workload',
  aliases: [],
  sides: 'either',
  hasFlag: true,
  doc: 'Workload that owns the pod: its exact name, its kind with a slash, or both.',
  examples: ['workload:cart', 'to-workload:Deployment/cart', 'workload:DaemonSet/'],
  check: anyText,
  effect: itemList<Workload>(
    (filter, side) => (side === 'source' ? filter.sourceWorkload : filter.destinationWorkload),
    parseWorkload,
    ({ kind, name }) => (kind === '' && !name.includes('/') ? name : `${kind}/${name}`),
  ),
};
