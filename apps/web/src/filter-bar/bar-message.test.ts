import { expect, it } from 'vitest';
import { barMessage } from './bar-message.ts';

const problem = { from: 0, to: 2, message: '9x is not an HTTP status. Write a code from 100 to 599.' };
const none = { draft: [], standing: [], pasted: [], inForce: '' };

it('says what is wrong and what is still in force', () => {
  expect(barMessage({ ...none, draft: [problem], inForce: 'namespace:default' })).toEqual({
    kind: 'error',
    text: '9x is not an HTTP status. Write a code from 100 to 599. Still filtering by namespace:default.',
  });
  expect(barMessage({ ...none, standing: [problem] }).text).toContain('Still showing everything.');
});

it('names every flag of a pasted command', () => {
  const pasted = ['--colour is not a flag of hubble observe', '--x is not a flag of hubble observe.'];
  expect(barMessage({ ...none, pasted })).toEqual({
    kind: 'note',
    text: '--colour is not a flag of hubble observe. --x is not a flag of hubble observe.',
  });
});

it('is silent when all is well', () => {
  expect(barMessage(none)).toEqual({ kind: 'none', text: '' });
});
