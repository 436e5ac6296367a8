import { mkdir, symlink, utimes, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Gateway } from '../gateway.ts';
import { writeFiles } from '../testing/certificates.ts';
import { startTestGateway } from '../testing/start-gateway.ts';

const SCRIPT = 'export const answer = 42;\n'.repeat(200);
let files: Awaited<ReturnType<typeof writeFiles>>;
let gateway: Gateway;

beforeAll(async () => {
  files = await writeFiles({
    'index.html': '<!doctype html><title>x</title>',
    'secret.txt': 'outside',
    '.env': 'hidden',
    'fav icon.svg': '<svg/>',
  });
  await mkdir(files.path('dist/assets'), { recursive: true });
  await writeFile(files.path('dist/index.html'), '<!doctype html><title>Finderscope</title>');
  await writeFile(files.path('dist/.hidden'), 'hidden');
  await writeFile(files.path('dist/assets/index-B7x_q2Pd.js'), SCRIPT);
  await writeFile(files.path('dist/assets/font-CkhJZR-1.woff2'), 'f'.repeat(5000));
  await writeFile(files.path('dist/ready.js'), SCRIPT);
  await writeFile(files.path('dist/ready.js.br'), 'made by the build');
  await symlink(files.path('secret.txt'), files.path('dist/link.txt'));
  gateway = await startTestGateway([
    '--web-dir',
    files.path('dist'),
    '--base-path',
    '/hubble',
    '--server',
    '127.0.0.1:1',
  ]);
});
afterAll(async () => {
  await gateway.stop();
  await files.remove();
});

type Reply = { readonly status: number; readonly headers: Record<string, unknown>; readonly body: Buffer };

/** A request with the path exactly as given; fetch would tidy it. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port: gateway.port, path, headers, method },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    request.on('error', reject);
    request.end();
  });
}

describe('the page', () => {
  test('index.html is asked for anew each time, and answered with 304 while it is the same', async () => {
    const first = await get('/hubble/');
    expect([first.status, first.headers['cache-control'], first.headers['content-type']]).toEqual([
      200,
      'no-cache',
      'text/html; charset=utf-8',
    ]);
    const etag = String(first.headers['etag']);
    const again = await get('/hubble/', { 'if-none-match': etag });
    expect([again.status, again.body.length, again.headers['etag']]).toEqual([304, 0, etag]);
    expect((await get('/hubble/', { 'if-none-match': `"x", W/${etag}` })).status).toBe(304);
    expect((await get('/hubble/', { 'if-none-match': '"x"' })).status).toBe(200);
  });

  test('a rebuilt page is served at once', async () => {
    await writeFile(files.path('dist/changing.txt'), 'one');
    const first = await get('/hubble/changing.txt');
    await writeFile(files.path('dist/changing.txt'), 'two');
    await utimes(files.path('dist/changing.txt'), 1, 1);
    const second = await get('/hubble/changing.txt');
    expect([first.body.toString(), second.body.toString()]).toEqual(['one', 'two']);
    expect(first.headers['etag']).not.toBe(second.headers['etag']);
  });

  test('hashed assets never change', async () => {
    const asset = await get('/hubble/assets/index-B7x_q2Pd.js');
    expect([asset.status, asset.headers['cache-control'], asset.headers['content-type']]).toEqual([
      200,
      'public, max-age=31536000, immutable',
      'text/javascript; charset=utf-8',
    ]);
  });

  test('compression by what the browser takes', async () => {
    const path = '/hubble/assets/index-B7x_q2Pd.js';
    const br = await get(path, { 'accept-encoding': 'gzip, br' });
    expect([
      br.headers['content-encoding'],
      brotliDecompressSync(br.body).toString(),
      br.headers['vary'],
    ]).toEqual(['br', SCRIPT, 'accept-encoding']);
    const gz = await get(path, { 'accept-encoding': 'gzip, br;q=0' });
    expect([gz.headers['content-encoding'], gunzipSync(gz.body).toString()]).toEqual(['gzip', SCRIPT]);
    const plain = await get(path);
    expect([plain.headers['content-encoding'], plain.body.toString()]).toEqual([undefined, SCRIPT]);
    expect(new Set([br, gz, plain].map((reply) => reply.headers['etag'])).size).toBe(3);
    expect(
      (await get('/hubble/assets/font-CkhJZR-1.woff2', { 'accept-encoding': 'br' })).headers[
        'content-encoding'
      ],
    ).toBeUndefined();
  });

  test('what the build compressed is taken', async () => {
    expect((await get('/hubble/ready.js', { 'accept-encoding': 'br' })).body.toString()).toBe(
      'made by the build',
    );
  });

  test('HEAD has the headers without the body', async () => {
    const head = await get('/hubble/', {}, 'HEAD');
    expect([head.status, head.body.length, Number(head.headers['content-length']) > 0]).toEqual([
      200,
      0,
      true,
    ]);
  });

  test('other methods are 405', async () => {
    for (const path of ['/hubble/', '/hubble/api/config', '/healthz']) {
      const reply = await get(path, {}, 'PUT');
      expect([path, reply.status, reply.headers['allow']]).toEqual([path, 405, 'GET, HEAD']);
    }
  });

  test('nothing outside of the folder, no hidden file, no tricks', async () => {
    const paths = [
      'nothing.js',
      'assets',
      'assets/',
      '../secret.txt',
      '%2e%2e/secret.txt',
      '..%2fsecret.txt',
      'assets/../../secret.txt',
      'link.txt',
      '.hidden',
      '%00',
      '%',
      'a\\..\\..\\secret.txt',
      'assets//index-B7x_q2Pd.js',
    ];
    for (const path of paths) {
      const reply = await get(`/hubble/${path}`);
      expect([path, reply.status]).toEqual([path, 404]);
      expect(reply.body.toString()).not.toContain('outside');
    }
  });

  test('everything carries the security headers', async () => {
    for (const path of [
      '/hubble/',
      '/hubble/assets/index-B7x_q2Pd.js',
      '/hubble/nothing',
      '/hubble/api/config',
      '/other',
      '/healthz',
    ]) {
      const { headers } = await get(path);
      expect(headers['content-security-policy']).toMatch(
        /^default-src 'none'; script-src 'self';.*frame-ancestors 'none'$/,
      );
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
    }
  });
});

describe('base path', () => {
  test('without its slash it is redirected, relative, query kept', async () => {
    const reply = await get('/hubble?filter=verdict%3ADROPPED');
    expect([reply.status, reply.headers['location']]).toEqual([308, 'hubble/?filter=verdict%3ADROPPED']);
  });

  test.each(['/', '/index.html'])('a proxy may have stripped it: %s', async (path) => {
    const [stripped, whole] = await Promise.all([get(path), get(`/hubble${path}`)]);
    expect(stripped.status).toBe(200);
    expect(stripped.body).toEqual(whole.body);
  });

  test('is a whole folder', async () => {
    expect((await get('/hubblesque')).status).toBe(404);
  });

  test('the configuration for the page', async () => {
    const reply = await get('/hubble/api/config');
    expect((await get('/api/config')).body).toEqual(reply.body);
    expect([reply.status, JSON.parse(reply.body.toString())]).toEqual([
      200,
      {
        version: expect.stringMatching(/^\d+\./),
        basePath: '/hubble/',
        quickFilters: [],
        source: { server: '127.0.0.1:1', tls: false, demo: false, name: '127.0.0.1:1' },
      },
    ]);
  });
});

test('a page that is not built says how to build it', async () => {
  const empty = await writeFiles({});
  const bare = await startTestGateway(['--web-dir', empty.path('')]);
  const response = await fetch(bare.url);
  expect([response.status, await response.text()]).toEqual([503, expect.stringContaining('npm run build')]);
  await bare.stop();
  await empty.remove();
});
