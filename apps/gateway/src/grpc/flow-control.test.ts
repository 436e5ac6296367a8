import { connect as connectHttp2 } from 'node:http2';
import { encodeFrame } from '@finderscope/grpc-wire';
import { describe, expect, test } from 'vitest';
import { callWeb, openStream } from '../testing/clients.ts';
import { stopAfterTest } from '../testing/gateway-and-relay.ts';
import { startRawRelay } from '../testing/raw-relay.ts';
import { startTestGateway } from '../testing/start-gateway.ts';

const GET_FLOWS = 'observer.Observer/GetFlows';

describe('flow control', () => {
  const FRAME = encodeFrame(new Uint8Array(723));
  const TOTAL_BYTES = 60 * 1024 * 1024;

  test('a slow browser stalls the source, and holds little memory here', async () => {
    const relay = await startRawRelay(FRAME, Math.ceil(TOTAL_BYTES / FRAME.length));
    stopAfterTest(() => relay.stop());
    const gateway = await startTestGateway(['--server', `127.0.0.1:${relay.port}`]);
    stopAfterTest(() => gateway.stop());
    const stalled = relay.stalled();
    const response = await openStream(gateway.url, GET_FLOWS);
    response.pause();
    await stalled;

    // 4 MiB window, plus what sockets and the client hold: far from everything.
    expect(relay.sentBytes()).toBeLessThan(20 * 1024 * 1024);
    const buffered = /finderscope_gateway_buffered_bytes (\d+)/.exec(
      await gateway.metrics.registry.metrics(),
    );
    expect(Number(buffered?.[1])).toBeGreaterThan(0);
    expect(Number(buffered?.[1])).toBeLessThan(1024 * 1024);

    // Another viewer of the same connection is not held up.
    const other = await openStream(gateway.url, GET_FLOWS);
    let otherBytes = 0;
    for await (const chunk of other) otherBytes += chunk.length;
    expect(otherBytes).toBeGreaterThan(TOTAL_BYTES);

    // Reading on gets all of it.
    let bytes = 0;
    for await (const chunk of response) bytes += chunk.length;
    expect(bytes).toBe(otherBytes);
  });

  test('a slow gRPC client stalls the source as well', async () => {
    const relay = await startRawRelay(FRAME, Math.ceil(TOTAL_BYTES / FRAME.length));
    stopAfterTest(() => relay.stop());
    const gateway = await startTestGateway(['--server', `127.0.0.1:${relay.port}`]);
    stopAfterTest(() => gateway.stop());
    const stalled = relay.stalled();
    const session = connectHttp2(new URL(gateway.url).origin);
    stopAfterTest(async () => session.destroy());
    const stream = session.request({
      ':method': 'POST',
      ':path': `/${GET_FLOWS}`,
      'content-type': 'application/grpc',
    });
    stream.end(encodeFrame(new Uint8Array()));
    await stalled;
    expect(relay.sentBytes()).toBeLessThan(20 * 1024 * 1024);
    let bytes = 0;
    for await (const chunk of stream) bytes += chunk.length;
    expect(bytes).toBeGreaterThan(TOTAL_BYTES);
  });

  test('many stalled viewers starve nobody', async () => {
    const relay = await startRawRelay(FRAME, Math.ceil((24 * 1024 * 1024) / FRAME.length));
    stopAfterTest(() => relay.stop());
    const gateway = await startTestGateway(['--server', `127.0.0.1:${relay.port}`]);
    stopAfterTest(() => gateway.stop());
    for (let i = 0; i < 6; i++) {
      const stalled = relay.stalled();
      const response = await openStream(gateway.url, GET_FLOWS);
      response.pause();
      await stalled;
    }
    const other = await openStream(gateway.url, GET_FLOWS);
    let bytes = 0;
    for await (const chunk of other) bytes += chunk.length;
    expect(bytes).toBeGreaterThan(24 * 1024 * 1024);
  });

  test('one DATA frame per message becomes few writes, and every frame is counted', async () => {
    const relay = await startRawRelay(FRAME, 5000);
    stopAfterTest(() => relay.stop());
    const gateway = await startTestGateway(['--server', `127.0.0.1:${relay.port}`]);
    stopAfterTest(() => gateway.stop());
    const got = await callWeb(gateway.url, GET_FLOWS);
    expect(got.messages).toHaveLength(5000);
    expect(got.trailers?.code).toBe(0);
    const metrics = await gateway.metrics.registry.metrics();
    expect(metrics).toContain('finderscope_gateway_frames_total 5000');
    expect(metrics).toContain(`finderscope_gateway_bytes_total ${5000 * FRAME.length}`);
    const writes = Number(/finderscope_gateway_writes_total (\d+)/.exec(metrics)?.[1]);
    expect(writes).toBeLessThan(500);
  });
});
