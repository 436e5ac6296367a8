// The databases of one browser, as far as opening and closing goes: https://w3c.github.io/IndexedDB/#opening. Requests for
// one name are served in their order; one for a newer version waits until nobody else has the database open.

export type FakeTab = {
  readonly open: IDBFactory['open'];
  /** The browser closes what this tab has open and forgets what it has asked for. */
  readonly close: () => void;
  /** Its events wait until it is not busy any more. */
  busy: boolean;
};

type Named = { version: number; readonly open: Set<object>; readonly queue: (() => boolean)[] };

/** Answers with what opens a tab. Events come when `turn` is called, and go on until nothing more can happen. */
export function fakeBrowser(): { readonly openTab: () => FakeTab; readonly turn: () => Promise<void> } {
  const named = new Map<string, Named>();
  const events: { readonly tab: FakeTab; readonly tell: () => void }[] = [];

  function serve(one: Named): void {
    while (one.queue[0]?.() === true) one.queue.shift();
  }

  function openTab(): FakeTab {
    const connections = new Map<object, Named>();
    const letGo = (connection: object): void => {
      const one = connections.get(connection);
      connections.delete(connection);
      one?.open.delete(connection);
      if (one !== undefined) serve(one);
    };
    let isGone = false;
    const open = (name: string, version?: number): IDBOpenDBRequest => {
      const one = named.get(name) ?? { version: 0, open: new Set(), queue: [] };
      named.set(name, one);
      const request = Object.assign(new EventTarget(), {
        result: {},
        error: null as DOMException | null,
        transaction: null as { abort(): void } | null,
      });
      const fire = (type: string, then?: () => void): void => {
        events.push({
          tab,
          tell: () => {
            if (isGone) return;
            request.dispatchEvent(new Event(type));
            then?.();
          },
        });
      };
      const fail = (error: string): void => {
        request.error = new DOMException(error, error);
        fire('error');
      };
      let state: 'waiting' | 'blocked' | 'upgrading' | 'done' = 'waiting';
      const finish = (): void => {
        state = 'done';
        serve(one);
      };
      // Whether the next one in the queue may go on.
      one.queue.push(() => {
        if (isGone || state === 'done') return true;
        if (state === 'upgrading') return false;
        const wanted = version ?? Math.max(1, one.version);
        if (wanted < one.version) {
          fail('VersionError');
          return true;
        }
        if (wanted > one.version && one.open.size > 0) {
          if (state === 'waiting') fire('blocked');
          state = 'blocked';
          return false;
        }
        const connection = { version: wanted, close: () => letGo(connection) };
        one.open.add(connection);
        connections.set(connection, one);
        request.result = connection;
        if (wanted === one.version) {
          fire('success');
          return true;
        }
        state = 'upgrading';
        const before = one.version;
        let isAborted = false;
        request.transaction = {
          abort: () => {
            isAborted = true;
          },
        };
        fire('upgradeneeded', () => {
          one.version = isAborted ? before : wanted;
          finish();
          if (!isAborted) {
            fire('success');
            return;
          }
          letGo(connection);
          fail('AbortError');
        });
        return false;
      });
      serve(one);
      return request as unknown as IDBOpenDBRequest;
    };
    const tab: FakeTab = {
      open,
      busy: false,
      close: () => {
        isGone = true;
        for (const connection of connections.keys()) letGo(connection);
        for (const one of named.values()) serve(one);
      },
    };
    return tab;
  }

  return {
    openTab,
    turn: async () => {
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        const at = events.findIndex(({ tab }) => !tab.busy);
        if (at === -1) return;
        events.splice(at, 1)[0]?.tell();
      }
    },
  };
}
