// Gateway and demo cluster as a person has them: two processes, found by the browser under one URL.

import { NODE_FLAGS } from '@finderscope/gateway/node-flags';
import { freePort } from './free-port.ts';
import { ServerProcess } from './server-process.ts';

export type StackOptions = {
  /** Flags of the demo cluster beside --listen, e.g. ['--scenario', 'load', '--rate', '20000']. */
  readonly demo?: readonly string[];
  /** Flags of the gateway beside --server and --listen. */
  readonly gateway?: readonly string[];
  /** Where the gateway finds Relay; without it a demo cluster is started. */
  readonly server?: string;
};

export type Stack = AsyncDisposable & {
  /** Where the page is, without trailing slash. */
  readonly url: string;
  readonly gateway: ServerProcess;
  /** undefined when the stack was given a server. */
  readonly demo: ServerProcess | undefined;
};

/** Starts both and resolves when both accept connections. Disposing of the stack ends them. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const demo = options.server === undefined ? await startDemo(options.demo ?? []) : undefined;
  const server = options.server ?? `127.0.0.1:${demo?.port ?? 0}`;
  const port = await freePort();
  const gateway = new ServerProcess(
    'apps/gateway/src/main.ts',
    [
      '--server',
      server,
      '--listen',
      `127.0.0.1:${port}`,
      // Pages with open streams are nothing to wait for when a test is over.
      '--shutdown-timeout',
      '200ms',
      ...(demo === undefined ? [] : ['--demo']),
      ...(options.gateway ?? []),
    ],
    port,
    NODE_FLAGS,
  );
  try {
    await gateway.start();
  } catch (error) {
    await demo?.kill();
    throw error;
  }
  return {
    url: `http://127.0.0.1:${port}`,
    gateway,
    demo,
    async [Symbol.asyncDispose]() {
      await gateway.stop();
      await demo?.stop();
    },
  };
}

async function startDemo(flags: readonly string[]): Promise<ServerProcess> {
  const port = await freePort();
  const demo = new ServerProcess(
    'apps/demo-cluster/src/main.ts',
    ['--listen', `127.0.0.1:${port}`, ...flags],
    port,
  );
  await demo.start();
  return demo;
}
