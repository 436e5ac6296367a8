// One HTTP request and its answer, whatever the protocol version: the parts of Node's http and http2 classes that
// both have.

import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { Readable, Writable } from 'node:stream';

export type HttpRequest = Readable & {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly httpVersionMajor: number;
  readonly headers: IncomingHttpHeaders;
};

export type HttpResponse = Writable & {
  readonly headersSent: boolean;
  writeHead(status: number, headers?: OutgoingHttpHeaders): unknown;
  setHeader(name: string, value: string | number): unknown;
  /** HTTP/1 only: HTTP/2 sends headers as soon as they are written. */
  flushHeaders?(): void;
  addTrailers(trailers: OutgoingHttpHeaders): void;
};

export type Exchange = {
  readonly request: HttpRequest;
  readonly response: HttpResponse;
  /** Path as sent, without query. */
  readonly path: string;
  /** '' or '?...'. */
  readonly query: string;
};

/** A header that may legally be there once; the first one if it came more than once. */
export function headerOf(request: HttpRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
