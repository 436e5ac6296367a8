// What the lines of files turned out to be. Every line is in exactly one of the counts.

import type { DecodedLine } from '@finderscope/flow-query/json-lines';
import type { BrokenLine, FilesReport } from '../../protocol.ts';
import { NO_RECORDS } from './no-records.ts';

const MAX_BROKEN_LINES = 100;
const MAX_UNKNOWN = 50;

const COUNT_OF = {
  flow: 'flows',
  lost: 'lostEvents',
  node: 'nodeStates',
  agent: 'agentEvents',
  debug: 'debugEvents',
  nothing: 'withoutEvent',
} as const;

type Counts = { -readonly [K in (typeof COUNT_OF)[keyof typeof COUNT_OF]]: FilesReport[K] };

/** Of one file. */
export type FileTally = { lines: number; broken: number };

export class Tally {
  readonly #counts: Counts = { ...NO_RECORDS };
  #lines = 0;
  #empty = 0;
  #broken = 0;
  #brokenLines: readonly BrokenLine[] = [];
  readonly #unknown = new Map<string, number>();

  /** A line of a file; `of` is counted up with it. */
  add(line: DecodedLine, file: string, of: FileTally): void {
    this.#lines++;
    of.lines++;
    if (line.kind === 'broken') {
      this.#addBroken(line.reason, file, of);
      return;
    }
    this.#counts[COUNT_OF[line.kind]]++;
    if (line.unknownFields.length > 0) this.#addUnknown(line.unknownFields);
  }

  addEmpty(of: FileTally): void {
    this.#lines++;
    this.#empty++;
    of.lines++;
  }

  report(): Omit<FilesReport, 'state' | 'files'> {
    return {
      ...this.#counts,
      lines: this.#lines,
      empty: this.#empty,
      broken: this.#broken,
      brokenLines: this.#brokenLines,
      unknownFields: [...this.#unknown].map(([path, lines]) => ({ path, lines })),
    };
  }

  #addBroken(reason: string, file: string, of: FileTally): void {
    this.#broken++;
    of.broken++;
    if (this.#brokenLines.length >= MAX_BROKEN_LINES) return;
    this.#brokenLines = [...this.#brokenLines, { file, line: of.lines, reason }];
  }

  /** Places in lists are all the same field. */
  #addUnknown(paths: readonly string[]): void {
    for (const path of new Set(paths.map((one) => one.replaceAll(/\[\d+\]/g, '')))) {
      const lines = this.#unknown.get(path);
      if (lines !== undefined || this.#unknown.size < MAX_UNKNOWN) this.#unknown.set(path, (lines ?? 0) + 1);
    }
  }
}
