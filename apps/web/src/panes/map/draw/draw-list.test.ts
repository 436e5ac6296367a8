import { describe, expect, it } from 'vitest';
import { graphOf } from '../testing/graph-fixture.ts';
import { placeGraph, type PlaceOptions } from '../testing/plan-fixture.ts';
import { type Drawing, drawList } from './draw-list.ts';
import type { Look } from './look.ts';
import { ICONS } from './marks.ts';
import type { Measure, Op, PathOp } from './ops.ts';

const measure: Measure = (text, size) => text.length * size * 0.5;
const PLAIN_LOOK: Look = {
  hover: undefined,
  mark: undefined,
  chosen: new Set(),
  chosenLinks: new Set(),
  beside: new Set(),
  found: undefined,
  pinned: new Set(),
};
const EVERYWHERE = { x: -1e6, y: -1e6, w: 2e6, h: 2e6 };

function drawn(text: string, look: Partial<Look> = {}, options: PlaceOptions = {}): Drawing {
  const { scene, geometry, links } = placeGraph(graphOf(text), options);
  return { scene, geometry, links, look: { ...PLAIN_LOOK, ...look }, noun: 'workload', arranged: 1 };
}

function ops(
  text: string,
  zoom: number,
  look: Partial<Look> = {},
  options: PlaceOptions = {},
): readonly Op[] {
  return drawList(drawn(text, look, options), zoom, EVERYWHERE, measure);
}

function texts(list: readonly Op[]): readonly string[] {
  return list.flatMap((op) => (op.op === 'text' ? [op.text] : []));
}

function strokes(list: readonly Op[]): readonly string[] {
  return list.flatMap((op) =>
    op.op === 'path' && op.stroke !== undefined
      ? [`${op.stroke}${op.dash === undefined ? '' : ` ${op.dash.join('-')}`}`]
      : [],
  );
}

function pathsIn(list: readonly Op[], ink: string): readonly PathOp[] {
  return list.flatMap((op) => (op.op === 'path' && (op.stroke === ink || op.fill === ink) ? [op] : []));
}

describe('what is written', () => {
  const TEXT = 'shop/cart -> shop/redis 120 dropped:6 port:6379';

  it('is everything when near', () => {
    const written = texts(ops(TEXT, 1.5));
    expect(written).toEqual(
      expect.arrayContaining(['shop', 'cart', 'redis', '2.1/s', '6379/TCP', '2.0/s', '0.1/s']),
    );
    expect(written.some((text) => text.startsWith('2 pods · identity 4711'))).toBe(true);
  });

  it('is names, rates and drops at a middle zoom', () => {
    const written = texts(ops(TEXT, 1));
    expect(written).toEqual(expect.arrayContaining(['cart', 'redis', '2.1/s', '0.1/s']));
    expect(written).not.toContain('6379/TCP');
  });

  it('is the island alone when far', () => {
    expect(texts(ops(TEXT, 0.35))).toEqual(['shop', '0.1/s']);
  });

  it('is names alone while small cards have room for them', () => {
    const written = texts(ops(TEXT, 0.6));
    expect(written).toEqual(expect.arrayContaining(['cart', 'redis']));
    expect(written).not.toContain('2.1/s');
  });

  it('of a narrow island is its whole name rather than a part of it and a mark', () => {
    const map = drawn('batch/report -> web/web 10 port:80');
    const written = texts(drawList(map, 0.5, EVERYWHERE, (text) => text.length * 9));
    expect(written).toContain('batch');
  });

  it.each([0.35, 0.5, 0.7])('of a cluster lies on no name of an island at %d', (zoom) => {
    const list = ops('one:shop/cart -> two:shop/redis 120 dropped:6 port:6379', zoom);
    const topOf = (name: string): readonly number[] =>
      list.flatMap((op) => (op.op === 'text' && op.text === name ? [op.at.y * zoom + op.at.dy] : []));
    const [cluster = Number.NaN] = topOf('one');
    const islands = topOf('shop');
    expect(islands.length).toBeGreaterThan(0);
    for (const island of islands) expect(island - cluster).toBeGreaterThanOrEqual(18);
  });

  it('of a narrow island is a part of its name, not the mark alone', () => {
    const wide: Measure = (text, size) => text.length * size * 0.65;
    const map = drawn('monitoring/prometheus -> web/web 10 port:80');
    expect(texts(drawList(map, 0.5, EVERYWHERE, wide))).toContain('mon…ring');
  });

  it('names what stands in the lane as long as there is any room', () => {
    expect(texts(ops('shop/cart -> kube-system/kube-dns 10 port:53', 0.42))).toContain('kube-dns');
  });

  it('of a card in the lane is its rate rather than an icon, where there is room for one of them', () => {
    // The rate is that of cart too.
    const lane = (name: string): readonly [number, boolean] => {
      const list = ops(`shop/cart -> kube-system/${name} 120 port:53`, 1);
      const icons = list.filter((op) => op.op === 'glyph' && op.d === ICONS.workload);
      return [texts(list).filter((text) => text === '2.0/s').length, icons.length > 0];
    };
    expect(lane('dns')).toEqual([2, true]);
    expect(lane('core-dns')).toEqual([2, false]);
    // Nothing would be gained without it.
    expect(lane('node-exporter')).toEqual([1, true]);
  });

  it('of an island stands on a ground above links', () => {
    for (const zoom of [0.4, 0.6, 1]) {
      const list = ops(TEXT, zoom);
      const lastLink = list.findLastIndex(({ op }) => op === 'path');
      const name = list.findIndex((op) => op.op === 'text' && op.text === 'shop');
      const ground = list.findLastIndex(({ op }, at) => op === 'bar' && at < name);
      expect([lastLink < ground, ground < name]).toEqual([true, true]);
    }
  });

  it('of a link far away is told when it is pointed at', () => {
    const written = texts(ops(TEXT, 0.4, { hover: 'shop/cart>shop/redis' }));
    expect(written).toEqual(expect.arrayContaining(['6379/TCP', '2.0/s', '0.1/s']));
  });

  it('of a closed island says what is inside, with its drops', () => {
    const written = texts(ops('shop/cart -> data/redis 60 dropped:60', 1, {}, { turned: ['island:/data'] }));
    expect(written).toEqual(expect.arrayContaining(['data', '1 workload', '1.0/s']));
  });
});

describe('links', () => {
  it('that passed are solid with a head', () => {
    const list = ops('a/x -> a/y', 1);
    expect(strokes(list)).toEqual(['forwarded-fill']);
    expect(pathsIn(list, 'forwarded-fill').map(({ fill }) => fill)).toEqual([undefined, 'forwarded-fill']);
  });

  it('that passed get fainter in a crowd, those that are dropped and the one pointed at do not', () => {
    const crowd = Array.from({ length: 300 }, (_, i) => {
      const to = i < 25 ? 'y' : `z${String(Math.floor(i / 25))}`;
      return `a/x${String(i % 25)} -> a/${to} 60 dropped:60`;
    }).join('\n');
    const alphaIn = (text: string, ink: string, look: Partial<Look> = {}) =>
      pathsIn(ops(text, 1, look), ink).map(({ alpha }) => alpha ?? 1);
    const alone = 'a/x0 -> a/y 60 dropped:60';
    const [few = 0] = alphaIn(alone, 'forwarded-fill');
    const [many = 0] = alphaIn(crowd, 'forwarded-fill');
    expect(many).toBeLessThan(few);
    expect(new Set(alphaIn(crowd, 'dropped-fill'))).toEqual(new Set(alphaIn(alone, 'dropped-fill')));
    const lifted = { hover: 'a/x0>a/y' };
    expect(alphaIn(crowd, 'forwarded-fill', lifted).at(-1)).toBe(
      alphaIn(alone, 'forwarded-fill', lifted).at(-1),
    );
  });

  it('that are dropped are dashed and end in a bar', () => {
    expect(strokes(ops('a/x -> a/y 0 dropped:5', 1))).toEqual(['dropped-fill 7-4', 'dropped-fill']);
  });

  it('that are dropped at the source are cut there, the rest dotted', () => {
    const list = ops('a/x -> a/y 0 dropped:5 at:source', 1);
    expect(strokes(list)).toEqual(['dropped-fill 7-4', 'dropped-fill', 'dropped-fill 1.5-4']);
    const [reached, bar, rest] = pathsIn(list, 'dropped-fill').map(({ d }) => d);
    const end = /L([\d.-]+),[\d.-]+$/.exec(reached ?? '')?.[1];
    expect(rest?.startsWith(`M${end ?? '?'},`)).toBe(true);
    expect(bar?.startsWith(`M${end ?? '?'},`)).toBe(true);
  });

  it('that are mixed are two strokes beside each other', () => {
    const list = ops('a/x -> a/y 60 dropped:60', 1);
    expect([...new Set(strokes(list))]).toEqual(['forwarded-fill', 'dropped-fill']);
    const [calm] = pathsIn(list, 'forwarded-fill');
    const [drop] = pathsIn(list, 'dropped-fill');
    expect(calm?.d).not.toBe(drop?.d);
  });

  it('let through in audit have an amber line beside them, redirected ones a diamond', () => {
    expect(strokes(ops('a/x -> a/y 60 audit:6', 1))).toEqual(['forwarded-fill', 'audit-fill 4-3']);
    expect(pathsIn(ops('a/x -> a/y 60 redirected:6', 1), 'redirected-fill')).toHaveLength(1);
  });

  it('that rest are dashed and paler', () => {
    const list = ops('a/x -> a/y 60 age:45\na/x -> a/z 60', 1);
    const solid = pathsIn(list, 'forwarded-fill').find(({ dash, stroke }) => stroke !== undefined && !dash);
    const idle = pathsIn(list, 'forwarded-fill').find(({ dash }) => dash !== undefined);
    expect(idle?.alpha).toBeCloseTo((solid?.alpha ?? 0) * 0.6);
  });

  it('fade beside a choice, but drops hardly', () => {
    const look = { chosen: new Set(['a/z']), chosenLinks: new Set(['none']) };
    const list = ops('a/x -> a/y 60\na/w -> a/y 0 dropped:5', 1, look);
    expect(pathsIn(list, 'forwarded-fill')[0]?.alpha).toBeLessThan(0.38);
    expect(pathsIn(list, 'dropped-fill')[0]?.alpha).toBe(0.85);
  });

  it('that look alike are one path', () => {
    const many = Array.from({ length: 50 }, (_, i) => `a/x${String(i)} -> b/y${String(i)} 60`).join('\n');
    expect(ops(many, 0.5).filter(({ op }) => op === 'path')).toHaveLength(2);
  });
});

describe('cards', () => {
  it('that are chosen have the accent around them, others fade', () => {
    const list = ops('a/x -> a/y\na/w -> a/y', 1, {
      chosen: new Set(['a/x']),
      chosenLinks: new Set(['a/x>a/y']),
      beside: new Set(['a/x', 'a/y']),
    });
    expect(list.some((op) => op.op === 'rect' && op.stroke === 'accent' && op.width === 2)).toBe(true);
    const alphaOf = (text: string): number | undefined =>
      list.flatMap((op) => (op.op === 'text' && op.text === text ? [op.alpha ?? 1] : []))[0];
    expect([alphaOf('x'), alphaOf('y'), alphaOf('w')]).toEqual([1, 1, 0.38]);
  });

  it('out of sight are not drawn', () => {
    const drawing = drawn('a/x -> a/y');
    const far = { x: 1e6, y: 1e6, w: 100, h: 100 };
    expect(texts(drawList(drawing, 1, far, measure))).toEqual([]);
  });
});
