import { ChartColumn } from 'lucide-react';
import { lazy, Suspense } from 'react';
import type { PaneDef } from '../pane.ts';

/** Fetched when the overview is first opened. */
const OverviewPane = lazy(async () => ({ default: (await import('./overview-pane.tsx')).OverviewPane }));

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
