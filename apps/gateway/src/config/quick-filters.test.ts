import { expect, test } from 'vitest';
import { parseQuickFilters } from './quick-filters.ts';

test('a file of two, in its order', () => {
  const text = `
# What people here ask for.
- name: Drops in shop
  filter: namespace:shop verdict:DROPPED
- {name: No health checks, filter: ' not label:reserved:health '}
`;
  const filters = [
    { name: 'Drops in shop', filter: 'namespace:shop verdict:DROPPED' },
    { name: 'No health checks', filter: 'not label:reserved:health' },
  ];
  expect(parseQuickFilters(text)).toEqual({ ok: true, value: filters });
  expect(parseQuickFilters(JSON.stringify(filters))).toEqual({ ok: true, value: filters });
  expect(parseQuickFilters('[]')).toEqual({ ok: true, value: [] });
});

test.each([
  ['', 'holds no list of filters'],
  ['name: x', 'holds no list of filters'],
  ['- name: [', 'cannot be read: line 1: '],
  ['- x', 'has an error in filter 1: it has no name and no filter'],
  ['- filter: port:80', 'filter 1: it has no name'],
  ['- {name: a, filter: port:80}\n- name: b', 'filter 2: "b" has no filter'],
  ['- {name: a, filter: port:80, colour: red}', 'it has a "colour"; there are name and filter'],
  ['- {name: a, filter: "http-status:9x"}', '"a": 9x is not an HTTP status. Write'],
  ['- {name: a, filter: "http-path:(a"}', '"a": (a is not a regular expression'],
  ['- {name: a, filter: port:80}\n- {name: a, filter: port:81}', 'names "a" twice'],
  [`- {name: ${'a'.repeat(301)}, filter: port:80}`, 'longer than 300 characters'],
  [JSON.stringify(Array.from({ length: 51 }, () => 'x')), 'holds 51 filters, of which at most 50 fit'],
])('%j is one line', (text, part) => {
  const result = parseQuickFilters(text);
  const error = result.ok ? 'no problem' : result.error;
  expect(error).toContain(part);
  expect(error).not.toContain('\n');
});
