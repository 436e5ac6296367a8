// Says of a flow that travelled inside the address why it is here though the cluster does not hold it, and what the
// sender masked.

import { maskedIn, maskedText } from '@finderscope/flow-query';
import type { GetFlowsResponse } from '@finderscope/hubble-api';
import { Link2 } from 'lucide-react';
import type { FlowRow, Nanos, StatusAnswer } from '../../engine/protocol.ts';
import { useView } from '../../view-state/index.ts';
import type { Zone } from '../../widgets/index.ts';
import { clockText } from '../flow-time.ts';
import { useAnswer, useFilter } from '../pane.ts';
import { linkNote } from './link-note.ts';

export function FromLink({ row, response }: { readonly row: FlowRow; readonly response: GetFlowsResponse }) {
  const { zone } = useView();
  const filter = useFilter();
  const status = useAnswer({ kind: 'status', filter });
  const masked = maskedText(maskedIn(response));
  return (
    <section
      role="status"
      aria-label="From the link"
      className="-mx-4 -mt-3 flex gap-2.5 border-b border-line bg-hover px-4 py-2.5 text-cell text-text2"
    >
      <Link2 size={15} aria-hidden className="mt-0.5 shrink-0" />
      <p className="min-w-0">
        <b className="font-semibold text-text">From the link.</b>{' '}
        {linkNote(row.timeNs, heldSince(status), (ns) => clock(ns, zone))}
        {masked !== '' && ` Masked: ${masked}.`}
      </p>
    </section>
  );
}

function heldSince(status: StatusAnswer | undefined): Nanos | undefined {
  return status === undefined || status.stats.held === 0 ? undefined : status.oldestNs;
}

function clock(ns: Nanos, zone: Zone): string {
  return clockText(ns, zone).replace(/\.\d+$/, '');
}
