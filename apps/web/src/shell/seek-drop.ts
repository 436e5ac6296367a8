// n and p: from the selected flow to the next or previous drop that the list shows; without one, to the latest.

import type { Engine, RowId, Window } from '../engine/protocol.ts';
import { flowKey } from '../panes/flow-key.ts';
import { currentView, navigate, resolveRange } from '../view-state/index.ts';

/** `upTo`: the row at which the page is paused. */
export type DropSeeker = (backwards: boolean, filter: string, upTo: RowId | undefined) => Promise<void>;

/** A seeker selects the drop it finds, or says that there is none. Each step begins where the one before it ended. */
export function createDropSeeker(engine: Engine, say: (message: string) => void): DropSeeker {
  // The row of the last find: a flow without a uuid cannot be sought by what the address calls it.
  let last: { readonly key: string; readonly row: RowId } | undefined;

  async function selectedRow(): Promise<RowId | undefined> {
    const { flow } = currentView();
    if (flow === undefined || flow === last?.key) return last?.row;
    const want = { uuid: flow };
    return (await engine.ask({ kind: 'seek', filter: '', from: undefined, backwards: false, want })).row;
  }

  /** What is outside of it is not in the list. */
  async function windowNow(upTo: RowId | undefined): Promise<Window> {
    const { window, pausedAtNs } = currentView();
    const { newestNs } = await engine.ask({ kind: 'status', filter: '' });
    return { ...resolveRange(window, pausedAtNs, newestNs), upTo };
  }

  async function step(backwards: boolean, filter: string, upTo: RowId | undefined): Promise<void> {
    const from = await selectedRow();
    const found = await engine.ask({
      kind: 'seek',
      filter,
      from,
      backwards: backwards || from === undefined,
      want: { drop: true },
      window: await windowNow(upTo),
    });
    if (found.row === undefined) {
      say(noDrop(found.count, backwards));
      return;
    }
    const detail = await engine.flow(found.row);
    if (detail === undefined) {
      say('That drop has just left the flows held.');
      return;
    }
    last = { key: flowKey(detail.row), row: found.row };
    navigate({ flow: last.key });
  }

  let turn: Promise<void> = Promise.resolve();
  return (backwards, filter, upTo) => {
    // A step that failed has been told to its own caller.
    turn = turn.then(
      () => step(backwards, filter, upTo),
      () => step(backwards, filter, upTo),
    );
    return turn;
  };
}

function noDrop(count: number, backwards: boolean): string {
  if (count === 0) return 'No drop matches this filter.';
  return backwards ? 'No earlier drop is held.' : 'No later drop yet.';
}
