// Small whole answers: text, JSON, a plain page.

import type { OutgoingHttpHeaders } from 'node:http';
import type { Exchange } from './exchange.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

/** Sends the headers and, except for HEAD, the body. */
export function reply(
  { request, response }: Exchange,
  status: number,
  headers: OutgoingHttpHeaders,
  body: string | Buffer,
): void {
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(body),
    ...headers,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

export function replyJson(exchange: Exchange, status: number, value: unknown): void {
  reply(
    exchange,
    status,
    { 'content-type': 'application/json; charset=utf-8' },
    `${JSON.stringify(value)}\n`,
  );
}

export function replyText(
  exchange: Exchange,
  status: number,
  text: string,
  headers: OutgoingHttpHeaders = {},
): void {
  reply(exchange, status, { 'content-type': 'text/plain; charset=utf-8', ...headers }, `${text}\n`);
}

/** A page for people where there is no page: one heading, one paragraph. Both are plain text. */
export function replyPage(exchange: Exchange, status: number, heading: string, paragraph: string): void {
  const html =
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">' +
    `<title>${escapeHtml(heading)}</title><main><h1>${escapeHtml(heading)}</h1><p>${escapeHtml(paragraph)}</p></main></html>\n`;
  reply(exchange, status, { 'content-type': 'text/html; charset=utf-8' }, html);
}

/** 405 with the methods that do work. */
export function replyMethodNotAllowed(exchange: Exchange, allowed: string): void {
  replyText(exchange, 405, `${exchange.request.method} is not offered here; use ${allowed}.`, {
    allow: allowed,
  });
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
