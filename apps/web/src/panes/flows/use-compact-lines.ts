// Compact lines of the rows on screen, made from their bytes as they come into sight.

import { useEffect, useState } from 'react';
import type { FlowRow, RowId } from '../../engine/protocol.ts';
import { fetchFlowText } from '../flow-texts.ts';
import { useEngine } from '../pane.ts';

/** Lines remembered, so that scrolling back costs nothing. */
const KEPT = 4000;

const GONE = 'The bytes of this flow are no longer held.';

/** The line of a row, '' until it is there; undefined when switched off. */
export function useCompactLines(
  rows: readonly FlowRow[],
  on: boolean,
): ((row: FlowRow) => string) | undefined {
  const engine = useEngine();
  const [lines, setLines] = useState<ReadonlyMap<RowId, string>>(() => new Map());
  useEffect(() => {
    if (!on) return undefined;
    let wanted = true;
    const missing = rows.filter((row) => !lines.has(row.id));
    if (missing.length === 0) return undefined;
    const fetched = missing.map(
      async (row) => [row.id, (await fetchFlowText(engine, row.id, 'line'))?.text ?? GONE] as const,
    );
    Promise.all(fetched).then(
      (found) => {
        if (wanted) setLines((old) => new Map([...(old.size > KEPT ? [] : old), ...found]));
      },
      () => {
        // The server is away, which the page says: the next rows that come ask again.
      },
    );
    return () => {
      wanted = false;
    };
  }, [engine, rows, on, lines]);
  return on ? (row) => lines.get(row.id) ?? '' : undefined;
}
