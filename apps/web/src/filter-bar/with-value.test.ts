import { compileFilterText } from '@finderscope/flow-query';
import { expect, it } from 'vitest';
import { withoutValue, withValue } from './with-value.ts';

const pod = { field: 'from-pod', value: 'default/xwing' };

it('adds to what is there', () => {
  expect(withValue('', pod)).toBe('from-pod:default/xwing');
  expect(withValue('verdict:DROPPED', pod)).toBe('verdict:DROPPED from-pod:default/xwing');
  expect(withValue('from-pod:default/tie', pod)).toBe('from-pod:default/tie or default/xwing');
  expect(withoutValue('verdict:DROPPED', pod)).toBe('verdict:DROPPED not from-pod:default/xwing');
});

it('narrows a namespace to a pod inside it, since the CLI takes no both', () => {
  const next = withValue('namespace:default or shop verdict:DROPPED', pod);
  expect(next).toBe('verdict:DROPPED from-pod:default/xwing');
  expect(compileFilterText(next).ok).toBe(true);
});

it('leaves what cannot be combined for the bar to say', () => {
  const next = withValue('namespace:shop', pod);
  expect(next).toBe('namespace:shop from-pod:default/xwing');
  expect(compileFilterText(next).ok).toBe(false);
});
