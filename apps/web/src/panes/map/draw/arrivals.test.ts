import { describe, expect, it } from 'vitest';
import { graphOf } from '../testing/graph-fixture.ts';
import { type Placed, placeGraph } from '../testing/plan-fixture.ts';
import { Arrivals } from './arrivals.ts';
import type { Drawing } from './draw-list.ts';
import { itemAlpha } from './look.ts';

const BEFORE = 'a/x -> a/y';
const AFTER = `${BEFORE}\na/x -> a/z`;

function drawingOf({ scene, geometry, links }: Placed, arranged = 1): Drawing {
  const none = new Set<string>();
  const look = {
    hover: undefined,
    mark: undefined,
    chosen: none,
    chosenLinks: none,
    beside: none,
    found: undefined,
    pinned: none,
  };
  return { scene, geometry, links, look, noun: 'workload', arranged };
}

const placed = placeGraph(graphOf(BEFORE));
const before = drawingOf(placed);
const after = drawingOf(placeGraph(graphOf(AFTER), { previous: placed.plan, mode: 'keep' }));

function boxAt(drawing: Drawing | undefined, id: string) {
  const box = drawing?.geometry.items.get(id);
  if (box === undefined) throw new Error(`${id} is not drawn`);
  return box;
}

describe('what is new on the map', () => {
  it('slides to its place and gets clear on the way; nothing else moves', () => {
    const arrivals = new Arrivals();
    arrivals.note(before, after, 1000, false);
    const goal = boxAt(after, 'a/z');
    const steps = [1000, 1030, 1060, 1119].map((ms) => {
      const now = arrivals.at(after, ms);
      expect(boxAt(now, 'a/x')).toEqual(boxAt(after, 'a/x'));
      expect(boxAt(now, 'a/y')).toEqual(boxAt(after, 'a/y'));
      const item = now?.scene.items.get('a/z');
      const alpha = item === undefined || now === undefined ? -1 : itemAlpha(item, now.look);
      return { short: goal.x - boxAt(now, 'a/z').x, alpha };
    });
    const [first, second, third, last] = steps;
    expect(first).toEqual({ short: 14, alpha: 0 });
    expect(second?.short).toBeLessThan(14);
    expect(third?.short).toBeLessThan(second?.short ?? 0);
    expect(last?.short).toBeLessThan(0.1);
    expect(last?.alpha).toBeGreaterThan(0.99);
    expect(first?.short).toBeLessThan(goal.h);
    expect(arrivals.at(after, 1120)).toBeUndefined();
  });

  it('stands where it belongs at once when nothing is to move', () => {
    const arrivals = new Arrivals();
    arrivals.note(before, after, 1000, true);
    expect(arrivals.at(after, 1000)).toBeUndefined();
  });

  it('does not slide when all was arranged anew, or when it is the first thing', () => {
    const arrivals = new Arrivals();
    arrivals.note(undefined, after, 1000, false);
    arrivals.note({ ...before, arranged: 0 }, after, 1000, false);
    arrivals.note(drawingOf(placeGraph(graphOf(''))), after, 1000, false);
    expect(arrivals.at(after, 1000)).toBeUndefined();
  });

  it('goes on when numbers change meanwhile, and with what comes later', () => {
    const arrivals = new Arrivals();
    arrivals.note(before, after, 1000, false);
    arrivals.note(after, { ...after }, 1050, false);
    expect(arrivals.at(after, 1050)?.look.arriving?.size).toBe(1);
    const more = placeGraph(graphOf(`${AFTER}\na/x -> a/w`), { previous: placed.plan, mode: 'keep' });
    const later = drawingOf(more);
    arrivals.note(after, later, 1100, false);
    expect([...(arrivals.at(later, 1110)?.look.arriving?.keys() ?? [])].toSorted()).toEqual(['a/w', 'a/z']);
    expect([...(arrivals.at(later, 1130)?.look.arriving?.keys() ?? [])]).toEqual(['a/w']);
  });
});
