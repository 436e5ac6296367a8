import { expect, it } from 'vitest';
import { type Chosen, NO_PICK, readChosen, writeChosen } from './pick.ts';

it.each<Chosen>([
  { pick: NO_PICK, put: undefined, held: '' },
  { pick: { kind: 'nodes', ids: ['shop/cart', 'a,b%2C'] }, put: 'pod:shop/cart- or a', held: '' },
  { pick: { kind: 'link', source: 'a', target: 'b' }, put: 'from-pod:a', held: 'namespace:shop' },
  { pick: { kind: 'link', source: 'a', target: 'b' }, put: '', held: '' },
  // As older versions wrote it.
  { pick: { kind: 'link', source: 'a', target: 'b' }, put: undefined, held: '' },
])('a choice survives the address: %j', (chosen) => {
  expect(readChosen(writeChosen(chosen))).toEqual(chosen);
});
