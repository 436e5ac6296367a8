import { Rows3 } from 'lucide-react';
import type { PaneDef } from '../pane.ts';
import { FlowsPane } from './flows-pane.tsx';

export const flowsPane: PaneDef = {
  id: 'flows',
  title: 'Flows',
  icon: Rows3,
  viewKeys: ['columns', 'sort', 'group', 'lines', 'find', 'flow', 'detail', 'time', 'zone', 'pausedAtNs'],
  view: FlowsPane,
};
