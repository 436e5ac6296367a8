export { assert, assertNever, defined } from './assert.ts';
export type { Brand } from './brand.ts';
export { nearest } from './nearest.ts';
export { err, ok, type Result } from './result.ts';
export { sameBytes } from './same-bytes.ts';
