import { Network } from 'lucide-react';
import { latePart } from '../../widgets/index.ts';
import type { PaneDef } from '../pane.ts';

/** Drawing and zooming are a fifth of the page: fetched when the map is open and the first rows are on screen. */
const MapPane = latePart(
  async () => (await import('./view/map-pane.tsx')).MapPane,
  () => <div aria-busy className="h-full bg-canvas" />,
);

export const mapPane: PaneDef = {
  id: 'map',
  title: 'Map',
  icon: Network,
  viewKeys: ['mapScope', 'mapPick', 'mapFolds', 'mapFocus', 'mapHops', 'mapTable', 'window', 'pausedAtNs'],
  share: 45,
  view: MapPane,
};
