import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gridAction, type GridFocus, type KeyPress } from './grid-keys.ts';

const shape = { rows: 100, columns: 7, pageRows: 10 };

function press(text: string, focus: GridFocus) {
  const keys = text.split('+');
  const key = keys.at(-1) ?? '';
  const made: KeyPress = {
    key,
    ctrl: keys.includes('Ctrl'),
    meta: keys.includes('Meta'),
    alt: keys.includes('Alt'),
    shift: keys.includes('Shift'),
  };
  return gridAction(made, focus, shape);
}

describe('gridAction', () => {
  it.each([
    ['ArrowDown', { row: 6, column: 3 }],
    ['ArrowUp', { row: 4, column: 3 }],
    ['ArrowLeft', { row: 5, column: 2 }],
    ['ArrowRight', { row: 5, column: 4 }],
    ['PageDown', { row: 15, column: 3 }],
    ['PageUp', { row: 0, column: 3 }],
    ['Home', { row: 5, column: 0 }],
    ['End', { row: 5, column: 6 }],
    ['Ctrl+Home', { row: 0, column: 0 }],
    ['Meta+End', { row: 99, column: 6 }],
  ])('%s moves', (key, to) => {
    expect(press(key, { row: 5, column: 3 })).toEqual({ do: 'move', to });
  });

  it('stops at the edges', () => {
    expect(press('ArrowUp', { row: -1, column: 0 })).toEqual({ do: 'move', to: { row: -1, column: 0 } });
    expect(press('ArrowDown', { row: 99, column: 6 })).toEqual({ do: 'move', to: { row: 99, column: 6 } });
  });

  it('opens rows, not the head', () => {
    expect(press('Enter', { row: 0, column: 0 })).toEqual({ do: 'open' });
    expect(press('Enter', { row: -1, column: 0 })).toEqual({ do: 'sort' });
  });

  it('moves and resizes columns from the head only', () => {
    expect(press('Alt+ArrowRight', { row: -1, column: 1 })).toEqual({ do: 'move-column', by: 1 });
    expect(press('Shift+ArrowLeft', { row: -1, column: 1 })).toEqual({ do: 'resize-column', byPx: -16 });
    expect(press('Alt+ArrowRight', { row: 3, column: 1 })).toBe(undefined);
  });

  it("leaves the shell's keys alone", () => {
    for (const key of ['f', 'x', 'd', 'n', 'p', '/', ' ', 'Escape', 'Ctrl+f', 'Tab']) {
      expect(press(key, { row: 3, column: 1 }), key).toBe(undefined);
    }
  });

  it('opens the menu and copies', () => {
    expect(press('Shift+F10', { row: 3, column: 1 })).toEqual({ do: 'menu' });
    expect(press('ContextMenu', { row: 3, column: 1 })).toEqual({ do: 'menu' });
    expect(press('Ctrl+c', { row: 3, column: 1 })).toEqual({ do: 'copy' });
  });

  it('never leaves the grid', () => {
    const keys = fc.constantFrom(
      'ArrowUp',
      'ArrowDown',
      'ArrowLeft',
      'ArrowRight',
      'PageUp',
      'PageDown',
      'Home',
      'End',
    );
    fc.assert(
      fc.property(
        keys,
        fc.boolean(),
        fc.integer({ min: -1, max: 200 }),
        fc.nat(20),
        fc.nat(50),
        (key, ctrl, row, column, rows) => {
          const small = { rows, columns: 3, pageRows: 10 };
          const action = gridAction(
            { key, ctrl, meta: false, alt: false, shift: false },
            { row, column },
            small,
          );
          if (action?.do !== 'move') throw new Error('a movement key moves');
          expect(action.to.row).toBeGreaterThanOrEqual(-1);
          expect(action.to.row).toBeLessThan(Math.max(rows, 0.5));
          expect(action.to.column).toBeGreaterThanOrEqual(0);
          expect(action.to.column).toBeLessThan(3);
        },
      ),
      { seed: 5 },
    );
  });
});
