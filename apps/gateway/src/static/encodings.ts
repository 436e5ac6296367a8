// Which content encoding a browser takes, and making it.

import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type Encoding = 'br' | 'gzip' | 'identity';

const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);

/** Below this a file is sent as it is: it fits one packet anyway. */
export const MIN_COMPRESS_BYTES = 1024;

/** The best encoding that Accept-Encoding allows. A weight of 0 forbids; order and other weights are not looked at. */
export function chooseEncoding(acceptEncoding: string | undefined): Encoding {
  const allowed = new Set<string>();
  for (const part of (acceptEncoding ?? '').toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim());
    if (!parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))) allowed.add(name);
  }
  if (allowed.has('br')) return 'br';
  return allowed.has('gzip') ? 'gzip' : 'identity';
}

export function compress(encoding: Exclude<Encoding, 'identity'>, bytes: Buffer): Promise<Buffer> {
  if (encoding === 'gzip') return deflate(bytes, { level: 9 });
  return brotli(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
}
