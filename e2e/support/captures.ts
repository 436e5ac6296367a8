// Records of real clusters that tests are given, and what the lines of such a file are.

import '@finderscope/flow-query/expressions';
import { fromJsonLine } from '@finderscope/flow-query';
import { expect } from '@playwright/test';
import { readdirSync } from 'node:fs';

/** Files of records of real clusters lie here, one to a line; '' where there are none. */
export const captureFolder = process.env['FINDERSCOPE_CAPTURES'] ?? '';
export const captureNames =
  captureFolder === '' ? [] : readdirSync(captureFolder).filter((name) => name.endsWith('.jsonl'));

export type Lines = {
  readonly flows: number;
  /** Events that lost-event lines name. */
  readonly lost: number;
  readonly lostLines: number;
  /**
   * Lines that are good and that are neither: events of the agent, which no flow stream carries, node states, empty and
   * blank ones.
   */
  readonly others: number;
  /** Numbers of the lines that cannot be read, from 1. */
  readonly broken: readonly number[];
};

/** By the reference reader, which is not what the page reads files with. */
export function sortLines(lines: readonly string[]): Lines {
  const found = { flows: 0, lost: 0, lostLines: 0, others: 0, broken: [] as number[] };
  for (const [index, line] of lines.entries()) {
    const read = line.trim() === '' ? undefined : fromJsonLine(line);
    if (read?.ok === false) {
      found.broken.push(index + 1);
      continue;
    }
    const event = read?.value.kind === 'flows' ? read.value.response.responseTypes : undefined;
    if (event?.case === 'flow') found.flows++;
    else if (event?.case === 'lostEvents') {
      found.lost += Number(event.value.numEventsLost);
      found.lostLines++;
    } else found.others++;
  }
  expect(found.flows + found.lostLines + found.others + found.broken.length).toBe(lines.length);
  return found;
}
