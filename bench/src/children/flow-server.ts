// Serves the built page, the bench page and, as a gateway does, flows: as many as asked, as fast as they are taken.
// No gateway and no Relay take part, so what is measured is the browser.

import { createReadStream, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { fromBinary } from '@bufbuild/protobuf';
import { encodeTrailerFrame, FRAME_HEADER_BYTES } from '@finderscope/grpc-wire';
import { GetFlowsRequestSchema } from '@finderscope/hubble-api';
import { loadCorpus } from '../corpus.ts';
import { announce } from './serve.ts';

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};
const CHUNK_FLOWS = 64;
const UNIMPLEMENTED = 12;
const flows = Number(process.argv[2] ?? '0');
const corpus = await loadCorpus();
const roots = ['../../../apps/web/dist/', '../../../.cache/bench-page/', '../../../.cache/bench-file/'].map(
  (path) => fileURLToPath(new URL(path, import.meta.url)),
);

/** Where the file of that name lies; one may be longer than a buffer can be. */
function findStatic(path: string): string | undefined {
  return roots
    .map((root) => join(root, normalize(`/${path}`)))
    .find((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);
}

async function sendFlows(response: ServerResponse): Promise<void> {
  const { bytes, spans, count, stamp } = corpus;
  let sent = 0;
  let wake = (): void => {};
  response.on('drain', () => wake()).on('close', () => wake());
  for (let cycle = 0; sent < flows; cycle++) {
    stamp(cycle);
    for (let i = 0; i < count && sent < flows; i += CHUNK_FLOWS) {
      const last = Math.min(count, i + CHUNK_FLOWS) - 1;
      const from = (spans[i * 2] ?? 0) - FRAME_HEADER_BYTES;
      // A copy: the corpus is written again while the socket still has this.
      const chunk = Buffer.from(bytes.subarray(from, spans[last * 2 + 1]));
      sent += last - i + 1;
      if (response.write(chunk)) continue;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      if (response.closed) return;
    }
  }
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (request.method === 'GET') {
    const path = pathname === '/' ? 'index.html' : pathname;
    const isCorpus = path === '/corpus.bin';
    const file = isCorpus ? undefined : findStatic(path);
    if (!isCorpus && file === undefined) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
      return;
    }
    response.writeHead(200, {
      'content-type': MEDIA_TYPES[extname(path)] ?? 'application/octet-stream',
      'content-length': file === undefined ? corpus.bytes.length : statSync(file).size,
      // As the gateway does: measurements of memory need it.
      'cross-origin-opener-policy': 'same-origin',
    });
    const body = file === undefined ? Readable.from([Buffer.from(corpus.bytes)]) : createReadStream(file);
    response.on('close', () => body.destroy());
    body.on('error', () => response.destroy());
    body.pipe(response);
    return;
  }
  const body = await buffer(request);
  response.writeHead(200, { 'content-type': 'application/grpc-web+proto' });
  if (!pathname.endsWith('/GetFlows')) {
    response.end(encodeTrailerFrame(UNIMPLEMENTED));
    return;
  }
  const { follow } = fromBinary(GetFlowsRequestSchema, body.subarray(FRAME_HEADER_BYTES));
  if (follow) await sendFlows(response);
  else response.end(encodeTrailerFrame(0));
}

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    response.destroy();
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  announce(typeof address === 'object' && address !== null ? address.port : 0);
});
