import { describe, expect, it } from 'vitest';
import { choiceState, toggleChoice } from './choice.ts';

const DROPS = [{ field: 'verdict', value: 'DROPPED' }];
const PAIR = [
  { field: 'from-workload', value: 'Deployment/cart' },
  { field: 'to-workload', value: 'Deployment/db' },
];
const NOT_PAIR = 'not (from-workload:Deployment/cart to-workload:Deployment/db)';

describe('a choice of one value', () => {
  it('goes as a facet does', () => {
    expect(toggleChoice('port:80', DROPS, 'include')).toBe('port:80 verdict:DROPPED');
    expect(toggleChoice('port:80 verdict:DROPPED', DROPS, 'include')).toBe('port:80');
    expect(toggleChoice('port:80', DROPS, 'exclude')).toBe('port:80 not verdict:DROPPED');
    expect(choiceState('not verdict:DROPPED', DROPS)).toBe('excluded');
  });
});

describe('a choice of several values', () => {
  it('is asked for by all of them, and again lets go of all', () => {
    const asked = 'port:80 from-workload:Deployment/cart to-workload:Deployment/db';
    expect(toggleChoice('port:80', PAIR, 'include')).toBe(asked);
    expect(choiceState(asked, PAIR)).toBe('included');
    expect(choiceState('from-workload:Deployment/cart', PAIR)).toBe('none');
    expect(toggleChoice(asked, PAIR, 'include')).toBe('port:80');
  });

  it('is left out as a whole, never by one of its values', () => {
    const left = `port:80 ${NOT_PAIR}`;
    expect(toggleChoice('port:80', PAIR, 'exclude')).toBe(left);
    expect(choiceState(left, PAIR)).toBe('excluded');
    expect(choiceState(left, PAIR.slice(0, 1))).toBe('none');
    expect(toggleChoice(left, PAIR, 'exclude')).toBe('port:80');
    expect(toggleChoice(left, PAIR, 'include')).toBe(
      'port:80 from-workload:Deployment/cart to-workload:Deployment/db',
    );
  });

  it('turns from asked for to left out, and keeps a value that stands for something else', () => {
    expect(toggleChoice('from-workload:Deployment/cart to-workload:Deployment/db', PAIR, 'exclude')).toBe(
      NOT_PAIR,
    );
    expect(toggleChoice('from-workload:Deployment/cart', PAIR, 'exclude')).toBe(
      `from-workload:Deployment/cart ${NOT_PAIR}`,
    );
  });
});

it('is nothing without a word for it', () => {
  expect(toggleChoice('port:80', [], 'include')).toBe('port:80');
  expect(choiceState('port:80', [])).toBe('none');
});
