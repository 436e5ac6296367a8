// The flow that the address named when the page was opened, when nobody has it. The flow panel says so itself.

import { useState } from 'react';
import type { StatusAnswer } from '../engine/protocol.ts';
import { isRowKey, openedRow } from '../panes/flow-key.ts';
import { useLinkFlow } from '../panes/link-flow.ts';
import { useAnswer } from '../panes/pane.ts';
import { useView, type ViewNotice } from '../view-state/index.ts';
import { usePageStatus } from './page-status.ts';

const PARAM = 'flow';
const MAX_SHOWN = 60;

/** A flow named later was chosen here, and is known. */
export function useAbsentFlow(): ViewNotice | undefined {
  const { flow, detail } = useView();
  const [named] = useState(flow);
  const [found, setFound] = useState(false);
  const linked = useLinkFlow();
  const status = usePageStatus();
  const isInLink = linked.state === 'read' && named !== undefined && linked.details.has(named);
  const asks = named !== undefined && flow === named && !detail && !found && !isInLink && !isRowKey(named);
  const sought = useAnswer(
    asks ? { kind: 'seek', filter: '', from: undefined, backwards: false, want: { uuid: named } } : undefined,
  );
  if (sought?.row !== undefined && !found) setFound(true);
  if (named === undefined || flow !== named || detail || found || isInLink) return undefined;
  if (isRowKey(named)) {
    return openedRow(named) === undefined ? { param: PARAM, message: OF_ANOTHER_TAB } : undefined;
  }
  const isLooking = sought === undefined || status === undefined || isFilling(status);
  return isLooking ? undefined : { param: PARAM, message: absentMessage(named) };
}

/** What the source has is still on its way. */
function isFilling({ coverage, files }: StatusAnswer): boolean {
  if (files !== undefined) return files.state === 'reading';
  if (coverage === undefined) return true;
  return coverage.complete.kind === 'nothing' || coverage.backfill.state === 'running';
}

const OF_ANOTHER_TAB =
  'The flow that the address names has no uuid, so only the tab that opened it can find it.';

function absentMessage(key: string): string {
  const shown = key.length > MAX_SHOWN ? `${key.slice(0, MAX_SHOWN)}…` : key;
  return `The flow that the address names is not held: ${shown}. It has left the buffers, has not come yet, or never was.`;
}
