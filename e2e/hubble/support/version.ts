// Which Hubble judges, and what an older one is not meant to do as the newest does, which is the one that we follow.
// Everything that is not in this list has to be the same.

import { clone } from '@bufbuild/protobuf';
import {
  type Flow,
  type FlowFilter,
  FlowFilterSchema,
  FlowSchema,
  type GetFlowsResponse,
} from '@finderscope/hubble-api';
import type { CompactOptions } from '@finderscope/flow-query';
import type { CommandLine } from './command-lines.ts';

/** Minor version of the Cilium that the programs were built from. */
const VERSION = process.env['FINDERSCOPE_HUBBLE_VERSION'] ?? '1.19';
const IS_1_17 = VERSION === '1.17';

/** Filters that came with 1.19: an older Hubble does not see them and lets everything through. */
const NEW_FILTERS: readonly (keyof FlowFilter)[] = ['ipTraceId', 'encrypted'];
/** Protocols that came with 1.19: an older Hubble refuses them by name. */
const NEW_PROTOCOLS: readonly string[] = ['vrrp', 'igmp'];
const NEW_FLAGS = /^--(ip-trace-id|encrypted|unencrypted)$/;
/** undefined where it is an experiment that only agents of that time know. */
export const FIELD_MASK: string | undefined = IS_1_17 ? undefined : '--field-mask';
/** What 1.17 calls differently: it sends no field mask by itself. */
export const WHOLE_FLOWS: readonly string[] = IS_1_17 ? [] : ['--use-default-field-masks=false'];

export function knowsFilter(field: keyof FlowFilter): boolean {
  return !IS_1_17 || !NEW_FILTERS.includes(field);
}

export function knowsCommand(line: CommandLine): boolean {
  return !IS_1_17 || !line.some((word) => NEW_FLAGS.test(word));
}

/** The filter without what this Hubble does not know. */
export function knownFilter(filter: FlowFilter): FlowFilter {
  if (!IS_1_17) return filter;
  const known = clone(FlowFilterSchema, filter);
  known.ipTraceId = [];
  known.encrypted = [];
  known.protocol = known.protocol.filter((name) => !NEW_PROTOCOLS.includes(name));
  return known;
}

/** The flow without the fields that came after this Hubble: it warns of them in a file, and leaves them out. */
export function knownFlow(flow: Flow): Flow {
  if (!IS_1_17) return flow;
  const known = clone(FlowSchema, flow);
  delete known.ipTraceId;
  delete known.emitter;
  delete known.tunnel;
  delete known.aggregate;
  known.policyLog = [];
  const protocol = known.l4?.protocol.case;
  if (protocol === 'VRRP' || protocol === 'IGMP') delete known.l4;
  return known;
}

/** Names of policies are printed since 1.18. */
export function knownOptions(options: CompactOptions): CompactOptions {
  return IS_1_17 ? { ...options, policyNames: false } : options;
}

/** Our line as this Hubble writes it: the time in front of lost events came with 1.19. */
export function knownLine(line: string, { responseTypes }: GetFlowsResponse): string {
  return IS_1_17 && responseTypes.case === 'lostEvents'
    ? line.replace(/^.*?(?=EVENTS LOST)/, '').replace(/ \(first: .*\)$/, '')
    : line;
}
