import { describe, expect, it } from 'vitest';
import { graphOf } from '../testing/graph-fixture.ts';
import { placeGraph } from '../testing/plan-fixture.ts';
import { mapAct } from './map-keys.ts';
import { markables, nextMark } from './next-mark.ts';

const { scene, geometry } = placeGraph(
  graphOf(`
    shop/frontend -> shop/cart 300
    shop/frontend -> shop/catalog 300
    shop/cart     -> data/redis 120
    shop/cart     -> kube-system/coredns 30`),
);
const marks = markables(scene, geometry);

/** Where one arrow after the other leads. */
function walk(...to: readonly Parameters<typeof nextMark>[2][]): readonly (string | undefined)[] {
  let at: string | undefined;
  return to.map((direction) => (at = nextMark(marks, at, direction)?.hit.id));
}

describe('the mark of the keyboard', () => {
  it('starts at what comes first in reading', () => {
    expect(walk('right')).toEqual(['island:/shop']);
  });

  it('goes on by columns and rows, and stays where there is nothing more', () => {
    expect(walk('down', 'down', 'right').slice(1)).toEqual([
      'shop/frontend',
      expect.stringMatching(/^shop\/ca/),
    ]);
    const right = walk(...Array.from({ length: 8 }, () => 'right' as const));
    expect(right.at(-1)).toBe('data/redis');
  });

  it('reaches everything there is', () => {
    const reached = new Set<string | undefined>([undefined]);
    for (const from of reached) {
      for (const to of ['left', 'right', 'up', 'down'] as const)
        reached.add(nextMark(marks, from, to)?.hit.id);
    }
    expect([...reached].filter((id) => id !== undefined).toSorted()).toEqual(
      marks.map(({ hit }) => hit.id).toSorted(),
    );
  });

  it('has nowhere to be on an empty map', () => {
    expect(nextMark([], undefined, 'left')).toBeUndefined();
  });
});

describe('keys of the map', () => {
  const press = (key: string, held: Partial<Parameters<typeof mapAct>[0]> = {}): unknown =>
    mapAct({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held });

  it('are arrows that mark, pan and move', () => {
    expect(press('ArrowLeft')).toEqual({ kind: 'mark', to: 'left' });
    expect(press('ArrowLeft', { shiftKey: true })).toEqual({ kind: 'pan', dx: 60, dy: -0 });
    expect(press('ArrowDown', { metaKey: true })).toEqual({ kind: 'move', dx: 0, dy: 20 });
  });

  it('leave what belongs to page and browser alone', () => {
    expect([
      press('ArrowLeft', { altKey: true }),
      press('h', { ctrlKey: true }),
      press(' '),
      press('n'),
    ]).toEqual([undefined, undefined, undefined, undefined]);
  });
});
