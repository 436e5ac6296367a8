import { ChartColumn } from 'lucide-react';
import { Suspense } from 'react';
import { fetchedPart } from '../../widgets/index.ts';
import type { PaneDef } from '../pane.ts';

/** Fetched when the overview is first opened. */
const OverviewPane = fetchedPart(async () => (await import('./overview-pane.tsx')).OverviewPane);

export const overviewPane: PaneDef = {
  id: 'overview',
  title: 'Overview',
  icon: ChartColumn,
  viewKeys: ['window', 'pausedAtNs', 'zone'],
  view: () => (
    <Suspense fallback={<div className="h-full bg-base" />}>
      <OverviewPane />
    </Suspense>
  ),
};
