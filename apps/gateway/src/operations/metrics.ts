// What the gateway counts, for Prometheus. One registry per gateway, so that several can live in one process.

import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';

export type Metrics = {
  readonly registry: Registry;
  readonly buffered: Gauge;
  readonly callsOpen: Gauge<'method'>;
  readonly callsEnded: Counter<'method' | 'protocol' | 'code'>;
  readonly framesPassed: Counter;
  readonly bytesPassed: Counter;
  readonly batchesWritten: Counter;
  readonly framesSkipped: Counter;
  readonly histories: Counter;
  readonly viewersSharing: Gauge;
  readonly upstreamStreams: Gauge<'method'>;
  readonly upstreamDials: Counter<'result'>;
  readonly upstreamErrors: Counter<'code'>;
  readonly upstreamConnected: Gauge;
  readonly connectionsOpen: Gauge;
};

/** `bufferedBytes` is read at every scrape: bytes of calls that wait for a slow browser. */
export function createMetrics(bufferedBytes: () => number): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    buffered: new Gauge({
      name: 'finderscope_gateway_buffered_bytes',
      help: 'Bytes held for browsers that have not taken them yet.',
      registers,
      collect(): void {
        this.set(bufferedBytes());
      },
    }),
    callsOpen: new Gauge({
      name: 'finderscope_gateway_calls_open',
      help: 'Calls open now, streams among them.',
      labelNames: ['method'],
      registers,
    }),
    callsEnded: new Counter({
      name: 'finderscope_gateway_calls_total',
      help: 'Calls that ended, by gRPC status.',
      labelNames: ['method', 'protocol', 'code'],
      registers,
    }),
    framesPassed: new Counter({
      name: 'finderscope_gateway_frames_total',
      help: 'Message frames passed on from the server.',
      registers,
    }),
    bytesPassed: new Counter({
      name: 'finderscope_gateway_bytes_total',
      help: 'Bytes of message frames passed on from the server, before base64.',
      registers,
    }),
    batchesWritten: new Counter({
      name: 'finderscope_gateway_writes_total',
      help: 'Writes towards clients; frames per write show how well they are put together.',
      registers,
    }),
    framesSkipped: new Counter({
      name: 'finderscope_gateway_frames_skipped_total',
      help: 'Message frames that viewers too slow for a shared stream did not get; each was told what it missed.',
      registers,
    }),
    histories: new Counter({
      name: 'finderscope_gateway_histories_total',
      help: 'Viewers that joined an open stream and got their past from a call of their own.',
      registers,
    }),
    viewersSharing: new Gauge({
      name: 'finderscope_gateway_viewers_sharing',
      help: 'Calls open now that get their flows from a stream others may share.',
      registers,
    }),
    upstreamStreams: new Gauge({
      name: 'finderscope_gateway_upstream_streams_open',
      help: 'Calls open to the server; fewer than calls_open where viewers share.',
      labelNames: ['method'],
      registers,
    }),
    upstreamDials: new Counter({
      name: 'finderscope_gateway_upstream_dials_total',
      help: 'Attempts to connect to the server, by the step that failed or "connected".',
      labelNames: ['result'],
      registers,
    }),
    upstreamErrors: new Counter({
      name: 'finderscope_gateway_upstream_errors_total',
      help: 'Calls that the server ended with a status other than OK, by gRPC status.',
      labelNames: ['code'],
      registers,
    }),
    upstreamConnected: new Gauge({
      name: 'finderscope_gateway_upstream_connected',
      help: '1 while there is a connection to the server.',
      registers,
    }),
    connectionsOpen: new Gauge({
      name: 'finderscope_gateway_connections_open',
      help: 'Connections from clients.',
      registers,
    }),
  };
}
