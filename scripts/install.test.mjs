import { describe, expect, test } from 'vitest';
import { fitsLock, stampOf } from './install.mjs';

const lock = {
  packages: {
    '': { name: 'root' },
    'packages/base': { version: '0.1.0' },
    'node_modules/@x/base': { link: true, resolved: 'packages/base' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/fsevents': { version: '2.0.0', optional: true },
  },
};
const installed = {
  packages: {
    'packages/base': { version: '0.1.0' },
    'node_modules/@x/base': { link: true, resolved: 'packages/base' },
    'node_modules/a': { version: '1.0.0' },
  },
};

describe('what is installed fits the lock', () => {
  test('when only packages for other machines are missing', () => {
    expect(fitsLock(lock, installed, () => true)).toBe(true);
  });

  test.each([
    ['nothing is recorded', undefined],
    ['the record is empty', {}],
    ['a package is missing', { packages: { ...installed.packages, 'node_modules/a': undefined } }],
    ['a version differs', { packages: { ...installed.packages, 'node_modules/a': { version: '0.9.0' } } }],
    [
      'a package is left over',
      { packages: { ...installed.packages, 'node_modules/b': { version: '1.0.0' } } },
    ],
  ])('not when %s', (_name, record) => {
    expect(fitsLock(lock, record, () => true)).toBe(false);
  });
});

test('a folder that somebody deleted is missed', () => {
  expect(fitsLock(lock, installed, (path) => path !== 'node_modules/a')).toBe(false);
});

test('the stamp changes with the lock', () => {
  expect(stampOf('{}')).not.toBe(stampOf('{ }'));
  expect(stampOf('{}')).toBe(stampOf('{}'));
});
