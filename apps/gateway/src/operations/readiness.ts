// Can the gateway serve flows? A connection to the server is needed for that; what the server says about its own
// health is passed on as a reason, since the page can still tell people about a Relay without nodes.

import { type ClientHttp2Session, constants } from 'node:http2';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { encodeFrame, readFrames } from '@finderscope/grpc-wire';
import { health } from '@finderscope/hubble-api';
import type { Upstream } from '../upstream/upstream.ts';

export type Readiness = {
  readonly ready: boolean;
  readonly server: string;
  /** SERVING, NOT_SERVING, ..., or 'unknown' when the server does not tell. */
  readonly health: string;
  /** Why not ready, or what is wrong although ready; '' when all is well. */
  readonly reason: string;
};

/** The name Hubble registers its health under. */
const HUBBLE_HEALTH_SERVICE = 'hubble.server.Observer';
const CHECK_MS = 2000;

export async function checkReadiness(upstream: Upstream): Promise<Readiness> {
  const session = await upstream.session();
  if (!session.ok)
    return { ready: false, server: upstream.name, health: 'unknown', reason: session.error.message };
  const answer = await askHealth(session.value);
  if (answer === undefined) {
    return {
      ready: true,
      server: upstream.name,
      health: 'unknown',
      reason: 'connected; the server does not tell its health',
    };
  }
  const serving = answer === health.HealthCheckResponse_ServingStatus.SERVING;
  return {
    ready: true,
    server: upstream.name,
    health: health.HealthCheckResponse_ServingStatus[answer] ?? String(answer),
    reason: serving
      ? ''
      : 'connected, but the server says it cannot serve: a Relay does so while it has no connected node',
  };
}

/** The status, or undefined when none came within two seconds. */
function askHealth(
  session: ClientHttp2Session,
): Promise<health.HealthCheckResponse_ServingStatus | undefined> {
  const { promise, resolve } = Promise.withResolvers<health.HealthCheckResponse_ServingStatus | undefined>();
  try {
    const stream = session.request({
      ':method': 'POST',
      ':path': '/grpc.health.v1.Health/Check',
      'content-type': 'application/grpc',
      te: 'trailers',
      'grpc-timeout': `${CHECK_MS}m`,
    });
    const timer = setTimeout(() => stream.close(constants.NGHTTP2_CANCEL), CHECK_MS);
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    // What went wrong does not matter here: no status is the answer then.
    stream.on('error', () => resolve(undefined));
    stream.on('close', () => {
      clearTimeout(timer);
      resolve(readStatus(Buffer.concat(chunks)));
    });
    const message = create(health.HealthCheckRequestSchema, { service: HUBBLE_HEALTH_SERVICE });
    stream.end(encodeFrame(toBinary(health.HealthCheckRequestSchema, message)));
  } catch {
    resolve(undefined);
  }
  return promise;
}

function readStatus(bytes: Buffer): health.HealthCheckResponse_ServingStatus | undefined {
  const [frame] = readFrames(bytes).frames;
  if (frame === undefined) return undefined;
  try {
    return fromBinary(health.HealthCheckResponseSchema, frame.message).status;
  } catch {
    return undefined;
  }
}
