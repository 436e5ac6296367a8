import type { TimelineDef } from '../pane.ts';
import { Timeline } from './timeline.tsx';

export const timeline: TimelineDef = {
  title: 'The timeline',
  viewKeys: ['window', 'split', 'pausedAtNs', 'flow', 'zone'],
  view: Timeline,
};
