// Puts the parts together: one listener, one upstream, the calls between them.

import { err, ok, type Result } from '@finderscope/base';
import { GrpcCode } from '@finderscope/grpc-wire';
import type { GatewayConfig } from './config/config.ts';
import { formatHostPort } from './config/addresses.ts';
import { Call } from './grpc/call.ts';
import { FanOut } from './fan-out/fan-out.ts';
import type { RingLimits } from './fan-out/shared-stream.ts';
import { Downstream, statusTrailers } from './grpc/downstream.ts';
import type { RequestLimits } from './grpc/read-request.ts';
import { createLogger, type Logger } from './operations/logger.ts';
import { createMetrics, type Metrics } from './operations/metrics.ts';
import { checkReadiness } from './operations/readiness.ts';
import { createRedactor } from './redact/redact-frames.ts';
import { isLoopback } from './server/host-check.ts';
import { Listener } from './server/listener.ts';
import { route, type Routes } from './server/router.ts';
import { AssetStore } from './static/asset-store.ts';
import { factsOf } from './upstream/failure.ts';
import type { KeepAliveTimes } from './upstream/keep-alive.ts';
import { Upstream } from './upstream/upstream.ts';
import { VERSION } from './version.ts';

export type Gateway = {
  /** Where the page is, with the base path and a closing slash. */
  readonly url: string;
  readonly port: number;
  readonly metrics: Metrics;
  /** Ends calls with UNAVAILABLE, waits for connections within the configured time, then closes what is left. */
  stop(): Promise<void>;
};

export type GatewayExtras = {
  readonly logger?: Logger;
  readonly keepAlive?: KeepAliveTimes;
  readonly requestLimits?: RequestLimits;
  readonly ringLimits?: RingLimits;
  /** Silence after which a browser's stream gets a sign of life. */
  readonly clientKeepAliveMs?: number;
};

const SHUTDOWN_TEXT = 'gateway is shutting down';

/** Starts listening. Relay is dialled with the first call, so a server that is not up yet is no error here. */
export async function startGateway(
  config: GatewayConfig,
  extras: GatewayExtras = {},
): Promise<Result<Gateway, string>> {
  const logger = extras.logger ?? createLogger(config.log);
  const calls = new Set<Call>();
  const metrics = createMetrics(() => {
    let bytes = 0;
    for (const call of calls) bytes += call.bufferedBytes;
    return bytes + fanOut.bufferedBytes;
  });
  const upstream = new Upstream(config.upstream, {
    logger,
    metrics,
    ...(extras.keepAlive === undefined ? {} : { keepAlive: extras.keepAlive }),
  });
  const fanOut = new FanOut(
    {
      upstream,
      metrics,
      logger,
      userAgent: `finderscope-gateway/${VERSION}`,
      redact: config.redact.length === 0 ? undefined : createRedactor(config.redact, Date.now),
    },
    extras.ringLimits,
  );
  let stopping: Promise<void> | undefined;

  const routes: Routes = {
    basePath: config.basePath,
    allowedOrigins: config.allowedOrigins,
    loopbackOnly: isLoopback(config.listen.host),
    assets: new AssetStore(config.webDir),
    metrics,
    pageConfig: {
      version: VERSION,
      basePath: `${config.basePath}/`,
      source: {
        server: upstream.name,
        tls: config.upstream.tls !== undefined,
        demo: config.source.demo,
        name: config.source.name,
      },
      quickFilters: config.quickFilters,
    },
    readiness: async () =>
      stopping === undefined
        ? checkReadiness(upstream)
        : { ready: false, server: upstream.name, health: 'unknown', reason: SHUTDOWN_TEXT },
    call(exchange, format): void {
      const refusal =
        stopping !== undefined
          ? statusTrailers(GrpcCode.UNAVAILABLE, SHUTDOWN_TEXT)
          : calls.size >= config.maxStreams
            ? statusTrailers(
                GrpcCode.RESOURCE_EXHAUSTED,
                `${calls.size} calls are open, the limit of this gateway (--max-streams)`,
              )
            : undefined;
      if (refusal !== undefined) {
        exchange.request.resume();
        new Downstream(exchange.response, format).end(refusal);
        return;
      }
      const call = new Call(exchange, format, {
        fanOut,
        metrics,
        logger,
        requestLimits: extras.requestLimits,
        keepAliveMs: extras.clientKeepAliveMs,
      });
      calls.add(call);
      call.run().catch((error: unknown) => {
        logger.error({ err: error }, 'a call failed in the gateway itself');
        call.end(GrpcCode.INTERNAL, 'the gateway failed; its log tells more');
      });
      void call.done.then(() => calls.delete(call));
    },
  };

  const listener = new Listener({
    at: config.listen,
    tls: config.listenTls,
    handle(request, response): void {
      response.on('error', (error) =>
        logger.debug({ reason: factsOf(error).message }, 'an answer could not be sent'),
      );
      route(request, response, routes).catch((error: unknown) => {
        logger.error({ err: error }, 'a request failed in the gateway itself');
        response.destroy();
      });
    },
    connectionsChanged: (open) => metrics.connectionsOpen.set(open),
    certificateProblem: (reason) => logger.warn({ reason }, 'the renewed certificate cannot be used yet'),
  });
  const bound = await listener.start();
  if (!bound.ok) {
    upstream.close();
    return err(bound.error);
  }

  const stop = async (): Promise<void> => {
    for (const call of calls) call.end(GrpcCode.UNAVAILABLE, SHUTDOWN_TEXT);
    listener.stopAccepting();
    await listener.drained(config.shutdownTimeoutMs);
    listener.destroyConnections();
    upstream.close();
  };
  const scheme = config.listenTls === undefined ? 'http' : 'https';
  const host = ['', '0.0.0.0', '::'].includes(config.listen.host) ? 'localhost' : config.listen.host;
  return ok({
    url: `${scheme}://${formatHostPort({ host, port: bound.value })}${config.basePath}/`,
    port: bound.value,
    metrics,
    stop: () => (stopping ??= stop()),
  });
}
