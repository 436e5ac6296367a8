// File endings the built page is made of.

export type MediaType = { readonly name: string; readonly compressible: boolean };

const UNKNOWN: MediaType = { name: 'application/octet-stream', compressible: false };

const BY_ENDING: Readonly<Record<string, MediaType>> = {
  '.css': { name: 'text/css; charset=utf-8', compressible: true },
  '.html': { name: 'text/html; charset=utf-8', compressible: true },
  '.ico': { name: 'image/x-icon', compressible: true },
  '.js': { name: 'text/javascript; charset=utf-8', compressible: true },
  '.json': { name: 'application/json; charset=utf-8', compressible: true },
  '.map': { name: 'application/json; charset=utf-8', compressible: true },
  '.mjs': { name: 'text/javascript; charset=utf-8', compressible: true },
  '.png': { name: 'image/png', compressible: false },
  '.svg': { name: 'image/svg+xml', compressible: true },
  '.txt': { name: 'text/plain; charset=utf-8', compressible: true },
  '.wasm': { name: 'application/wasm', compressible: true },
  '.webmanifest': { name: 'application/manifest+json', compressible: true },
  '.webp': { name: 'image/webp', compressible: false },
  '.woff2': { name: 'font/woff2', compressible: false },
};

/** By ending, e.g. '.js'; with nosniff an unknown one is only ever downloaded. */
export function mediaTypeOf(ending: string): MediaType {
  return BY_ENDING[ending.toLowerCase()] ?? UNKNOWN;
}
