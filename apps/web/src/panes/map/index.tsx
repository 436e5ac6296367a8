import { Network } from 'lucide-react';
import { Suspense } from 'react';
import { fetchedPart } from '../../widgets/index.ts';
import type { PaneDef } from '../pane.ts';

/** Fetched when the map is first opened: drawing and zooming are a fifth of the page. */
const MapPane = fetchedPart(async () => (await import('./view/map-pane.tsx')).MapPane);

export const mapPane: PaneDef = {
  id: 'map',
  title: 'Map',
  icon: Network,
  viewKeys: ['mapScope', 'mapPick', 'mapFolds', 'mapFocus', 'mapHops', 'mapTable', 'window', 'pausedAtNs'],
  share: 45,
  view: () => (
    <Suspense fallback={<div className="h-full bg-canvas" />}>
      <MapPane />
    </Suspense>
  ),
};
