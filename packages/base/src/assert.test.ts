import { describe, expect, test } from 'vitest';
import { assert, assertNever, AssertionError, defined } from './assert.ts';

describe('assert', () => {
  test('lets a true condition pass and narrows', () => {
    const value: string | undefined = ['x'].at(0);
    assert(value !== undefined, 'there is a first one');
    expect(value.length).toBe(1);
  });

  test.each([false, 0, '', null, undefined])('throws on %j with the message', (condition) => {
    expect(() => {
      assert(condition, 'columns have one length');
    }).toThrow(new AssertionError('columns have one length'));
  });
});

describe('defined', () => {
  test.each([0, '', false])('keeps the falsy value %j', (value) => {
    expect(defined(value, 'value')).toBe(value);
  });

  test.each([null, undefined])('throws on %j and names what is missing', (value) => {
    expect(() => defined(value, 'root element')).toThrow('root element is missing');
  });
});

describe('assertNever', () => {
  test('shows the value that the types had ruled out', () => {
    const widened: never = JSON.parse('{"kind":"new"}') as never;
    expect(() => assertNever(widened)).toThrow('unexpected value {"kind":"new"}');
  });

  test('says what it is by name', () => {
    expect(new AssertionError('x').name).toBe('AssertionError');
  });
});
