// The client that pages use: Google's grpc-web, as published, with protobuf-es messages.

import { create, type DescMessage, fromBinary, type MessageShape, toBinary } from '@bufbuild/protobuf';
import {
  GetFlowsRequestSchema,
  GetFlowsResponseSchema,
  ServerStatusRequestSchema,
  ServerStatusResponseSchema,
} from '@finderscope/hubble-api';
import { GrpcWebClientBase, MethodDescriptor, MethodType } from 'grpc-web';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { answer, type RelayCall, sendMessages, sendTrailers, startFakeRelay } from '../testing/fake-relay.ts';
import { startTestGateway } from '../testing/start-gateway.ts';
import { FetchXmlHttpRequest } from '../testing/xml-http-request.ts';

beforeAll(() => {
  vi.stubGlobal('XMLHttpRequest', FetchXmlHttpRequest);
});

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function setUp(handle: (call: RelayCall) => void): Promise<string> {
  const relay = await startFakeRelay(handle);
  stops.push(() => relay.stop());
  const gateway = await startTestGateway([
    '--server',
    `127.0.0.1:${relay.port}`,
    '--shutdown-timeout',
    '200ms',
  ]);
  stops.push(() => gateway.stop());
  return gateway.url.replace(/\/$/, '');
}

/** protobuf-es has no classes; the client only wants something there. */
function Placeholder(): void {
  return;
}

function describeMethod<I extends DescMessage, O extends DescMessage>(
  path: string,
  type: string,
  input: I,
  output: O,
): MethodDescriptor<MessageShape<I>, MessageShape<O>> {
  return new MethodDescriptor(
    path,
    type,
    Placeholder as never,
    Placeholder as never,
    (message: MessageShape<I>) => toBinary(input, message),
    (bytes: Uint8Array) => fromBinary(output, bytes),
  );
}

const FLOWS = '/observer.Observer/GetFlows';
const STATUS = '/observer.Observer/ServerStatus';
const getFlows = describeMethod(
  FLOWS,
  MethodType.SERVER_STREAMING,
  GetFlowsRequestSchema,
  GetFlowsResponseSchema,
);
const serverStatus = describeMethod(
  STATUS,
  MethodType.UNARY,
  ServerStatusRequestSchema,
  ServerStatusResponseSchema,
);

const flowOf = (node: string): Uint8Array =>
  toBinary(GetFlowsResponseSchema, create(GetFlowsResponseSchema, { nodeName: node }));

describe.each(['text', 'binary'])('grpc-web client, %s', (format) => {
  test('unary', async () => {
    const host = await setUp((call) => {
      const status = create(ServerStatusResponseSchema, { version: 'hubble-relay v1.19.4', numFlows: 4095n });
      answer(call, [toBinary(ServerStatusResponseSchema, status)]);
    });
    const client = new GrpcWebClientBase({ format });
    const got = await client.unaryCall(host + STATUS, create(ServerStatusRequestSchema), {}, serverStatus);
    expect(got).toMatchObject({ version: 'hubble-relay v1.19.4', numFlows: 4095n });
  });

  test('an error keeps its code and text', async () => {
    const host = await setUp((call) =>
      answer(call, [], {
        'grpc-status': '14',
        'grpc-message': 'no%20connected%20peers%20%E2%80%94%20100%25',
      }),
    );
    const client = new GrpcWebClientBase({ format });
    const call = client.unaryCall(host + STATUS, create(ServerStatusRequestSchema), {}, serverStatus);
    await expect(call).rejects.toMatchObject({ code: 14, message: 'no connected peers — 100%' });
  });

  test('a stream to its end', async () => {
    const host = await setUp((call) => answer(call, ['a', 'b', 'c'].map(flowOf)));
    const client = new GrpcWebClientBase({ format });
    const nodes: string[] = [];
    const stream = client.serverStreaming(host + FLOWS, create(GetFlowsRequestSchema), {}, getFlows);
    const status = await new Promise((resolve, reject) => {
      stream.on('data', (flow) => nodes.push(flow.nodeName));
      stream.on('error', reject);
      stream.on('status', resolve);
    });
    expect(nodes).toEqual(['a', 'b', 'c']);
    expect(status).toMatchObject({ code: 0 });
  });
});

test('in text mode flows arrive while the stream is open, in pieces of any length', async () => {
  const opened = Promise.withResolvers<RelayCall>();
  const host = await setUp(opened.resolve);
  const client = new GrpcWebClientBase({ format: 'text' });
  const stream = client.serverStreaming(host + FLOWS, create(GetFlowsRequestSchema), {}, getFlows);
  let arrived = Promise.withResolvers<string>();
  const ended = Promise.withResolvers<void>();
  stream.on('data', (flow) => arrived.resolve(flow.nodeName));
  stream.on('end', ended.resolve);
  const { stream: upstream } = await opened.promise;
  // Lengths of 1 to 7 cover every padding; each must be readable before the next is sent.
  for (const node of ['x', 'xx', 'xxx', 'xxxx', 'xxxxx', 'xxxxxx', 'xxxxxxx']) {
    sendMessages(upstream, [flowOf(node)]);
    expect(await arrived.promise).toBe(node);
    arrived = Promise.withResolvers();
  }
  sendTrailers(upstream);
  await ended.promise;
});
