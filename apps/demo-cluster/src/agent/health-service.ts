// The gRPC health service. Hubble's own name in it is `hubble.server.Observer`, not that of the proto service;
// `hubble status` refuses a server that does not know it.

import { create } from '@bufbuild/protobuf';
import { GrpcCode, GrpcError } from '@finderscope/grpc-wire';
import { health } from '@finderscope/hubble-api';

import { type Method, serverStream, unary } from '../grpc-server/index.ts';
import { Signal } from '../timeline/signal.ts';

const SERVICES: readonly string[] = ['', 'hubble.server.Observer'];
const WATCH_INTERVAL_MS = 5000;

/** `isServing` is asked for every Check and, for every Watch, every five seconds. */
export function healthMethods(isServing: () => boolean): readonly Method[] {
  const { SERVING, NOT_SERVING, SERVICE_UNKNOWN } = health.HealthCheckResponse_ServingStatus;
  const statusOf = (service: string): health.HealthCheckResponse_ServingStatus => {
    if (!SERVICES.includes(service)) return SERVICE_UNKNOWN;
    return isServing() ? SERVING : NOT_SERVING;
  };
  return [
    unary(health.Health.method.check, (request) => {
      const status = statusOf(request.service);
      if (status === SERVICE_UNKNOWN) throw new GrpcError(GrpcCode.NOT_FOUND, 'unknown service');
      return create(health.HealthCheckResponseSchema, { status });
    }),
    serverStream(health.Health.method.watch, async (request, send, call) => {
      const never = new Signal();
      let last: number | undefined;
      for (;;) {
        call.throwIfAborted();
        const status = statusOf(request.service);
        if (status !== last) await send(create(health.HealthCheckResponseSchema, { status }));
        last = status;
        await never.wait(call.signal, WATCH_INTERVAL_MS);
      }
    }),
  ];
}
