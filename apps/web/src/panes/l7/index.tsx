import { Braces } from 'lucide-react';
import { Suspense } from 'react';
import { fetchedPart } from '../../widgets/index.ts';
import type { PaneDef } from '../pane.ts';

/** Fetched when the pane is first opened. */
const L7Pane = fetchedPart(async () => (await import('./l7-pane.tsx')).L7Pane);

export const l7Pane: PaneDef = {
  id: 'l7',
  title: 'L7',
  icon: Braces,
  viewKeys: ['callsBy', 'callsOnly', 'callsOpen', 'window', 'pausedAtNs', 'zone', 'flow', 'detail'],
  view: () => (
    <Suspense fallback={<div className="h-full bg-base" />}>
      <L7Pane />
    </Suspense>
  ),
};
