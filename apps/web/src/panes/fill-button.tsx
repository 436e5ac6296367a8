import { Maximize2, Minimize2 } from 'lucide-react';
import { IconButton } from '../widgets/index.ts';
import { usePaneFrame } from './pane.ts';

/** For the end of a pane's head: fills the whole pane area, or gives the other panes their place again. */
export function FillButton() {
  const frame = usePaneFrame();
  if (frame === undefined) return null;
  return (
    <IconButton
      label={frame.full ? 'Show the other panes' : 'Fill all'}
      shortcut="z"
      small
      aria-pressed={frame.full}
      onClick={frame.toggleFull}
    >
      {frame.full ? <Minimize2 size={14} aria-hidden /> : <Maximize2 size={14} aria-hidden />}
    </IconButton>
  );
}
