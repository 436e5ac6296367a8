// The demo cluster as a program. One line on stdout when it is ready; logs, warnings and errors on stderr.

import { pino } from 'pino';

import { HELP, parseArguments } from './cli/parse-arguments.ts';
import { checkOptions } from './cluster.ts';

const EXIT_FAILED = 1;
const EXIT_BAD_USAGE = 2;

function fail(message: string, code: number): void {
  process.stderr.write(`demo-cluster: ${message}\n`);
  process.exitCode = code;
}

async function main(): Promise<void> {
  const command = parseArguments(process.argv.slice(2));
  if (!command.ok) {
    fail(command.error, EXIT_BAD_USAGE);
    return;
  }
  if (command.value.kind === 'help') {
    process.stdout.write(HELP);
    return;
  }
  const { options, logLevel } = command.value;
  const logger = pino({ level: logLevel, base: null }, pino.destination({ dest: 2, sync: true }));
  const onNotice = (notice: string): void => {
    process.stderr.write(`demo-cluster: ${notice}\n`);
  };
  const checked = checkOptions({ ...options, logger, onNotice });
  if (!checked.ok) {
    fail(checked.error, EXIT_BAD_USAGE);
    return;
  }
  try {
    const cluster = await checked.value.start();
    const { name } = cluster.control.scenario();
    process.stdout.write(
      `demo cluster ready: scenario ${name}, relay ${cluster.relayAddress}, agents ${cluster.agentAddresses.join(' ')}\n`,
    );
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        void cluster.stop();
      });
    }
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error), EXIT_FAILED);
  }
}

await main();
