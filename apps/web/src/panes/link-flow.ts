// The flow that travelled inside the address, with what was sent along with it. The shell reads it once and provides it;
// panes show it while the source does not hold it.

import { createContext, use } from 'react';
import type { FlowDetail, FlowRow } from '../engine/protocol.ts';

/** What the address calls a flow inside the link that has no uuid. */
export const LINKED_KEY = 'link';

export type LinkFlow =
  /** The address holds none, or it is still being read. */
  | { readonly state: 'none' }
  /** It cannot be used; `message` says why in one or two sentences. */
  | { readonly state: 'broken'; readonly message: string }
  | {
      readonly state: 'read';
      /** What `view.flow` calls the flow that is linked to. */
      readonly key: string;
      /** That flow. */
      readonly detail: FlowDetail;
      /** It and those sent along with it, by what `view.flow` calls them. */
      readonly details: ReadonlyMap<string, FlowDetail>;
      /** The source holds it too: it is a row like any other. */
      readonly held: boolean;
    };

/**
 * True for one flow, seen here and there. A uuid alone does not do: a demo cluster gives the same ones to other flows
 * each time that it starts.
 */
export function isSameFlow(a: FlowRow, b: FlowRow): boolean {
  return a.uuid === b.uuid && a.timeNs === b.timeNs;
}

export const LinkFlowContext = createContext<LinkFlow>({ state: 'none' });

export function useLinkFlow(): LinkFlow {
  return use(LinkFlowContext);
}
