import { expect, it } from 'vitest';
import { rowName, toggleRow } from './open-rows.ts';

const status = rowName('http', ['GET', '/status/{code}']);
const post = rowName('http', ['POST', '/post']);
const name = rowName('dns', ['a.shop.svc.cluster.local.', 'A, AAAA']);

it('keeps one row of each protocol open', () => {
  expect(status).toBe('http GET /status/{code}');
  expect(toggleRow([], status)).toEqual([status]);
  expect(toggleRow([status], name)).toEqual([status, name]);
  expect(toggleRow([status, name], post)).toEqual([name, post]);
  expect(toggleRow([name, post], name)).toEqual([post]);
});
