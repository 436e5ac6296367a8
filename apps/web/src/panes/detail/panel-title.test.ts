import { expect, it } from 'vitest';
import { makeRow } from '../testing/row-fixture.ts';
import { panelTitle } from './panel-title.ts';

const text = (reason: number) => (reason === 133 ? 'Policy denied' : String(reason));

it.each([
  [{ verdict: 2, dropReason: 133, type: 'policy-verdict:none INGRESS' }, 'Policy denied'],
  [{ verdict: 2, dropReason: 0, type: 'UNKNOWN' }, 'UNKNOWN'],
  [{ verdict: 2, l7: 'http', type: 'http-request' }, 'http-request denied'],
  [{ verdict: 1, type: 'to-endpoint' }, 'to-endpoint'],
  [{ verdict: 9, type: '' }, 'Flow'],
])('%o is %s', (patch, title) => {
  expect(panelTitle(makeRow(1, patch), text)).toBe(title);
});
