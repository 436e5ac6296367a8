import { expect, it } from 'vitest';
import { type LongNameProps, nameParts } from './long-name.tsx';

const parts = (end: LongNameProps) => {
  const { namespace, head, tail, port } = nameParts(end);
  return `${namespace} ${head} ${tail} ${port}`;
};

it('cuts a long name before its last six letters, and keeps a short one whole', () => {
  expect(parts({ namespace: 'shop', name: 'cart-7f6c5d9bb4-x2z9q', port: 8080 })).toBe(
    'shop/ cart-7f6c5d9bb4 -x2z9q :8080',
  );
  expect(parts({ namespace: 'shop', name: 'twelve-chars' })).toBe('shop/ twelve-chars  ');
  expect(parts({ name: 'thirteen-char' })).toBe(' thirtee n-char ');
});

it('writes an address of version 6 in brackets where a port follows', () => {
  expect(parts({ name: 'fe80::1', port: 53 })).toBe(' [fe80::1]  :53');
  expect(parts({ name: 'fe80::1' })).toBe(' fe80::1  ');
});
