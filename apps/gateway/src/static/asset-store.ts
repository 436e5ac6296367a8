// The built page's files, read when first asked for and kept, compressed too, until they change on disk. Only what
// lies under the folder is ever read.

import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { compress, type Encoding, MIN_COMPRESS_BYTES } from './encodings.ts';
import { mediaTypeOf } from './media-types.ts';

export type Asset = {
  readonly bytes: Buffer;
  readonly encoding: Encoding;
  readonly mediaType: string;
  /** Strong, quoted, differs per encoding. */
  readonly etag: string;
  /** The name carries a hash of the content: it never changes. */
  readonly immutable: boolean;
};

type Entry = { readonly version: string; readonly asset: Promise<Asset> };

/** `assets/index-B7x_q2Pd.js`, as Vite names them. */
const HASHED_NAME = /(^|\/)assets\/[^/]*[-.][A-Za-z0-9_-]{8,}\.[A-Za-z0-9.]+$/;

export class AssetStore {
  readonly #root: string;
  readonly #entries = new Map<string, Entry>();

  constructor(root: string) {
    this.#root = root;
  }

  /** The file at a relative path ('index.html'), or undefined when there is none or it may not be served. */
  async find(path: string, wanted: Encoding): Promise<Asset | undefined> {
    if (!isServable(path)) return undefined;
    const file = await this.#fileAt(path);
    if (file === undefined) return undefined;
    const encoding =
      mediaTypeOf(extname(path)).compressible && file.bytes >= MIN_COMPRESS_BYTES ? wanted : 'identity';
    const key = `${encoding} ${path}`;
    const known = this.#entries.get(key);
    if (known?.version === file.version) return known.asset;
    const asset = loadAsset(file.path, path, encoding);
    this.#entries.set(key, { version: file.version, asset });
    asset.catch(() => this.#entries.delete(key));
    return asset;
  }

  async #fileAt(
    path: string,
  ): Promise<{ readonly path: string; readonly version: string; readonly bytes: number } | undefined> {
    try {
      const root = await realpath(this.#root);
      // Links that lead out of the folder are not followed.
      const real = await realpath(join(root, path));
      if (!real.startsWith(root + sep)) return undefined;
      const info = await stat(real);
      return info.isFile()
        ? { path: real, version: `${info.mtimeMs}-${info.size}`, bytes: info.size }
        : undefined;
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  }
}

/** Plain relative names only: no dot files, no way upwards, nothing a file system reads differently from a URL. */
function isServable(path: string): boolean {
  return path !== '' && path.split('/').every((part) => /^[\w-][\w.@+ -]*$/.test(part));
}

async function loadAsset(file: string, path: string, encoding: Encoding): Promise<Asset> {
  const plain = await readFile(file);
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 22);
  return {
    bytes: encoding === 'identity' ? plain : await compressed(file, plain, encoding),
    encoding,
    mediaType: mediaTypeOf(extname(path)).name,
    etag: encoding === 'identity' ? `"${hash}"` : `"${hash}-${encoding}"`,
    immutable: HASHED_NAME.test(path),
  };
}

/** A `.br` or `.gz` beside the file is taken when the build made one after the file itself. */
async function compressed(file: string, plain: Buffer, encoding: 'br' | 'gzip'): Promise<Buffer> {
  const ready = `${file}.${encoding === 'br' ? 'br' : 'gz'}`;
  try {
    const [source, made] = await Promise.all([stat(file), stat(ready)]);
    if (made.mtimeMs >= source.mtimeMs) return await readFile(ready);
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
  return compress(encoding, plain);
}

function isAbsent(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'].includes(String(error.code))
  );
}
