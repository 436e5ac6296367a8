import { describe, expect, it } from 'vitest';
import { createViewStore, type HistoryWindow } from './store.ts';

/** A window with a real back button. */
function fakeWindow(url: string) {
  const entries = [new URL(url, 'http://host/base/')];
  let at = 0;
  const listeners: (() => void)[] = [];
  const host: HistoryWindow = {
    get location() {
      return entries[at]!;
    },
    history: {
      pushState: (_data, _unused, to) => {
        entries.splice(at + 1, Infinity, new URL(to, 'http://host/'));
        at++;
      },
      replaceState: (_data, _unused, to) => {
        entries[at] = new URL(to, 'http://host/');
      },
    },
    addEventListener: (_type, listener) => listeners.push(listener),
  };
  return {
    host,
    length: () => entries.length,
    href: () => entries[at]!.href,
    go: (by: number) => {
      at += by;
      for (const listener of listeners) listener();
    },
  };
}

describe('the view store', () => {
  it('writes steps into the history and follows back and forward', () => {
    const page = fakeWindow('?v=2&q=port:80');
    const store = createViewStore(page.host);
    store.navigate({ filter: 'port:443' });
    expect(page.href()).toBe('http://host/base/?v=2&q=port:443');
    page.go(-1);
    expect(store.view().filter).toBe('port:80');
    page.go(1);
    expect(store.view().filter).toBe('port:443');
  });

  it('replaces where asked and does nothing where nothing changes', () => {
    const page = fakeWindow('');
    const store = createViewStore(page.host);
    let changes = 0;
    store.subscribe(() => changes++);
    store.navigate({ find: 'x' }, { replace: true });
    store.navigate({ find: 'xw' }, { replace: true });
    store.navigate({ find: 'xw' });
    expect(page.length()).toBe(1);
    expect(changes).toBe(2);
  });

  it('counts the views that are opened, also the same again, but no other step', () => {
    const store = createViewStore(fakeWindow('').host);
    const seen: number[] = [];
    store.subscribe(() => seen.push(store.opened()));
    store.navigate({ filter: 'port:53' }, { opens: true });
    store.navigate({ filter: 'port:53' }, { opens: true });
    store.navigate({ filter: 'port:80' });
    expect(seen).toEqual([1, 2, 2]);
  });

  it('keeps path and fragment', () => {
    const page = fakeWindow('?v=2#flow=abc');
    createViewStore(page.host).navigate({ group: true });
    expect(page.href()).toBe('http://host/base/?v=2&group=1#flow=abc');
  });

  it('asks the settings only where the address says nothing', () => {
    expect(createViewStore(fakeWindow('').host, { zone: 'local' }).view().zone).toBe('local');
    expect(createViewStore(fakeWindow('?v=2').host, { zone: 'local' }).view().zone).toBe('utc');
  });

  it('tells what is wrong with the address', () => {
    const store = createViewStore(fakeWindow('?group=yes').host);
    expect(store.notices().map((notice) => notice.param)).toEqual(['group']);
  });
});
