// Files do not move on: when they have been read, the page stands as if it were paused after their last flow, so that
// rows can be put in any order.

import { useEffect, useState } from 'react';
import type { RowId } from '../engine/protocol.ts';
import { type Moment, useEngine } from '../panes/pane.ts';
import { findAnchor } from './live.ts';
import { usePageStatus } from './page-status.ts';
import { useSource } from './source-context.ts';

/** undefined while files are read, and for a stream. */
export function useFileMoment(): Moment | undefined {
  const engine = useEngine();
  const source = useSource();
  const state = usePageStatus()?.files?.state;
  const isRead = source.kind === 'files' && state !== undefined && state !== 'reading';
  const [moment, setMoment] = useState<Moment | undefined>(undefined);
  useEffect(() => {
    let isWanted = isRead;
    const stand = (upTo: RowId | undefined): void => {
      if (isWanted) setMoment({ paused: true, upTo });
    };
    // An engine that has failed says so elsewhere.
    if (isRead)
      findAnchor(engine, 0).then(
        ({ upTo }) => stand(upTo),
        () => undefined,
      );
    return () => {
      isWanted = false;
    };
  }, [engine, isRead]);
  return isRead ? moment : undefined;
}
