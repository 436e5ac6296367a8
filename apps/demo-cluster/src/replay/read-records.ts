// Reads the lines of a file into records and counts what each line was.

import { fromJsonLine, type JsonRecord } from '@finderscope/flow-query';

import { momentOf } from '../timeline/timestamp.ts';
import type { Moment } from '../timeline/clock.ts';

export type ReplayRecord = {
  readonly line: number;
  readonly record: JsonRecord;
  readonly nodeName: string;
  /** Undefined when a field mask or an author left the time out. */
  readonly time: Moment | undefined;
};

export type BrokenLine = { readonly line: number; readonly problem: string };

/** Every line of the file is one of these. */
export type LineCounts = {
  lines: number;
  flows: number;
  lostEvents: number;
  nodeStatus: number;
  agentEvents: number;
  debugEvents: number;
  /** Records that hold no event. */
  empty: number;
  blank: number;
  broken: number;
};

export type ReplayFile = {
  readonly records: readonly ReplayRecord[];
  readonly counts: Readonly<LineCounts>;
  readonly broken: readonly BrokenLine[];
  /** Names of fields that this build does not know; their values are not played. */
  readonly unknownFields: readonly string[];
};

/** Stands for a node that a line does not name. */
export const UNNAMED_NODE = 'unnamed';

export function readRecords(text: string): ReplayFile {
  const records: ReplayRecord[] = [];
  const broken: BrokenLine[] = [];
  const unknownFields = new Set<string>();
  const counts: LineCounts = {
    lines: 0,
    flows: 0,
    lostEvents: 0,
    nodeStatus: 0,
    agentEvents: 0,
    debugEvents: 0,
    empty: 0,
    blank: 0,
    broken: 0,
  };
  const lines = text.split('\n');
  // A file ends with a line break; what follows it is no line.
  if (lines.at(-1) === '') lines.pop();
  for (const [index, content] of lines.entries()) {
    counts.lines++;
    if (content.trim() === '') {
      counts.blank++;
      continue;
    }
    const read = fromJsonLine(content);
    if (!read.ok) {
      counts.broken++;
      broken.push({ line: index + 1, problem: read.error });
      continue;
    }
    for (const field of read.value.unknownFields) unknownFields.add(field);
    if (count(read.value, counts)) records.push(describe(index + 1, read.value));
  }
  return { records, counts, broken, unknownFields: [...unknownFields].sort() };
}

/** Counts a record; false when there is nothing in it to play. */
function count(record: JsonRecord, counts: LineCounts): boolean {
  if (record.kind === 'agent') counts.agentEvents++;
  else if (record.kind === 'debug') counts.debugEvents++;
  else {
    switch (record.response.responseTypes.case) {
      case 'flow':
        counts.flows++;
        break;
      case 'lostEvents':
        counts.lostEvents++;
        break;
      case 'nodeStatus':
        counts.nodeStatus++;
        break;
      case undefined:
        counts.empty++;
        return false;
    }
  }
  return true;
}

function describe(line: number, record: JsonRecord): ReplayRecord {
  const { response } = record;
  const flow =
    record.kind === 'flows' && record.response.responseTypes.case === 'flow'
      ? record.response.responseTypes.value
      : undefined;
  const time = response.time ?? flow?.time;
  return {
    line,
    record,
    nodeName: [response.nodeName, flow?.nodeName ?? ''].find((name) => name !== '') ?? UNNAMED_NODE,
    time: time === undefined ? undefined : momentOf(time),
  };
}

/** One line that accounts for every line of the file. */
export function describeCounts(counts: Readonly<LineCounts>): string {
  const parts = [
    `${counts.flows} flows`,
    `${counts.lostEvents} lost-events`,
    `${counts.nodeStatus} node-status`,
    `${counts.agentEvents} agent events`,
    `${counts.debugEvents} debug events`,
    `${counts.empty} without an event`,
    `${counts.blank} blank`,
    `${counts.broken} broken`,
  ];
  return `${counts.lines} lines: ${parts.join(', ')}`;
}
