import { expect, test } from 'vitest';
import { neededChunks } from '../vite.first-load.ts';

const chunk = (fileName, ...imports) => ({ fileName, imports, code: '' });
const CHUNKS = [
  chunk('index.js', 'shared.js', 'react.js'),
  chunk('worker.js', 'shared.js'),
  chunk('shared.js', 'deep.js'),
  chunk('deep.js', 'shared.js'),
  chunk('react.js'),
  chunk('later.js', 'react.js'),
];

test('what page and worker import counts once, what is fetched later not at all', () => {
  const names = neededChunks(CHUNKS, ['index.js', 'worker.js']).map(({ fileName }) => fileName);
  expect(names.toSorted()).toEqual(['deep.js', 'index.js', 'react.js', 'shared.js', 'worker.js']);
});
