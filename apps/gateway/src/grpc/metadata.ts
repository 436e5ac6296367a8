// Which headers go through: from the client to the server, and back.

import type { IncomingHttpHeaders } from 'node:http';
import type { Metadata } from './downstream.ts';

/** Trace context helps whoever debugs Relay. Cookies and browser headers concern the gateway alone: Relay would copy
 * them on to every agent. */
const FORWARDED = ['traceparent', 'tracestate'];

/** Metadata of the client for the server. A gRPC client may also authenticate itself; a browser's credentials are
 * for the proxy in front of the gateway and stay here. */
export function requestMetadata(
  headers: IncomingHttpHeaders,
  isFromBrowser: boolean,
): Record<string, string> {
  const names = isFromBrowser ? FORWARDED : [...FORWARDED, 'authorization'];
  const out: Record<string, string> = {};
  for (const name of names) {
    const value = headers[name];
    if (typeof value === 'string') out[name] = value;
  }
  return out;
}

/** What a browser may be handed as HTTP headers: Hubble's own metadata, nothing that means something to a browser. */
const TO_BROWSER = /^(hubble-|finderscope-|grpc-encoding$|traceparent$|x-request-id$)/;
/** Belongs to one HTTP/2 connection or is set by the gateway itself. */
const NEVER =
  /^(:|connection$|keep-alive$|proxy-|te$|trailer|transfer-encoding$|upgrade$|content-|date$|server$|grpc-status|grpc-message)/;

/** The server's initial metadata as headers of the answer. */
export function responseMetadata(
  headers: NodeJS.Dict<string | string[] | number>,
  isFromBrowser: boolean,
): Metadata {
  const out = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    const passes = isFromBrowser ? TO_BROWSER.test(name) : !NEVER.test(name);
    if (value !== undefined && passes) out.set(name, joined(value));
  }
  return out;
}

/** Trailers as they came, without pseudo and connection headers. They travel inside the body of gRPC-web, so a
 * browser attaches no meaning to them. */
export function trailerMetadata(headers: NodeJS.Dict<string | string[] | number>): Metadata {
  const out = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || (NEVER.test(name) && !/^grpc-(status|message)/.test(name))) continue;
    out.set(name, joined(value));
  }
  return out;
}

function joined(value: string | string[] | number): string {
  return Array.isArray(value) ? value.join(', ') : String(value);
}
