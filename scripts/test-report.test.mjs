import { describe, expect, test } from 'vitest';
import {
  countPlaywright,
  countVitest,
  flakyInPlaywright,
  oneCheck,
  readArguments,
  skippedByPlaywright,
  skippedByVitest,
  sumCounts,
  summaryLine,
} from './test-report.mjs';

describe('arguments', () => {
  const known = ['types', 'unit', 'e2e'];

  test('none means every step', () => {
    expect(readArguments([], known)).toEqual({ steps: known, rest: [], problem: undefined });
  });

  test('extra steps run when they are named, and only then', () => {
    expect(readArguments([], known, ['chaos']).steps).toEqual(known);
    expect(readArguments(['--only', 'chaos,unit'], known, ['chaos']).steps).toEqual(['unit', 'chaos']);
  });

  test('steps run in their own order', () => {
    expect(readArguments(['--only', 'e2e,types'], known).steps).toEqual(['types', 'e2e']);
    expect(readArguments(['--only=e2e', '--only=unit'], known).steps).toEqual(['unit', 'e2e']);
  });

  test('what follows -- goes to the programs', () => {
    expect(readArguments(['--only', 'unit', '--', 'packages/base', '-t', 'x'], known)).toMatchObject({
      steps: ['unit'],
      rest: ['packages/base', '-t', 'x'],
    });
  });

  test.each([
    [['--only', 'units'], 'no step "units"'],
    [['--only'], 'usage'],
    [['unit'], 'usage'],
  ])('%j is refused', (argv, text) => {
    expect(readArguments(argv, known).problem).toContain(text);
  });
});

describe('the closing line', () => {
  test('sums and leaves out a skipped count of none', () => {
    expect(
      summaryLine([
        { passed: 1, failed: 0, skipped: 0 },
        { passed: 2, failed: 1, skipped: 0 },
      ]),
    ).toBe('3 passed, 1 failed');
    expect(summaryLine([{ passed: 1, failed: 0, skipped: 2 }])).toBe('1 passed, 0 failed, 2 skipped');
  });
});

describe('counts', () => {
  const report = {
    numPassedTests: 5,
    numFailedTests: 1,
    numPendingTests: 1,
    numTodoTests: 1,
    testResults: [],
  };

  test('of a single check', () => {
    expect(oneCheck(0)).toEqual({ passed: 1, failed: 0, skipped: 0 });
    expect(oneCheck(2)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  test('of Vitest', () => {
    expect(countVitest(report, 1)).toEqual({ passed: 5, failed: 1, skipped: 2 });
  });

  test('of Vitest, with a file that did not load', () => {
    const broken = { status: 'failed', assertionResults: [] };
    const failing = { status: 'failed', assertionResults: [{ status: 'failed' }] };
    expect(countVitest({ ...report, testResults: [broken, failing] }, 1).failed).toBe(2);
  });

  test('of Vitest, with what did not run by name, once for each group', () => {
    const test = (status, ...ancestorTitles) => ({ status, ancestorTitles, title: 'a test' });
    const files = [
      {
        assertionResults: [test('passed', 'rows'), test('skipped', 'captured flows'), test('failed', 'rows')],
      },
      { assertionResults: [test('skipped', 'captured flows'), test('todo')] },
    ];
    expect(skippedByVitest({ testResults: files })).toEqual(['captured flows', 'a test']);
    expect(skippedByVitest(undefined)).toEqual([]);
  });

  test('of Playwright, with why tests did not run, once for each reason', () => {
    const spec = (status, ...annotations) => ({ title: 'plays', tests: [{ status, annotations }] });
    const skip = { type: 'skip', description: 'no captures' };
    const suites = [
      { specs: [spec('skipped', skip), spec('expected')], suites: [{ specs: [spec('skipped', skip)] }] },
      { specs: [spec('skipped')] },
    ];
    expect(skippedByPlaywright({ suites })).toEqual(['no captures', 'plays']);
  });

  test('of Playwright, where a second try may pass', () => {
    const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 2 };
    expect(countPlaywright({ stats }, 1)).toEqual({ passed: 4, failed: 1, skipped: 2 });
  });

  test('of Playwright, with what passed only when tried again', () => {
    const spec = (title, ...statuses) => ({
      file: 'load.spec.ts',
      title,
      tests: statuses.map((status) => ({ status, annotations: [] })),
    });
    const suites = [
      { specs: [spec('starts', 'expected')], suites: [{ specs: [spec('keeps up', 'expected', 'flaky')] }] },
    ];
    expect(flakyInPlaywright({ suites })).toEqual(['load.spec.ts: keeps up']);
    expect(flakyInPlaywright(undefined)).toEqual([]);
    const counts = { passed: 1, failed: 0, skipped: 0 };
    expect(sumCounts([{ ...counts, flaky: ['a'] }, counts, { ...counts, flaky: ['b'] }]).flaky).toEqual([
      'a',
      'b',
    ]);
  });

  test('of Playwright, with an error outside any test', () => {
    const stats = { expected: 3, unexpected: 0, flaky: 0, skipped: 0 };
    expect(countPlaywright({ stats, errors: [{}] }, 1).failed).toBe(1);
  });

  test.each([
    ['left no report', undefined, 0],
    ['ended badly', { ...report, numFailedTests: 0 }, 1],
    [
      'ran nothing',
      { ...report, numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 },
      0,
    ],
  ])('of a run that %s hold a failure', (_name, vitest, code) => {
    expect(countVitest(vitest, code).failed).toBe(1);
  });
});
