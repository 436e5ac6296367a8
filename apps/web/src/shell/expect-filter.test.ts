import { expect, it } from 'vitest';
import { expectFilters } from './expect-filter.ts';

it('tells of each filter once, until it is ended', () => {
  let filter = '';
  const listeners = new Set<() => void>();
  const told: string[] = [];
  const end = expectFilters(
    { expect: (text) => told.push(text) },
    {
      view: () => ({ filter }),
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  );
  for (filter of ['', 'port:80', 'port:80', 'verdict:DROPPED', '']) for (const hear of listeners) hear();
  expect(told).toEqual(['port:80', 'verdict:DROPPED', '']);
  end();
  filter = 'port:443';
  for (const hear of listeners) hear();
  expect(told).toHaveLength(3);
});
