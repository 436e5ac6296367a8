import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { machineOf, missingEntries } from './complete-lock.mjs';

test('package-lock.json has no holes', () => {
  const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
  expect(missingEntries(lock.packages), 'run node scripts/complete-lock.mjs').toEqual({});
});

describe('a missing package', () => {
  const packages = {
    '': {},
    'node_modules/a': {
      version: '1.0.0',
      dev: true,
      optionalDependencies: { '@a/linux-x64': '1.0.0', '@a/darwin-x64': '1.0.0' },
    },
    'node_modules/@a/linux-x64': { version: '1.0.0' },
  };

  test('gets the version its owner names', () => {
    expect(missingEntries(packages)).toEqual({
      'node_modules/@a/darwin-x64': {
        version: '1.0.0',
        dev: true,
        optional: true,
        cpu: ['x64'],
        os: ['darwin'],
      },
    });
  });

  test('is left to npm when its owner names a range', () => {
    const ranged = { 'node_modules/a': { optionalDependencies: { fsevents: '~2.3.3' } } };
    expect(missingEntries(ranged)).toEqual({});
  });
});

test.each([
  ['@oxlint/binding-linux-arm64-musl', { cpu: ['arm64'], libc: ['musl'], os: ['linux'] }],
  ['@oxlint/binding-linux-arm-gnueabihf', { cpu: ['arm'], libc: ['glibc'], os: ['linux'] }],
  ['@oxlint/binding-win32-ia32-msvc', { cpu: ['ia32'], os: ['win32'] }],
  ['@bufbuild/buf-linux-aarch64', { cpu: ['arm64'], os: ['linux'] }],
  ['@bufbuild/buf-linux-armv7', { cpu: ['arm'], os: ['linux'] }],
  ['@tailwindcss/oxide-wasm32-wasi', { cpu: ['wasm32'] }],
])('%s is for %j', (name, machine) => {
  expect(machineOf(name)).toEqual(machine);
});
