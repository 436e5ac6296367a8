import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { create, toBinary } from '@bufbuild/protobuf';
import { encodeFrame } from '@finderscope/grpc-wire';
import { GetFlowsRequestSchema } from '@finderscope/hubble-api';
import { describe, expect, test } from 'vitest';
import { callGrpc, callWeb, openStream } from '../testing/clients.ts';
import { answer, type RelayCall, sendMessages, sendTrailers } from '../testing/fake-relay.ts';
import { setUp, stopAfterTest } from '../testing/gateway-and-relay.ts';
import { startRawRelay } from '../testing/raw-relay.ts';
import { startTestGateway } from '../testing/start-gateway.ts';

const GET_FLOWS = 'observer.Observer/GetFlows';
const STATUS = 'observer.Observer/ServerStatus';
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

describe('an ordinary call', () => {
  test('gRPC-web: request, messages, metadata and trailers arrive as sent', async () => {
    const { relay, gateway } = await setUp((call) =>
      answer(
        call,
        [text('one'), text(''), text('two')],
        { 'grpc-status': '0', 'x-node': 'a' },
        { 'hubble-relay-version': '1.19.4' },
      ),
    );
    const message = toBinary(
      GetFlowsRequestSchema,
      create(GetFlowsRequestSchema, { number: 20n, follow: true }),
    );
    const got = await callWeb(gateway.url, GET_FLOWS, message, {
      headers: { traceparent: '00-a-b-01', cookie: 'secret=1', authorization: 'Basic x' },
    });

    expect(got.httpStatus).toBe(200);
    expect(got.messages).toEqual(['one', '', 'two']);
    expect(got.trailers).toEqual({ code: 0, message: '' });
    expect(got.trailerText).toContain('x-node: a\r\n');
    expect(got.headers.get('content-type')).toBe('application/grpc-web+proto');
    expect(got.headers.get('hubble-relay-version')).toBe('1.19.4');
    const call = relay.calls[0];
    expect([...(call?.body ?? [])]).toEqual([...encodeFrame(message)]);
    expect(call?.headers).toMatchObject({
      ':path': `/${GET_FLOWS}`,
      'content-type': 'application/grpc',
      te: 'trailers',
      traceparent: '00-a-b-01',
    });
    expect(call?.headers).not.toHaveProperty('cookie');
    expect(call?.headers).not.toHaveProperty('authorization');
  });

  test('gRPC-web-text both ways', async () => {
    const { gateway } = await setUp((call) => answer(call, [text('a'), text('bcd')]));
    const got = await callWeb(gateway.url, GET_FLOWS, new Uint8Array(), { text: true });
    expect(got.messages).toEqual(['a', 'bcd']);
    expect(got.trailers?.code).toBe(0);
    expect(got.headers.get('content-type')).toBe('application/grpc-web-text+proto');
  });

  test('plain gRPC over HTTP/2 with prior knowledge, with real trailers and credentials', async () => {
    const { relay, gateway } = await setUp((call) =>
      answer(
        call,
        [text('x')],
        { 'grpc-status': '7', 'grpc-message': 'no%20way%25' },
        { 'hubble-relay-version': '1.19.4' },
      ),
    );
    const got = await callGrpc(gateway.url, `/${STATUS}`, new Uint8Array(), { authorization: 'Basic x' });
    expect(got.messages).toEqual(['x']);
    expect(got.headers).toMatchObject({
      ':status': 200,
      'content-type': 'application/grpc',
      'hubble-relay-version': '1.19.4',
    });
    expect(got.trailers).toMatchObject({ 'grpc-status': '7', 'grpc-message': 'no%20way%25' });
    expect(relay.calls[0]?.headers.authorization).toBe('Basic x');
  });

  test('gRPC-web that a proxy has made gRPC of is still a browser: no credentials up, no foreign headers down', async () => {
    const { relay, gateway } = await setUp((call) =>
      answer(
        call,
        [text('x')],
        { 'grpc-status': '0' },
        { 'hubble-relay-version': '1.19.4', 'set-cookie': 'a=b' },
      ),
    );
    const got = await callGrpc(gateway.url, `/${STATUS}`, new Uint8Array(), {
      'x-grpc-web': '1',
      authorization: 'Basic x',
    });
    expect(got.messages).toEqual(['x']);
    expect(got.headers).toMatchObject({
      'content-type': 'application/grpc',
      'hubble-relay-version': '1.19.4',
    });
    expect(got.headers).not.toHaveProperty('set-cookie');
    expect(relay.calls[0]?.headers).not.toHaveProperty('authorization');
  });

  test('any base path stands before the method', async () => {
    const { gateway } = await setUp((call) => answer(call, [text('x')]), ['--base-path', '/hubble/ui']);
    for (const prefix of ['', 'hubble/ui/', 'some/other/']) {
      const got = await callWeb(`http://127.0.0.1:${gateway.port}/${prefix}`, STATUS);
      expect(got.messages).toEqual(['x']);
    }
  });

  test('an error known at once (trailers only) keeps code and text', async () => {
    const { gateway } = await setUp(({ stream }) => {
      stream.respond(
        {
          ':status': 200,
          'content-type': 'application/grpc',
          'grpc-status': '12',
          'grpc-message': 'GetAgentEvents not yet implemented',
        },
        { endStream: true },
      );
    });
    const got = await callWeb(gateway.url, 'observer.Observer/GetAgentEvents');
    expect(got.messages).toEqual([]);
    expect(got.trailers).toEqual({ code: 12, message: 'GetAgentEvents not yet implemented' });
  });

  test('headers reach the client before the first message', async () => {
    const { gateway } = await setUp(({ stream }) => sendMessages(stream, []));
    const response = await openStream(gateway.url, GET_FLOWS);
    expect(response.statusCode).toBe(200);
  });
});

describe('deadlines and leaving', () => {
  test('grpc-timeout goes on to the server and is kept here too', async () => {
    const { relay, gateway } = await setUp(({ stream }) => sendMessages(stream, [text('one')]));
    const got = await callWeb(gateway.url, GET_FLOWS, new Uint8Array(), {
      headers: { 'grpc-timeout': '100m' },
    });
    expect(got.messages).toEqual(['one']);
    expect(got.trailers?.code).toBe(4);
    expect(relay.calls[0]?.headers['grpc-timeout']).toMatch(/^\d{1,3}m$/);
  });

  test('a broken grpc-timeout is an error', async () => {
    const { gateway } = await setUp((call) => answer(call, []));
    const got = await callWeb(gateway.url, GET_FLOWS, new Uint8Array(), {
      headers: { 'grpc-timeout': 'soon' },
    });
    expect(got.trailers).toEqual({ code: 3, message: 'grpc-timeout "soon" is not a time' });
  });

  test('a browser that leaves cancels the call upstream', async () => {
    const closed = Promise.withResolvers<number | undefined>();
    const { gateway } = await setUp(({ stream }) => {
      sendMessages(stream, [text('one')]);
      stream.on('close', () => closed.resolve(stream.rstCode));
    });
    const response = await openStream(gateway.url, GET_FLOWS);
    response.destroy();
    expect(await closed.promise).toBe(8);
  });

  test('a gRPC client that resets its stream cancels the call upstream', async () => {
    const closed = Promise.withResolvers<number | undefined>();
    const { gateway } = await setUp(({ stream }) => {
      sendMessages(stream, [text('one')]);
      stream.on('close', () => closed.resolve(stream.rstCode));
    });
    const session = connectHttp2(new URL(gateway.url).origin);
    stopAfterTest(async () => session.destroy());
    const stream = session.request({
      ':method': 'POST',
      ':path': `/${GET_FLOWS}`,
      'content-type': 'application/grpc',
    });
    stream.end(encodeFrame(new Uint8Array()));
    await once(stream, 'data');
    stream.close(8);
    expect(await closed.promise).toBe(8);
  });

  test('shutting down ends open calls with UNAVAILABLE', async () => {
    const { gateway } = await setUp(({ stream }) => sendMessages(stream, [text('one')]));
    const response = await openStream(gateway.url, GET_FLOWS);
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    await once(response, 'data');
    const ended = once(response, 'end');
    await gateway.stop();
    await ended;
    expect(Buffer.concat(chunks).toString('latin1')).toContain(
      'grpc-status: 14\r\ngrpc-message: gateway is shutting down',
    );
  });
});

describe('a server that misbehaves', () => {
  test('ends without a status', async () => {
    const { gateway } = await setUp(({ stream }) => {
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
      stream.end(encodeFrame(text('one')));
    });
    const got = await callWeb(gateway.url, GET_FLOWS);
    expect(got.messages).toEqual(['one']);
    expect(got.trailers).toEqual({ code: 13, message: expect.stringContaining('without a status') });
  });

  test('says OK in the middle of a message', async () => {
    const { gateway } = await setUp(({ stream }) => {
      sendMessages(stream, [text('one')]);
      stream.write(Uint8Array.of(0, 0, 0, 0, 50, 1, 2, 3));
      sendTrailers(stream);
    });
    const got = await callWeb(gateway.url, GET_FLOWS);
    expect(got.messages).toEqual(['one']);
    expect(got.restBytes).toBe(0);
    expect(got.trailers).toEqual({ code: 13, message: expect.stringContaining('middle of a message') });
  });

  test('breaks off inside a message too large to hold back: the response breaks off as well', async () => {
    const { gateway } = await setUp(({ stream }) => {
      sendMessages(stream, [text('one')]);
      const half = encodeFrame(new Uint8Array(1_000_000)).subarray(0, 500_000);
      stream.write(half, () => stream.close(2));
    });
    await expect(callWeb(gateway.url, GET_FLOWS)).rejects.toThrow('terminated');
  });

  test.each([
    [7, 14],
    [8, 1],
    [11, 8],
    [2, 13],
  ])('resets the stream with HTTP/2 error %i, which is gRPC status %i', async (resetCode, status) => {
    const relay = await startRawRelay(encodeFrame(text('one')), 1, { resetCode });
    stopAfterTest(() => relay.stop());
    const gateway = await startTestGateway(['--server', `127.0.0.1:${relay.port}`]);
    stopAfterTest(() => gateway.stop());
    const got = await callWeb(gateway.url, GET_FLOWS);
    expect(got.messages).toEqual(['one']);
    expect(got.trailers).toEqual({
      code: status,
      message: expect.stringContaining(`HTTP/2 error ${resetCode}`),
    });
  });

  test('answers with something that is not gRPC', async () => {
    const { gateway } = await setUp(({ stream }) => {
      stream.respond({ ':status': 404, 'content-type': 'text/html' });
      stream.end('<html>');
    });
    const got = await callWeb(gateway.url, GET_FLOWS);
    expect(got.messages).toEqual([]);
    expect(got.trailers).toEqual({ code: 12, message: expect.stringContaining('HTTP 404 and text/html') });
  });

  test('sends garbage where frames should be: what was whole arrives, then the reason', async () => {
    const { gateway } = await setUp(({ stream }) => {
      sendMessages(stream, [text('one')]);
      stream.write(text('garbage garbage'));
    });
    const got = await callWeb(gateway.url, GET_FLOWS);
    expect(got.messages).toEqual(['one']);
    expect(got.trailers).toEqual({ code: 13, message: expect.stringContaining('not gRPC') });
  });

  test('announces a message of 4 GiB', async () => {
    const { gateway } = await setUp(({ stream }) => {
      sendMessages(stream, []);
      stream.write(Uint8Array.of(0, 255, 255, 255, 255, 0));
    });
    const got = await callWeb(gateway.url, GET_FLOWS);
    expect(got.trailers).toEqual({ code: 13, message: expect.stringContaining('4294967295 bytes') });
  });

  test('loses its connection, and is used again once it is back', async () => {
    const { relay, gateway } = await setUp(({ stream, headers }) => {
      if (headers[':path'] === `/${STATUS}`) answer({ stream, headers, body: Buffer.alloc(0) }, [text('up')]);
      else {
        sendMessages(stream, [text('one')]);
        stream.write(encodeFrame(text('two')), () => stream.session?.destroy());
      }
    });
    const got = await callWeb(gateway.url, GET_FLOWS);
    expect(got.trailers).toEqual({ code: 14, message: expect.stringContaining(`127.0.0.1:${relay.port}`) });
    expect((await callWeb(gateway.url, STATUS)).messages).toEqual(['up']);
  });

  test('goes away politely: open calls finish, new ones take a new connection', async () => {
    const first = Promise.withResolvers<RelayCall>();
    const { relay, gateway } = await setUp((call) => {
      if (call.headers[':path'] === `/${STATUS}`) answer(call, [text('up')]);
      else first.resolve(call);
    });
    const flows = callWeb(gateway.url, GET_FLOWS);
    const call = await first.promise;
    const session = call.stream.session;
    session?.goaway(0);
    expect((await callWeb(gateway.url, STATUS)).messages).toEqual(['up']);
    expect(relay.calls[1]?.stream.session === session).toBe(false);
    answer(call, [text('late')]);
    expect(await flows).toMatchObject({ messages: ['late'], trailers: { code: 0 } });
  });

  test('stops dead: the keep-alive gives up and says so', async () => {
    const relay = await startRawRelay(encodeFrame(text('one')), 1, 'deaf');
    stopAfterTest(() => relay.stop());
    const gateway = await startTestGateway(['--server', `127.0.0.1:${relay.port}`], {
      keepAlive: { idleMs: 20, patientMs: 1000, answerMs: 20 },
    });
    stopAfterTest(() => gateway.stop());
    const got = await callWeb(gateway.url, GET_FLOWS);
    expect(got.messages).toEqual(['one']);
    expect(got.trailers).toEqual({ code: 14, message: expect.stringContaining('no longer answers') });
  });
});
