// npm test: every check of the repository, one after the other, whatever the one before has said.
//
//   npm test                                everything
//   npm test -- --only unit,lint            some steps
//   npm test -- --only unit -- packages/base    and what follows the second -- goes to their programs
//
// Tests that did not run are named with what they need, and those that passed only when tried again. The last line is `N passed, N failed`, with `, N skipped` where
// so; the exit code is 1 when anything failed.

import { bootstrap } from './bootstrap.mjs';

await bootstrap();
const { readArguments, summaryLine } = await import('./test-report.mjs');
const { EXTRA_STEPS, STEPS } = await import('./test-steps.mjs');

const say = (line) => process.stdout.write(`${line}\n`);
const steps = { ...STEPS, ...EXTRA_STEPS };
const wanted = readArguments(process.argv.slice(2), Object.keys(STEPS), Object.keys(EXTRA_STEPS));
if (wanted.problem !== undefined) {
  say(wanted.problem);
  process.exit(2);
}

const results = [];
for (const name of wanted.steps) {
  say(`\n== ${name}: ${steps[name].what}`);
  const started = performance.now();
  const counts = await steps[name].run({ say, rest: wanted.rest });
  results.push({ name, ...counts, seconds: (performance.now() - started) / 1000 });
}

say('');
for (const { name, passed, failed, skipped, seconds, notRun = [], flaky = [] } of results) {
  const verdict = failed > 0 ? 'FAILED' : passed === 0 ? 'skipped' : 'ok';
  say(
    `${name.padEnd(10)} ${verdict.padEnd(8)} ${summaryLine([{ passed, failed, skipped }])} in ${seconds.toFixed(1)} s`,
  );
  for (const what of flaky) say(`${''.padEnd(10)} passed only when tried again: ${what}`);
  for (const what of notRun) say(`${''.padEnd(10)} not run: ${what}`);
}
say(summaryLine(results));
process.exitCode = results.some(({ failed }) => failed > 0) ? 1 : 0;
