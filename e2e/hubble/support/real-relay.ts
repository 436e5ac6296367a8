// Hubble's own Relay as a process, in front of the agents that one of them names.

import { once } from 'node:events';
import { freePort } from '../../support/free-port.ts';
import { startProgram } from './programs.ts';

export type RealRelay = AsyncDisposable & {
  /** Host and port; it may take a moment until it answers. */
  readonly address: string;
};

/**
 * `peer` is the address of the agent that knows the others. `tls` are flags for its clients, `agentTls` for agents;
 * plaintext unless said otherwise.
 */
export async function startRealRelay(
  peer: string,
  tls: readonly string[] = ['--disable-server-tls'],
  agentTls: readonly string[] = ['--disable-client-tls'],
): Promise<RealRelay> {
  const [port, health] = [await freePort(), await freePort()];
  const child = startProgram('hubble-relay', [
    'serve',
    '--gops=false',
    '--retry-timeout=1s',
    `--peer-service=${peer}`,
    `--listen-address=127.0.0.1:${port}`,
    `--health-listen-address=127.0.0.1:${health}`,
    ...tls,
    ...agentTls,
  ]);
  // A pipe that nobody reads would hold it up.
  for (const stream of [child.stdout, child.stderr]) stream.resume();
  return {
    address: `127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      // On SIGTERM it waits for streams that nobody ends.
      child.kill('SIGKILL');
      await exit;
    },
  };
}
