// How the test run reads its arguments and counts what its runners report.

/**
 * Which steps to run and what to hand on to them; `problem` is a line for the person who asked. `extra` are steps that
 * run only when they are named.
 */
export function readArguments(argv, usual, extra = []) {
  const known = [...usual, ...extra];
  const split = argv.indexOf('--');
  const own = split === -1 ? argv : argv.slice(0, split);
  const rest = split === -1 ? [] : argv.slice(split + 1);
  const names = [];
  for (let i = 0; i < own.length; i++) {
    const match = /^--only(?:=(.*))?$/.exec(own[i]);
    const value = match?.[1] ?? (match === null ? undefined : own[++i]);
    if (value === undefined) {
      return {
        steps: [],
        rest,
        problem: `usage: npm test -- [--only STEP[,STEP...]] [-- ARGUMENTS]; steps: ${known.join(', ')}`,
      };
    }
    names.push(...value.split(','));
  }
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    return { steps: [], rest, problem: `there is no step "${unknown}"; steps: ${known.join(', ')}` };
  }
  return {
    steps: names.length === 0 ? usual : known.filter((name) => names.includes(name)),
    rest,
    problem: undefined,
  };
}

/** The sum of some counts as the closing line has it. */
export function summaryLine(counts) {
  const { passed, failed, skipped } = sumCounts(counts);
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** Counts of a step that is several runs. */
export function sumCounts(counts) {
  const sum = (key) => counts.reduce((total, entry) => total + entry[key], 0);
  const names = (key) => counts.flatMap((entry) => entry[key] ?? []);
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    notRun: names('notRun'),
    flaky: names('flaky'),
  };
}

/** Counts of a step that is one check. */
export function oneCheck(exitCode) {
  return { passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1, skipped: 0 };
}

/**
 * Counts from Vitest's JSON report. A file that could not be loaded has no tests and counts as one failure; so does a
 * run that ended badly although every test passed, or that left no report.
 */
export function countVitest(report, exitCode) {
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0 };
  const notLoaded = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  ).length;
  return atLeastOneFailure(exitCode, {
    passed: report.numPassedTests,
    failed: report.numFailedTests + notLoaded,
    skipped: report.numPendingTests + report.numTodoTests,
  });
}

/** Counts from Playwright's JSON report. */
export function countPlaywright(report, exitCode) {
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0 };
  const { expected, unexpected, flaky, skipped } = report.stats;
  return atLeastOneFailure(exitCode, {
    // Passed when tried again, which a build server allows once; flakyInPlaywright names them.
    passed: expected + flaky,
    failed: unexpected + (report.errors?.length ?? 0),
    skipped,
  });
}

/** What Vitest's report has as not run, one line for each group of tests: its name tells what it needs. */
export function skippedByVitest(report) {
  const tests = (report?.testResults ?? []).flatMap(({ assertionResults }) => assertionResults);
  const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed');
  return [...new Set(skipped.map(({ ancestorTitles, title }) => ancestorTitles[0] ?? title))];
}

/** The reasons that Playwright's report has for tests that did not run; where there is none, their titles. */
export function skippedByPlaywright(report) {
  const skipped = specsOf(report ?? {}).flatMap(({ title, tests }) =>
    tests
      .filter(({ status }) => status === 'skipped')
      .map(({ annotations }) => annotations.find(({ type }) => type === 'skip')?.description ?? title),
  );
  return [...new Set(skipped)];
}

/** Tests of Playwright's report that failed and then passed, by file and title. */
export function flakyInPlaywright(report) {
  return specsOf(report ?? {}).flatMap(({ file, title, tests }) =>
    tests.some(({ status }) => status === 'flaky') ? [`${file}: ${title}`] : [],
  );
}

function specsOf({ specs = [], suites = [] }) {
  return [...specs, ...suites.flatMap(specsOf)];
}

function atLeastOneFailure(exitCode, counts) {
  const ranNothing = counts.passed + counts.failed + counts.skipped === 0;
  return (exitCode !== 0 || ranNothing) && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
