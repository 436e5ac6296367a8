// Demo clusters and their clients for one test file: whatever a test starts is stopped after it.

import type { DescMessage, DescMethod, MessageInitShape, MessageShape } from '@bufbuild/protobuf';
import { type GetFlowsResponse, Observer } from '@finderscope/hubble-api';
import type { SecureClientSessionOptions } from 'node:http2';
import { afterEach, expect } from 'vitest';

import { type DemoCluster, type DemoClusterOptions, startDemoCluster } from '../cluster.ts';
import { TestClient } from './grpc-client.ts';

const clusters: DemoCluster[] = [];
const clients: TestClient[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await Promise.all(clusters.splice(0).map((cluster) => cluster.stop()));
});

/** A cluster on free ports and a client of its relay port. */
export async function start(
  options: DemoClusterOptions = {},
): Promise<{ cluster: DemoCluster; relay: TestClient }> {
  const cluster = await startDemoCluster({ port: 0, ...options });
  clusters.push(cluster);
  return { cluster, relay: connect(cluster.relayAddress) };
}

export function connect(address: string, tls?: SecureClientSessionOptions): TestClient {
  const client = new TestClient(address, tls);
  clients.push(client);
  return client;
}

/** A client of the own port of an agent. */
export function agent(cluster: DemoCluster, index = 0): TestClient {
  return connect(cluster.agentAddresses[index]!);
}

/** The answer of a call that must go well. */
export async function unary<I extends DescMessage, O extends DescMessage>(
  client: TestClient,
  desc: DescMethod & { readonly input: I; readonly output: O },
  request: MessageInitShape<I>,
): Promise<MessageShape<O>> {
  const { messages, end } = await client.all(desc, request);
  expect(end).toMatchObject({ code: 0 });
  return messages[0]!;
}

/** Reads until the condition holds, then leaves; what was read comes back. */
export async function readUntil(
  client: TestClient,
  request: MessageInitShape<typeof Observer.method.getFlows.input>,
  done: (response: GetFlowsResponse) => boolean,
): Promise<GetFlowsResponse[]> {
  const call = client.call(Observer.method.getFlows, request);
  const seen: GetFlowsResponse[] = [];
  for (let next = await call.next(); next !== undefined; next = await call.next()) {
    seen.push(next);
    if (done(next)) break;
  }
  call.cancel();
  await call.end;
  return seen;
}
