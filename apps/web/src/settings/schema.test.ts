import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, isTraceLink, parseSettings } from './schema.ts';
import { createSettingsStore } from './store.ts';

describe('parseSettings', () => {
  it('lets each broken setting fall back alone', () => {
    const stored = {
      theme: 'light',
      density: 'tiny',
      zone: 3,
      guide: 'closed',
      rowsKept: 7,
      columnWidths: { time: 120.4, type: -5, node: 'x' },
      facets: { verdict: 'closed', port: 'ajar' },
      mapPins: {
        'workload:a': [12, -3.5],
        'workload:b': [1],
        'workload:c': ['x', 2],
        'workload:d': [1e9, 0],
      },
      pathRules: { off: ['hex', 7], routes: '/a/{b}' },
      traceLink: 'javascript:alert({traceId})',
      views: [
        { name: 'Drops', search: '?v=1&q=verdict:DROPPED' },
        { name: 'Drops', search: '?v=1' },
        { name: ' spaced ', search: '?v=1' },
        { name: 'no search' },
        { name: 'not a query', search: 'v=1' },
        7,
      ],
    };
    expect(parseSettings(JSON.stringify(stored))).toEqual({
      ...DEFAULT_SETTINGS,
      theme: 'light',
      guide: 'closed',
      facets: { verdict: 'closed' },
      views: [{ name: 'Drops', search: '?v=1&q=verdict:DROPPED' }],
      columnWidths: { time: 120 },
      mapPins: { 'workload:a': [12, -3.5] },
      pathRules: { off: ['hex'], routes: [] },
    });
  });

  it.each([
    ['https://traces.example/trace/{traceId}?from=hubble', true],
    ['http://localhost:16686/trace/{traceId}', true],
    ['https://traces.example/trace/', false],
    ['/trace/{traceId}', false],
    ['javascript:{traceId}', false],
    ['data:text/html,{traceId}', false],
    ['', false],
    [7, false],
  ])('%s leads to traces: %s', (text, expected) => {
    expect(isTraceLink(text)).toBe(expected);
  });

  it('takes whatever is stored', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        expect(Object.keys(parseSettings(text)).toSorted()).toEqual(Object.keys(DEFAULT_SETTINGS).toSorted());
      }),
      { seed: 5, numRuns: 200 },
    );
    expect(parseSettings(null)).toEqual(DEFAULT_SETTINGS);
  });
});

describe('the settings store', () => {
  it('writes through and reads back', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
    const store = createSettingsStore(storage);
    let changes = 0;
    store.subscribe(() => changes++);
    expect(store.change({ density: 'compact' })).toBe(true);
    expect(changes).toBe(1);
    expect(createSettingsStore(storage).read().density).toBe('compact');
  });

  it('holds a setting that cannot be stored, and says that it was not', () => {
    const storage = {
      getItem: () => null,
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    };
    const store = createSettingsStore(storage);
    expect(store.change({ theme: 'dark' })).toBe(false);
    expect(store.read().theme).toBe('dark');
    expect(createSettingsStore(undefined).change({ theme: 'dark' })).toBe(false);
  });
});
