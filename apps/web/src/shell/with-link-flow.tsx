// Provides the flow inside the address, and whether the source holds it too.

import { type ReactNode, useEffect, useMemo, useState } from 'react';
import type { RowId } from '../engine/protocol.ts';
import { isSameFlow, type LinkFlow, LinkFlowContext, LINKED_KEY } from '../panes/link-flow.ts';
import { useAnswer, useEngine } from '../panes/pane.ts';
import { useHash } from '../view-state/index.ts';
import { readLinkFlow } from './read-link-flow.ts';

const NONE: LinkFlow = { state: 'none' };

export function WithLinkFlow({ children }: { readonly children: ReactNode }) {
  const linked = useRead();
  const uuid = linked.state === 'read' && linked.key !== LINKED_KEY ? linked.key : undefined;
  const sought = useAnswer(
    uuid === undefined
      ? undefined
      : { kind: 'seek', filter: '', from: undefined, backwards: false, want: { uuid } },
  );
  const held = useIsHeld(linked, sought?.row);
  const value = useMemo(() => (linked.state === 'read' ? { ...linked, held } : linked), [linked, held]);
  return <LinkFlowContext value={value}>{children}</LinkFlowContext>;
}

/** Whether the row that has its uuid is the flow itself. */
function useIsHeld(linked: LinkFlow, id: RowId | undefined): boolean {
  const engine = useEngine();
  const [same, setSame] = useState<{ readonly linked: LinkFlow; readonly id: RowId } | undefined>(undefined);
  useEffect(() => {
    if (linked.state !== 'read' || id === undefined) return undefined;
    let wanted = true;
    void engine.flow(id).then((detail) => {
      const isSame = detail !== undefined && isSameFlow(detail.row, linked.detail.row);
      if (wanted && isSame) setSame({ linked, id });
    });
    return () => {
      wanted = false;
    };
  }, [engine, linked, id]);
  return id !== undefined && same?.linked === linked && same.id === id;
}

function useRead(): LinkFlow {
  const engine = useEngine();
  const hash = useHash();
  const [last, setLast] = useState<{ readonly hash: string; readonly linked: LinkFlow }>();
  useEffect(() => {
    if (hash === '') return undefined;
    let wanted = true;
    void readLinkFlow(engine, hash).then((linked) => {
      if (wanted) setLast({ hash, linked });
    });
    return () => {
      wanted = false;
    };
  }, [engine, hash]);
  return last?.hash === hash ? last.linked : NONE;
}
