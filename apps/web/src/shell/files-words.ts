// What files hold, in words: lines by kind, and what is wrong with them.

import type { FileReport, FilesReport } from '../engine/protocol.ts';
import { formatExact } from '../widgets/index.ts';

const KINDS = [
  ['flows', 'flow', 'flows'],
  ['lostEvents', 'record of lost events', 'records of lost events'],
  ['nodeStates', 'node state', 'node states'],
  ['agentEvents', 'agent event', 'agent events'],
  ['debugEvents', 'debug event', 'debug events'],
  ['withoutEvent', 'record without an event', 'records without an event'],
  ['empty', 'empty', 'empty'],
  ['broken', 'broken', 'broken'],
] as const;

/** `1,000 lines = 990 flows + 7 agent events + 3 broken` */
export function linesEquation(report: FilesReport): string {
  const parts = KINDS.flatMap(([key, one, many]) => {
    const count = report[key];
    return count === 0 ? [] : [`${formatExact(count)} ${count === 1 ? one : many}`];
  });
  const lines = `${formatExact(report.lines)} ${report.lines === 1 ? 'line' : 'lines'}`;
  return parts.length === 0 ? lines : `${lines} = ${parts.join(' + ')}`;
}

/** Share of the bytes that have been read, 0 to 1; undefined when a file does not tell its size. */
export function readShare({ files }: FilesReport): number | undefined {
  let read = 0;
  let all = 0;
  for (const { bytesRead, bytes, problem } of files) {
    if (problem !== undefined) continue;
    if (bytes === undefined) return undefined;
    read += bytesRead;
    all += bytes;
  }
  return all === 0 ? 1 : Math.min(1, read / all);
}

/** `events.log:17: the line is not JSON (...)` */
export function brokenTexts({ brokenLines }: FilesReport): readonly string[] {
  return brokenLines.map(({ file, line, reason }) => `${file}:${line}: ${reason}`);
}

/** Whether nothing of it could be read at all. */
export function isUnopened({ lines, problem }: FileReport): boolean {
  return problem !== undefined && lines === 0;
}

/** How far files have been read, in a word or two. */
export function readWord({ state, files }: FilesReport): string {
  if (files.every(isUnopened)) return 'not opened';
  if (state === 'reading') return 'reading';
  if (state === 'stopped') return 'stopped';
  return files.some(({ problem }) => problem !== undefined) ? 'read in part' : 'read';
}

/** `events.log: 1,000 lines, 3 broken` */
export function fileText(file: FileReport): string {
  const { name, lines, broken, problem } = file;
  if (isUnopened(file)) return `${name}: ${problem ?? ''}`;
  const parts = [`${formatExact(lines)} ${lines === 1 ? 'line' : 'lines'}`];
  if (broken > 0) parts.push(`${formatExact(broken)} broken`);
  return `${name}: ${parts.join(', ')}${problem === undefined ? '' : `. ${problem}`}`;
}
