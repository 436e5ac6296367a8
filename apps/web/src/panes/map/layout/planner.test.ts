import { expect, it } from 'vitest';
import type { LayoutRequest, LayoutResponse } from './layout.worker.ts';
import { EMPTY_PLAN, type LayoutInput } from './plan.ts';
import { createPlanner } from './planner.ts';

function rig() {
  const requests: LayoutRequest[] = [];
  const told: string[] = [];
  let answer: (response: LayoutResponse) => void = () => undefined;
  let fail: (message: string) => void = () => undefined;
  const planner = createPlanner(
    {
      post: (request) => requests.push(request),
      listen: (onResponse, onError) => {
        answer = onResponse;
        fail = onError;
      },
      close: () => undefined,
    },
    ({ input, mode }) => told.push(`${mode} ${String(input.place.w)}`),
    (message) => told.push(message),
  );
  const input = (w: number): LayoutInput => ({ islands: [], pills: [], links: [], place: { w, h: 1 } });
  return {
    planner,
    requests,
    told,
    input,
    fail: (message: string): void => fail(message),
    finish: (laneY: number): void => {
      const last = requests.at(-1);
      if (last !== undefined) answer({ id: last.id, plan: { ...EMPTY_PLAN, laneY } });
    },
  };
}

it('makes one plan at a time and skips wishes that were overtaken', () => {
  const { planner, requests, told, input, finish } = rig();
  planner.plan(input(1), 'fresh');
  planner.plan(input(2), 'keep');
  planner.plan(input(3), 'keep');
  expect(requests).toHaveLength(1);
  finish(10);
  expect(requests.map(({ input: { place }, previous }) => [place.w, previous.laneY])).toEqual([
    [1, 0],
    [3, 10],
  ]);
  finish(20);
  expect(told).toEqual(['fresh 1', 'keep 3']);
});

it('does not let a small wish overtake a large one', () => {
  const { planner, requests, input, finish } = rig();
  planner.plan(input(1), 'fresh');
  planner.plan(input(2), 'fresh');
  planner.plan(input(3), 'keep');
  finish(1);
  expect(requests.at(-1)).toMatchObject({ mode: 'fresh', input: { place: { w: 3 } } });
});

it('tells of a failure and goes on with the next wish', () => {
  const { planner, requests, told, input, finish, fail } = rig();
  planner.plan(input(1), 'fresh');
  planner.plan(input(2), 'keep');
  fail('');
  expect(requests).toHaveLength(2);
  finish(10);
  fail('no such node');
  planner.plan(input(3), 'keep');
  finish(20);
  expect(told).toEqual(['Its worker did not start.', 'keep 2', 'no such node', 'keep 3']);
});
