import { expect, it } from 'vitest';
import { formatView, readView } from './query-string.ts';
import { OLD_LINKS } from './testing/old-links.ts';

// The flows inside are read in shell/read-link-flow.test.ts.
it.each(OLD_LINKS)('opens an old link: $about', ({ link, opens }) => {
  const { search } = new URL(link, 'http://host/');
  const { view, notices } = readView(search);
  expect(formatView(view)).toBe(opens);
  expect(notices).toEqual([]);
});
