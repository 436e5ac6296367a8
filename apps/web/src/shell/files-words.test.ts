import { expect, it } from 'vitest';
import type { FileReport, FilesReport } from '../engine/protocol.ts';
import { brokenTexts, fileText, linesEquation, readShare, readWord } from './files-words.ts';

const file: FileReport = {
  name: 'a.log',
  bytesRead: 50,
  bytes: 200,
  lines: 1,
  broken: 0,
  problem: undefined,
};
const report: FilesReport = {
  state: 'reading',
  files: [file],
  lines: 1234,
  flows: 1230,
  lostEvents: 0,
  nodeStates: 0,
  agentEvents: 1,
  debugEvents: 0,
  withoutEvent: 0,
  empty: 0,
  broken: 3,
  brokenLines: [{ file: 'a.log', line: 17, reason: 'the line is not JSON' }],
  unknownFields: [],
};

it('adds lines up', () => {
  expect(linesEquation(report)).toBe('1,234 lines = 1,230 flows + 1 agent event + 3 broken');
  expect(brokenTexts(report)).toEqual(['a.log:17: the line is not JSON']);
});

it('knows how far it is, when all files say how long they are', () => {
  expect(readShare(report)).toBe(0.25);
  expect(readShare({ ...report, files: [file, { ...file, bytes: undefined }] })).toBeUndefined();
  expect(readShare({ ...report, files: [{ ...file, bytesRead: 0, bytes: 0 }] })).toBe(1);
});

it('says what is wrong with a file', () => {
  expect(fileText(file)).toBe('a.log: 1 line');
  expect(fileText({ ...file, lines: 9, broken: 2, problem: 'It is gone.' })).toBe(
    'a.log: 9 lines, 2 broken. It is gone.',
  );
});

it('tells files that are not there from those that were read in part', () => {
  const missing = { ...file, lines: 0, problem: 'The server of this page answered 404 for it.' };
  expect(fileText(missing)).toBe('a.log: The server of this page answered 404 for it.');
  const done: FilesReport = { ...report, state: 'done' };
  expect(readWord({ ...done, files: [missing] })).toBe('not opened');
  expect(readWord({ ...done, files: [missing, file] })).toBe('read in part');
  expect(readWord(done)).toBe('read');
  expect(readWord(report)).toBe('reading');
});
