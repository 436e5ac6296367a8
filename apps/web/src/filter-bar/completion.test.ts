import { describe, expect, it } from 'vitest';
import { applyOption, keyOptions, markedPart, stepMark, valueOptions } from './completion.ts';

describe('valueOptions', () => {
  it('puts values seen first and adds fixed ones that fit', () => {
    const options = valueOptions([{ value: 'DROPPED', count: 408 }], ['FORWARDED', 'DROPPED', 'AUDIT'], 'd');
    expect(options).toEqual([
      { kind: 'value', id: 'value-DROPPED', value: 'DROPPED', count: 408 },
      { kind: 'value', id: 'value-FORWARDED', value: 'FORWARDED', count: 0 },
      { kind: 'value', id: 'value-AUDIT', value: 'AUDIT', count: 0 },
    ]);
  });

  it('puts what begins with the typed part before what only contains it', () => {
    const seen = [
      { value: 'FORWARDED', count: 900 },
      { value: 'DROPPED', count: 4 },
    ];
    const values = valueOptions(seen, [], 'd').map((option) => option.kind === 'value' && option.value);
    expect(values).toEqual(['DROPPED', 'FORWARDED']);
  });

  it('claims no count before any was made', () => {
    expect(valueOptions([], ['AUDIT'], '').map((option) => option.kind === 'value' && option.count)).toEqual([
      undefined,
    ]);
  });
});

describe('applyOption', () => {
  it('completes a key and a value in their place', () => {
    const [key] = keyOptions([{ key: 'from-pod', doc: '', example: 'from-pod:default/xwing' }]);
    if (key === undefined) throw new Error('there is one key');
    expect(applyOption('from-p', { from: 0, to: 6 }, key)).toEqual({ text: 'from-pod:', caret: 9 });
    const value = { kind: 'value', id: '', value: 'default/xwing', count: 1 } as const;
    expect(applyOption('from-pod:def port:80', { from: 9, to: 12 }, value)).toEqual({
      text: 'from-pod:default/xwing port:80',
      caret: 22,
    });
  });

  it('quotes values with blanks', () => {
    const value = { kind: 'value', id: '', value: 'a b', count: 1 } as const;
    expect(applyOption('label:', { from: 6, to: 6 }, value).text).toBe('label:"a b"');
  });
});

it('marks what was typed, whatever its case', () => {
  expect(markedPart('default/xwing', 'XW')).toEqual({ from: 8, to: 10 });
  expect(markedPart('default/xwing', 'tie')).toBe(undefined);
  expect(markedPart('default/xwing', '')).toBe(undefined);
});

it('walks round the list', () => {
  expect(stepMark(-1, 1, 3)).toBe(0);
  expect(stepMark(-1, -1, 3)).toBe(2);
  expect(stepMark(2, 1, 3)).toBe(0);
  expect(stepMark(0, -1, 3)).toBe(2);
  expect(stepMark(0, 1, 0)).toBe(-1);
});
