import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { packageEnvironment, root } from './paths.mjs';

afterEach(() => vi.unstubAllEnvs());

it('lets programs start from what was compiled before, where the caller wants it', () => {
  vi.stubEnv('NODE_COMPILE_CACHE', undefined);
  expect(packageEnvironment().NODE_COMPILE_CACHE).toBe(join(root, '.cache', 'node'));
  vi.stubEnv('NODE_COMPILE_CACHE', '/elsewhere');
  expect(packageEnvironment().NODE_COMPILE_CACHE).toBe('/elsewhere');
});
