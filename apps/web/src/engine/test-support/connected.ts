// A session that reads from a real server, for tests of what it answers.

import type { PaneQuery, RowsQuery, LiveSpec, StatusAnswer } from '../protocol.ts';
import { type FlowServer, GRPC_WEB_HEADERS, type Script, startFlowServer } from './flow-server.ts';
import { flowBytes, frames, numberedFlow } from './flows.ts';
import { type Rig, type RigOptions, startRig } from './rig.ts';

/** All rows, newest first. */
export const ROWS: RowsQuery = {
  kind: 'rows',
  filter: '',
  sinceNs: undefined,
  untilNs: undefined,
  upTo: undefined,
  sort: { key: 'time', descending: true },
  group: false,
  at: { from: 0, count: 100 },
};
const STATUS: PaneQuery & { kind: 'status' } = { kind: 'status', filter: '' };

const open: (() => Promise<void>)[] = [];
/** Runs `close` after the test. */
export function closeLater(close: () => Promise<void>): void {
  open.push(close);
}

/** Ends everything that the tests of a file have started; for `afterEach`. */
export async function closeAll(): Promise<void> {
  for (const close of open.splice(0)) await close();
}

export type Started = Rig & {
  readonly server: FlowServer;
  /** The first status that is as wanted. */
  readonly status: (ready: (status: StatusAnswer) => boolean) => Promise<StatusAnswer>;
};

/** A session connected to a server that answers by the scripts. */
export async function start(
  scripts: readonly Script[],
  options: RigOptions = {},
  source: Partial<LiveSpec> = {},
): Promise<Started> {
  const server = await startFlowServer(...scripts);
  const rig = startRig(options);
  open.push(async () => {
    rig.engine.close();
    await server.close();
  });
  rig.engine.open({ kind: 'live', baseUrl: server.baseUrl, last: 100, ...source }, '');
  const status = (ready: (status: StatusAnswer) => boolean): Promise<StatusAnswer> =>
    new Promise((resolve) => {
      const subscription = rig.engine.subscribe(STATUS, (answer) => {
        if (!ready(answer)) return;
        subscription.close();
        resolve(answer);
      });
    });
  return Object.assign(rig, { server, status });
}

/** A server that sends the messages and then nothing more. */
export function stream(...messages: readonly Uint8Array[]): Script {
  return (_, response) => {
    response.writeHead(200, GRPC_WEB_HEADERS);
    response.write(frames(...messages));
  };
}

/** Flows with these numbers, see `numberedFlow`. */
export function numbered(from: number, to: number): Uint8Array[] {
  return Array.from({ length: to - from }, (_, i) => flowBytes(numberedFlow(from + i)));
}
