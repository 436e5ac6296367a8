// How a protocol looks in the pane. One file per protocol beside this one, one line in index.ts.

import type { ReactNode } from 'react';
import type { CallCounts, CallGroup, L7Kind } from '../../../engine/protocol.ts';
import type { Choice } from '../../../filter-bar/choice.ts';

export type Tone = 'plain' | 'grey' | 'warn' | 'bad';

/** A number at the head of a section; those that are 0 and not `always` are left out. */
export type Stat = { readonly label: string; readonly value: string; readonly tone: Tone };

export type CallColumn = {
  readonly title: string;
  readonly right: boolean;
  readonly cell: (group: CallGroup) => ReactNode;
};

export type ProtocolView = {
  readonly kind: L7Kind;
  readonly title: string;
  /** What one call and several are called: `request`, `requests`. */
  readonly call: string;
  readonly calls: string;
  /** As in "By path". */
  readonly byCall: string;
  /** Heads of the two parts of a call's key. */
  readonly keyTitles: readonly [string, string];
  /** Whether the second part is the longer one, which takes the room. */
  readonly wide: 0 | 1;
  readonly stats: (total: CallCounts) => readonly Stat[];
  /** Columns between the rate and the latencies. */
  readonly columns: readonly CallColumn[];
  /** What asks for the calls of a group; empty when nothing does. */
  readonly choice: (key: CallGroup['key']) => Choice;
};
