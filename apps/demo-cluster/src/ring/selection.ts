// What a GetFlows, GetAgentEvents or GetDebugEvents request selects, checked once, in the words of Hubble's errors.

import type { Timestamp } from '@bufbuild/protobuf/wkt';
import { compileFilters } from '@finderscope/flow-query';
import { GrpcCode, GrpcError } from '@finderscope/grpc-wire';
import type { FlowFilter, GetFlowsRequest } from '@finderscope/hubble-api';

import { compareMoments, type Moment } from '../timeline/clock.ts';
import { momentOf } from '../timeline/timestamp.ts';
import { agentEventOf, debugEventOf, type EntryKind, flowOf, type RingEntry } from './entry.ts';
import { compileFieldMask, type FieldMask } from './field-mask.ts';
import { matchesNonFlow } from './non-flow-filter.ts';

export type Selection = {
  /** 0 is no limit; otherwise how many to deliver, or, when following, how far back to start. */
  readonly number: number;
  readonly first: boolean;
  readonly follow: boolean;
  readonly since: Moment | undefined;
  readonly until: Moment | undefined;
  /** The filters; not asked for `lost` and `status` entries. */
  readonly matches: (entry: RingEntry) => boolean;
  readonly delivers: (kind: EntryKind) => boolean;
  readonly mask: FieldMask | undefined;
};

type RangeRequest = {
  readonly number: bigint;
  readonly first: boolean;
  readonly follow: boolean;
  readonly since?: Timestamp | undefined;
  readonly until?: Timestamp | undefined;
};

/** Throws the GrpcError that an agent answers when the request is not valid. */
export function selectFlows(request: GetFlowsRequest): Selection {
  const range = selectRange(request);
  const filters = compileFilters(request.whitelist, request.blacklist);
  if (!filters.ok) throw new GrpcError(GrpcCode.UNKNOWN, filters.error);
  const mask = compileFieldMask(request.fieldMask?.paths ?? []);
  if (!mask.ok) throw new GrpcError(GrpcCode.UNKNOWN, mask.error);
  const unfiltered = request.whitelist.length === 0 && request.blacklist.length === 0;
  return {
    ...range,
    matches: unfiltered ? () => true : entryTest(filters.value, request.whitelist, request.blacklist),
    delivers: (kind) => kind === 'flow' || kind === 'lost' || kind === 'status',
    mask: mask.value,
  };
}

/** For GetAgentEvents ('agent') and GetDebugEvents ('debug'). */
export function selectEvents(request: RangeRequest, kind: 'agent' | 'debug'): Selection {
  return {
    ...selectRange(request),
    matches: () => true,
    delivers: (candidate) => candidate === kind,
    mask: undefined,
  };
}

function selectRange(
  request: RangeRequest,
): Pick<Selection, 'number' | 'first' | 'follow' | 'since' | 'until'> {
  if (request.first && request.follow) {
    throw new GrpcError(GrpcCode.INVALID_ARGUMENT, 'first cannot be specified with follow');
  }
  return {
    number: Number(request.number),
    first: request.first,
    follow: request.follow,
    since: readMoment(request.since),
    until: readMoment(request.until),
  };
}

const EARLIEST_SECONDS = -62_135_596_800n;
const LATEST_SECONDS = 253_402_300_799n;

function readMoment(timestamp: Timestamp | undefined): Moment | undefined {
  if (timestamp === undefined) return undefined;
  const { seconds, nanos } = timestamp;
  const text = `proto: timestamp (seconds:${seconds} nanos:${nanos})`;
  if (seconds < EARLIEST_SECONDS) throw new GrpcError(GrpcCode.UNKNOWN, `${text} before 0001-01-01`);
  if (seconds > LATEST_SECONDS) throw new GrpcError(GrpcCode.UNKNOWN, `${text} after 9999-12-31`);
  if (nanos < 0 || nanos >= 1e9) throw new GrpcError(GrpcCode.UNKNOWN, `${text} has out-of-range nanos`);
  return momentOf(timestamp);
}

function entryTest(
  predicate: (flow: NonNullable<ReturnType<typeof flowOf>>) => boolean,
  whitelist: readonly FlowFilter[],
  blacklist: readonly FlowFilter[],
): (entry: RingEntry) => boolean {
  return (entry) => {
    const flow = flowOf(entry);
    if (flow !== undefined) return predicate(flow);
    const event = nonFlowEvent(entry);
    return (
      event !== undefined &&
      (whitelist.length === 0 || whitelist.some((filter) => matchesNonFlow(filter, event))) &&
      !blacklist.some((filter) => matchesNonFlow(filter, event))
    );
  };
}

function nonFlowEvent(entry: RingEntry): { readonly type: number; readonly subType: number } | undefined {
  if (entry.kind === 'agent') return { type: 130, subType: agentEventOf(entry)?.type ?? 0 };
  if (entry.kind === 'debug') return { type: 2, subType: debugEventOf(entry)?.type ?? 0 };
  return undefined;
}

/** True when the entry lies after `until` (which itself is included). */
export function isAfter(entry: Moment, until: Moment | undefined): boolean {
  return until !== undefined && compareMoments(entry, until) > 0;
}

/** True when the entry lies before `since` (which itself is included). */
export function isBefore(entry: Moment, since: Moment | undefined): boolean {
  return since !== undefined && compareMoments(entry, since) < 0;
}
