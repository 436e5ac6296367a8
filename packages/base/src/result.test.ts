import { expect, expectTypeOf, test } from 'vitest';
import type { Brand } from './brand.ts';
import { err, ok, type Result } from './result.ts';

function parsePort(text: string): Result<number, string> {
  return /^\d+$/.test(text) ? ok(Number(text)) : err(`"${text}" is no port`);
}

test('a result is told apart by ok', () => {
  expect(parsePort('80')).toEqual({ ok: true, value: 80 });
  expect(parsePort('http')).toEqual({ ok: false, error: '"http" is no port' });
});

test('the value is out of reach until ok was looked at', () => {
  const result = parsePort('80');
  expectTypeOf(result).not.toHaveProperty('value');
  if (result.ok) expectTypeOf(result.value).toBeNumber();
});

test('brands of one base type do not mix', () => {
  type RowId = Brand<number, 'RowId'>;
  type StringId = Brand<number, 'StringId'>;
  expectTypeOf<RowId>().toExtend<number>();
  expectTypeOf<number>().not.toExtend<RowId>();
  expectTypeOf<StringId>().not.toExtend<RowId>();
});
