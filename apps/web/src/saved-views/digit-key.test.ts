import { describe, expect, it } from 'vitest';
import { viewIndexOf } from './digit-key.ts';

describe('viewIndexOf', () => {
  const press = {
    code: 'Digit3',
    altKey: true,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    repeat: false,
  };
  it('takes Alt and a digit, and nothing else', () => {
    expect(viewIndexOf(press)).toBe(2);
    expect(viewIndexOf({ ...press, code: 'Numpad9' })).toBe(8);
    for (const other of [
      { code: 'Digit0' },
      { code: 'KeyA' },
      { altKey: false },
      { ctrlKey: true },
      { repeat: true },
    ])
      expect(viewIndexOf({ ...press, ...other })).toBeUndefined();
  });
});
