import { latePart } from '../../widgets/index.ts';
import type { TimelineDef } from '../pane.ts';

const Timeline = latePart(
  async () => (await import('./timeline.tsx')).Timeline,
  () => <div aria-busy className="h-full" />,
);

export const timeline: TimelineDef = {
  title: 'The timeline',
  viewKeys: ['window', 'split', 'pausedAtNs', 'flow', 'zone'],
  view: Timeline,
};
