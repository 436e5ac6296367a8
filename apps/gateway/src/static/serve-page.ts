// GET and HEAD of the built page: caching, compression, 304, and what is said when there is nothing to serve.

import { headerOf, type Exchange } from '../server/exchange.ts';
import { reply, replyMethodNotAllowed, replyPage } from '../server/reply.ts';
import { SECURITY_HEADERS } from '../server/security-headers.ts';
import type { AssetStore } from './asset-store.ts';
import { chooseEncoding } from './encodings.ts';

/** `path` is relative to the base path and not decoded: '' or 'assets/x.js'. */
export async function servePage(exchange: Exchange, store: AssetStore, path: string): Promise<void> {
  const { request } = exchange;
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    request.resume();
    return replyMethodNotAllowed(exchange, 'GET, HEAD');
  }
  const name = path === '' ? 'index.html' : decodePath(path);
  const asset = await store.find(name ?? '', chooseEncoding(headerOf(request, 'accept-encoding')));
  if (asset === undefined) {
    if (name === 'index.html') {
      return replyPage(
        exchange,
        503,
        'The page has not been built yet',
        'Run "npm run build" and load this page again. The API is up.',
      );
    }
    return replyPage(exchange, 404, 'Nothing here', 'There is no such file.');
  }
  const headers = {
    'cache-control': asset.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: asset.etag,
    vary: 'accept-encoding',
  };
  if (matches(headerOf(request, 'if-none-match'), asset.etag)) {
    exchange.response.writeHead(304, { ...SECURITY_HEADERS, ...headers });
    exchange.response.end();
    return;
  }
  const encoding = asset.encoding === 'identity' ? {} : { 'content-encoding': asset.encoding };
  reply(exchange, 200, { ...headers, ...encoding, 'content-type': asset.mediaType }, asset.bytes);
}

/** undefined for a broken escape or one that hides a separator. */
function decodePath(path: string): string | undefined {
  try {
    const decoded = path.split('/').map(decodeURIComponent);
    return decoded.some((part) => part.includes('/')) ? undefined : decoded.join('/');
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  // A proxy that recompresses weakens the tag; the content is the same.
  const tags = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(etag);
}
