import { once } from 'node:events';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { encodeFrame } from '@finderscope/grpc-wire';
import { describe, expect, test } from 'vitest';
import { callWeb, openStream } from '../testing/clients.ts';
import { answer, sendMessages } from '../testing/fake-relay.ts';
import { setUp, stopAfterTest } from '../testing/gateway-and-relay.ts';

const GET_FLOWS = 'observer.Observer/GetFlows';
const STATUS = 'observer.Observer/ServerStatus';
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

describe('requests that are refused here', () => {
  const bad: readonly [name: string, method: string, body: Uint8Array, code: number, part: string][] = [
    [
      'unknown method',
      'observer.Observer/Nope',
      encodeFrame(text('')),
      12,
      'unknown method Nope for service',
    ],
    ['unknown service', 'peer.Peer/Notify', encodeFrame(text('')), 12, 'unknown service peer.Peer'],
    ['no message', STATUS, new Uint8Array(), 3, '0 messages'],
    ['two messages', STATUS, Buffer.concat([encodeFrame(text('')), encodeFrame(text(''))]), 3, '2 messages'],
    ['half a frame', STATUS, Uint8Array.of(0, 0, 0, 0, 9, 1), 3, 'middle of a frame'],
    ['malformed message', GET_FLOWS, encodeFrame(Uint8Array.of(0x0a, 0xff)), 3, 'observer.GetFlowsRequest'],
    ['compressed', STATUS, encodeFrame(text(''), 1), 12, 'compressed'],
    ['too large', GET_FLOWS, encodeFrame(new Uint8Array(1024 * 1024)), 8, 'limit'],
  ];
  test.each(bad)('%s', async (_name, method, body, code, part) => {
    const { relay, gateway } = await setUp((call) => answer(call, []));
    const got = await callWeb(gateway.url, method, new Uint8Array(), { body });
    expect(got.trailers?.code).toBe(code);
    expect(got.trailers?.message).toContain(part);
    expect(relay.calls).toHaveLength(0);
  });

  test('text that is not base64', async () => {
    const { gateway } = await setUp((call) => answer(call, []));
    const response = await fetch(`${gateway.url}${STATUS}`, {
      method: 'POST',
      headers: { 'content-type': 'application/grpc-web-text' },
      body: 'AAAAA!',
    });
    expect(Buffer.from(await response.text(), 'base64').toString('latin1')).toContain('grpc-status: 3');
  });

  test('plain gRPC over HTTP/1.1 is told what to use', async () => {
    const { gateway } = await setUp((call) => answer(call, []));
    const response = await fetch(`${gateway.url}${STATUS}`, {
      method: 'POST',
      headers: { 'content-type': 'application/grpc' },
      body: 'x',
    });
    expect([response.status, await response.text()]).toEqual([415, expect.stringContaining('grpc-web')]);
  });

  test('more calls than --max-streams', async () => {
    const { gateway } = await setUp(({ stream }) => sendMessages(stream, []), ['--max-streams', '1']);
    await openStream(gateway.url, GET_FLOWS);
    const got = await callWeb(gateway.url, STATUS);
    expect(got.trailers).toEqual({ code: 8, message: expect.stringContaining('--max-streams') });
  });

  test.each(['application/grpc-web+json', 'application/json', ''])(
    'content type "%s"',
    async (contentType) => {
      const { relay, gateway } = await setUp((call) => answer(call, []));
      const response = await fetch(`${gateway.url}${STATUS}`, {
        method: 'POST',
        headers: { 'content-type': contentType },
        body: Buffer.from(encodeFrame(text(''))),
      });
      expect([response.status, await response.text()]).toEqual([
        415,
        expect.stringContaining('application/grpc-web+proto'),
      ]);
      expect(relay.calls).toHaveLength(0);
    },
  );

  test('one whose body does not come, so that it gives its place back', async () => {
    const { gateway } = await setUp((call) => answer(call, []), ['--max-streams', '1'], {
      requestLimits: { maxBytes: 100, withinMs: 50 },
    });
    const request = httpRequest(`${gateway.url}${STATUS}`, {
      method: 'POST',
      headers: { 'content-type': 'application/grpc-web+proto', 'content-length': 5 },
    });
    stopAfterTest(() => request.destroy());
    request.on('error', () => request.destroy());
    request.write(Buffer.from([0]));
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const body = Buffer.concat(await response.toArray()).toString('latin1');
    expect(body).toContain('grpc-status: 4\r\ngrpc-message: the request did not arrive within 0.05 s');
    expect((await callWeb(gateway.url, STATUS)).trailers?.code).toBe(0);
  });
});
