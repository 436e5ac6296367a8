// Live or paused. The address holds the time of the pause; the newest row at that moment is known to this page alone
// and lets later arrivals with earlier times stay out of what a person reads.

import { useCallback, useMemo, useState } from 'react';
import type { Engine, Nanos, RowId } from '../engine/protocol.ts';
import type { Moment } from '../panes/pane.ts';
import { currentView, navigate, nearestInstant } from '../view-state/index.ts';

const NS_PER_MS = 1_000_000n;

type Anchor = { readonly atNs: Nanos; readonly upTo: RowId | undefined };

export type LiveControl = {
  readonly moment: Moment;
  /** Pauses, or goes live again. */
  readonly toggle: () => void;
};

/** `pausedAtNs` as in the view. */
export function useLiveControl(engine: Engine, pausedAtNs: Nanos | undefined): LiveControl {
  const [anchor, setAnchor] = useState<Anchor | undefined>(undefined);
  const paused = pausedAtNs !== undefined;
  const upTo = anchor !== undefined && anchor.atNs === pausedAtNs ? anchor.upTo : undefined;
  const moment = useMemo(() => ({ paused, upTo }), [paused, upTo]);
  const toggle = useCallback(() => {
    async function pause(): Promise<void> {
      const found = await findAnchor(engine, Date.now());
      setAnchor(found);
      navigate({ pausedAtNs: found.atNs });
    }
    if (currentView().pausedAtNs === undefined) void pause();
    else navigate({ pausedAtNs: undefined });
  }, [engine]);
  return { moment, toggle };
}

/** The newest row held and the newest flow time, or `nowMs` while there is none. */
export async function findAnchor(engine: Engine, nowMs: number): Promise<Anchor> {
  const [rows, status] = await Promise.all([
    engine.ask({
      kind: 'rows',
      filter: '',
      sinceNs: undefined,
      untilNs: undefined,
      upTo: undefined,
      sort: { key: 'time', descending: false },
      group: false,
      at: { from: 0, count: 0 },
    }),
    engine.ask({ kind: 'status', filter: '' }),
  ]);
  return { atNs: nearestInstant(status.newestNs ?? BigInt(nowMs) * NS_PER_MS), upTo: rows.newest };
}
