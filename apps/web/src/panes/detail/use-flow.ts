// The flow the address names, looked up in the engine and decoded.

import { fromBinary } from '@bufbuild/protobuf';
import { type Flow, type GetFlowsResponse, GetFlowsResponseSchema } from '@finderscope/hubble-api';
import { useEffect, useMemo, useState } from 'react';
import type { FlowDetail, RowId } from '../../engine/protocol.ts';
import { isRowKey, openedRow } from '../flow-key.ts';
import { isSameFlow, useLinkFlow } from '../link-flow.ts';
import { useAnswer, useEngine } from '../pane.ts';

export type OpenFlow =
  | { readonly state: 'looking' }
  /** Not among the flows held, or named by another tab. */
  | { readonly state: 'absent'; readonly otherTab: boolean }
  /** The row is held, its bytes have been evicted or cannot be read. */
  | { readonly state: 'row-only'; readonly detail: FlowDetail; readonly problem: string }
  | {
      readonly state: 'whole';
      /** It is not held: it travelled inside the address. */
      readonly fromLink: boolean;
      readonly detail: FlowDetail;
      readonly response: GetFlowsResponse;
      readonly flow: Flow;
    };

const LOOKING: OpenFlow = { state: 'looking' };

export function useFlow(key: string): OpenFlow {
  const engine = useEngine();
  const rowKey = isRowKey(key);
  const sought = useAnswer(
    rowKey ? undefined : { kind: 'seek', filter: '', from: undefined, backwards: false, want: { uuid: key } },
  );
  const id: RowId | undefined = rowKey ? openedRow(key) : sought?.row;
  const absent = rowKey ? id === undefined : sought !== undefined && id === undefined;
  const [loaded, setLoaded] = useState<{ readonly id: RowId; readonly flow: OpenFlow } | undefined>(
    undefined,
  );
  const linked = useLinkFlow();
  const travelled = linked.state === 'read' ? linked.details.get(key) : undefined;
  const inLink = useMemo(
    () => (travelled === undefined ? undefined : readDetail(travelled, true)),
    [travelled],
  );
  useEffect(() => {
    if (id === undefined) return undefined;
    let wanted = true;
    void engine.flow(id).then((detail) => {
      if (wanted) setLoaded({ id, flow: readDetail(detail) });
    });
    return () => {
      wanted = false;
    };
  }, [engine, id]);
  if (inLink !== undefined && loaded !== undefined && isOther(loaded.flow, inLink)) return inLink;
  if (loaded !== undefined && loaded.id === id) return loaded.flow;
  // While the next flow is fetched the last one stays on screen.
  if (id !== undefined && loaded !== undefined) return loaded.flow;
  if (inLink !== undefined) return inLink;
  return absent ? { state: 'absent', otherTab: rowKey } : LOOKING;
}

/** The flow held bears the uuid of the one in the link, and is another. */
function isOther(held: OpenFlow, inLink: OpenFlow): boolean {
  return 'detail' in held && 'detail' in inLink && !isSameFlow(held.detail.row, inLink.detail.row);
}

function readDetail(detail: FlowDetail | undefined, fromLink = false): OpenFlow {
  if (detail === undefined) return { state: 'absent', otherTab: false };
  if (detail.response.length === 0) {
    return { state: 'row-only', detail, problem: 'Its bytes have been evicted; only its row is still held.' };
  }
  try {
    const response = fromBinary(GetFlowsResponseSchema, detail.response);
    const { responseTypes } = response;
    if (responseTypes.case === 'flow') {
      return { state: 'whole', fromLink, detail, response, flow: responseTypes.value };
    }
    return { state: 'row-only', detail, problem: 'The message it came in holds no flow.' };
  } catch (error) {
    // Bytes from the network that the store could use in part.
    const reason = error instanceof Error ? error.message : String(error);
    return { state: 'row-only', detail, problem: `Its message cannot be read: ${reason}.` };
  }
}
