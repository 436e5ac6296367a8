// Which pages may call the API. Only the own origin, unless --allow-origin names others; an origin is never
// reflected because it asked.
//
// A browser says with Sec-Fetch-Site where a page comes from. That, rather than comparing Origin with Host, keeps
// working behind proxies that change the host. Without it (plain http from another machine) a page of another
// origin still fails at the preflight that gRPC content types demand.

import { type Exchange, headerOf } from './exchange.ts';
import { replyText } from './reply.ts';

const EXPOSED = 'grpc-status, grpc-message, hubble-relay-version, hubble-server-version';

/** A browser that says it acts for a page of another origin, and none that is allowed. */
export function isForeign({ request }: Exchange, allowed: readonly string[]): boolean {
  const site = headerOf(request, 'sec-fetch-site');
  if (site !== 'cross-site' && site !== 'same-site') return false;
  return !allowed.includes(headerOf(request, 'origin') ?? '');
}

/** Adds the CORS headers when the page's origin is one of the allowed ones. */
export function allowCors({ request, response }: Exchange, allowed: readonly string[]): boolean {
  const origin = headerOf(request, 'origin');
  if (allowed.length > 0) response.setHeader('vary', 'origin');
  if (origin === undefined || !allowed.includes(origin)) return false;
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-expose-headers', EXPOSED);
  return true;
}

export function answerPreflight(exchange: Exchange, allowed: readonly string[]): void {
  const { request, response } = exchange;
  request.resume();
  if (!allowCors(exchange, allowed)) {
    return replyText(exchange, 403, 'Pages of other origins may not call this API; see --allow-origin.');
  }
  response.writeHead(204, {
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers':
      'content-type, x-grpc-web, x-user-agent, grpc-timeout, traceparent, tracestate',
    'access-control-max-age': '7200',
  });
  response.end();
}
