// Which handler a request goes to.
//
//   gRPC content type, /any/prefix/pkg.Service/Method -> call      (clients of gRPC know no base path)
//   /healthz /readyz /metrics                          -> operations (at the root: for the cluster, not for browsers)
//   <base>/api/config, <base>/..., also without <base> -> page

import type { Metrics } from '../operations/metrics.ts';
import type { Readiness } from '../operations/readiness.ts';
import { findMethod } from '../grpc/methods.ts';
import { type WireFormat, wireFormatOf } from '../grpc/wire-format.ts';
import type { AssetStore } from '../static/asset-store.ts';
import { servePage } from '../static/serve-page.ts';
import { allowCors, answerPreflight, isForeign } from './cors.ts';
import { type Exchange, headerOf, type HttpRequest, type HttpResponse } from './exchange.ts';
import { isStrangeHost } from './host-check.ts';
import { reply, replyJson, replyMethodNotAllowed, replyText } from './reply.ts';

export type Routes = {
  readonly basePath: string;
  readonly allowedOrigins: readonly string[];
  /** Only this machine can connect; then the Host header is checked. */
  readonly loopbackOnly: boolean;
  readonly assets: AssetStore;
  readonly metrics: Metrics;
  /** What <base>/api/config answers. */
  readonly pageConfig: unknown;
  call(exchange: Exchange, format: WireFormat): void;
  readiness(): Promise<Readiness>;
};

export async function route(request: HttpRequest, response: HttpResponse, routes: Routes): Promise<void> {
  const url = request.url ?? '/';
  const queryAt = url.indexOf('?');
  const exchange: Exchange = {
    request,
    response,
    path: queryAt < 0 ? url : url.slice(0, queryAt),
    query: queryAt < 0 ? '' : url.slice(queryAt),
  };
  const format = wireFormatOf(headerOf(request, 'content-type'));
  if (routes.loopbackOnly && format !== 'grpc' && isStrangeHost(exchange, routes.allowedOrigins)) {
    request.resume();
    return replyText(
      exchange,
      403,
      'This gateway listens on localhost and was asked for by another name. ' +
        'Allow the name with --allow-origin, or listen on all interfaces with --listen :PORT.',
    );
  }
  if (format !== undefined) return routeCall(exchange, format, routes);
  if (request.method === 'POST' && findMethod(exchange.path) !== undefined) {
    request.resume();
    return replyText(
      exchange,
      415,
      'A call needs the content type application/grpc-web+proto, application/grpc-web-text or application/grpc.',
    );
  }
  if (request.method === 'OPTIONS') return answerPreflight(exchange, routes.allowedOrigins);
  if (await routeOperations(exchange, routes)) return;
  await routePage(exchange, routes);
}

function routeCall(exchange: Exchange, format: WireFormat, routes: Routes): void {
  const { request } = exchange;
  if (request.method !== 'POST') {
    request.resume();
    return replyMethodNotAllowed(exchange, 'POST');
  }
  if (format === 'grpc' && request.httpVersionMajor < 2) {
    request.resume();
    return replyText(exchange, 415, 'gRPC needs HTTP/2. Over HTTP/1.1 use application/grpc-web+proto.');
  }
  if (isForeign(exchange, routes.allowedOrigins)) {
    request.resume();
    return replyText(exchange, 403, 'Pages of other origins may not call this API; see --allow-origin.');
  }
  allowCors(exchange, routes.allowedOrigins);
  routes.call(exchange, format);
}

async function routeOperations(exchange: Exchange, routes: Routes): Promise<boolean> {
  const { path, request } = exchange;
  if (path !== '/healthz' && path !== '/readyz' && path !== '/metrics') return false;
  request.resume();
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    replyMethodNotAllowed(exchange, 'GET, HEAD');
  } else if (path === '/healthz') {
    replyJson(exchange, 200, { status: 'ok' });
  } else if (path === '/readyz') {
    const readiness = await routes.readiness();
    replyJson(exchange, readiness.ready ? 200 : 503, readiness);
  } else {
    const { registry } = routes.metrics;
    reply(exchange, 200, { 'content-type': registry.contentType }, await registry.metrics());
  }
  return true;
}

async function routePage(exchange: Exchange, routes: Routes): Promise<void> {
  const { basePath } = routes;
  const { path, query, request } = exchange;
  if (path === basePath && basePath !== '') {
    // Relative, so that it also holds behind a proxy that puts something in front.
    const last = basePath.slice(basePath.lastIndexOf('/') + 1);
    request.resume();
    return replyText(exchange, 308, 'Moved.', { location: `${last}/${query}` });
  }
  // A path without the prefix comes from a proxy that has stripped it.
  const rest = path.startsWith(`${basePath}/`) ? path.slice(basePath.length + 1) : path.slice(1);
  if (rest !== 'api/config') return servePage(exchange, routes.assets, rest);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    request.resume();
    return replyMethodNotAllowed(exchange, 'GET, HEAD');
  }
  if (isForeign(exchange, routes.allowedOrigins)) {
    return replyText(exchange, 403, 'Pages of other origins may not read this; see --allow-origin.');
  }
  allowCors(exchange, routes.allowedOrigins);
  replyJson(exchange, 200, routes.pageConfig);
}
