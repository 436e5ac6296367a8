import { describe, expect, it } from 'vitest';
import { filesTitle, viewSource } from './opened-files.ts';

const BASE = 'https://page.example/finder';

describe('where the flows of a view come from', () => {
  it('is the stream unless files are named', () => {
    expect(viewSource({ file: [], local: [] }, BASE, 5)).toEqual({ kind: 'live' });
  });

  it('is a file beside the page', () => {
    expect(viewSource({ file: ['logs/events.log', '/x.gz'], local: [] }, BASE, 5)).toMatchObject({
      kind: 'files',
      isLocal: false,
      spec: {
        files: [
          { name: 'events.log', from: 'https://page.example/finder/logs/events.log' },
          { name: 'x.gz', from: 'https://page.example/x.gz' },
        ],
        rowsKept: 5,
      },
    });
  });

  it('is missing when this page was not given the file', () => {
    expect(viewSource({ file: [], local: ['a.log'] }, BASE, 5)).toEqual({
      kind: 'missing',
      names: ['a.log'],
    });
  });
});

it('names one file, or how many', () => {
  expect([filesTitle(['a.log']), filesTitle(['a.log', 'b.log', 'c.log'])]).toEqual([
    'a.log',
    'a.log and 2 more',
  ]);
});
