import { useEffect, useState } from 'react';
import type { Nanos, RowId } from '../../engine/protocol.ts';
import { isRowKey, openedRow } from '../flow-key.ts';
import { useAnswer, useEngine } from '../pane.ts';

/** Flow time of the flow that the view names; undefined while it is not among those held, or has none. */
export function useSelectedTime(key: string | undefined): Nanos | undefined {
  const engine = useEngine();
  const [found, setFound] = useState<
    { readonly key: string; readonly timeNs: Nanos | undefined } | undefined
  >();
  const known = key !== undefined && found?.key === key;
  const rowKey = key !== undefined && isRowKey(key);
  const sought = useAnswer(
    key === undefined || rowKey || known
      ? undefined
      : { kind: 'seek', filter: '', from: undefined, backwards: false, want: { uuid: key } },
  );
  const id: RowId | undefined = rowKey ? openedRow(key) : sought?.row;
  useEffect(() => {
    if (key === undefined || id === undefined || known) return undefined;
    let wanted = true;
    void engine.flow(id).then((detail) => {
      // An answer to the last key may still be on its way when the key changes.
      const same = detail !== undefined && (rowKey || detail.row.uuid === key);
      if (wanted && same) setFound({ key, timeNs: detail.row.timeNs });
    });
    return () => {
      wanted = false;
    };
  }, [engine, id, key, known, rowKey]);
  return known ? found.timeNs : undefined;
}
