// The panes this build has, in the order of PANE_IDS. The shell shows toggles for these and for nothing else.

import { flowsPane } from './flows/index.tsx';
import { l7Pane } from './l7/index.tsx';
import { mapPane } from './map/index.tsx';
import { overviewPane } from './overview/index.tsx';
import type { PaneDef, TimelineDef } from './pane.ts';
import { timeline } from './timeline/index.tsx';

export const PANES: readonly PaneDef[] = [mapPane, flowsPane, l7Pane, overviewPane];

/** The strip above rail and panes; undefined: there is none. */
export const TIMELINE: TimelineDef | undefined = timeline;
