// How much of what matches a filter is here: part of what status answers tell.

import type { Nanos } from './counts.ts';

/** What of the flows that match a filter is here, but for those evicted, lost or skipped, which the books count. */
export type Coverage = {
  /** The filter that the server applies to the stream; '' when everything comes. */
  readonly pushedDown: string;
  /**
   * 'all': as far back as the nodes remembered; 'since': from that flow time on, of every node that answers; 'nothing':
   * no flow yet, or the stream carries another filter's flows only, until it has been opened again.
   */
  readonly complete:
    | { readonly kind: 'all' }
    | {
        readonly kind: 'since';
        readonly sinceNs: Nanos;
        /** Why not longer: one node, evictions, or that the stream brought others only. */
        readonly limit: NodeLimit | 'evicted' | 'stream';
      }
    | { readonly kind: 'nothing' };
  /** Nodes that do not answer on the stream: of these nothing comes. */
  readonly missing: readonly string[];
  readonly backfill: BackfillState;
  /** Rows of which it cannot be said whether they match: the filter reads whole messages, and theirs are gone. */
  readonly unreadable: number;
};

/** A node that has sent no older flows or, if it was interrupted, not all of the older ones. */
export type NodeLimit = { readonly node: string; readonly isInterrupted: boolean };

/** The request for older flows that match. */
export type BackfillState =
  | { readonly state: 'none' }
  | { readonly state: 'running' }
  /** Complete from then on; undefined: as far back as the nodes remembered. */
  | { readonly state: 'done'; readonly sinceNs: Nanos | undefined }
  | { readonly state: 'failed'; readonly reason: string };
