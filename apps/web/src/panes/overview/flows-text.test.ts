import { expect, it } from 'vitest';
import { flowsText } from './flows-text.ts';

it('has a word for one', () => {
  expect([0, 1, 1204].map(flowsText)).toEqual(['0 flows', '1 flow', '1,204 flows']);
});
