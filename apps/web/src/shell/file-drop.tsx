// Files dropped anywhere on the page are opened. While they hover over it, it says so.

import { FileDown } from 'lucide-react';
import { useEffect, useState } from 'react';
import { openFiles } from './opened-files.ts';

export function FileDrop() {
  const over = useFileDrop();
  if (!over) return null;
  return (
    <div className="pointer-events-none fixed inset-2 z-50 flex items-center justify-center rounded-card border-2 border-dashed border-accent bg-canvas/85">
      <p className="flex items-center gap-2.5 text-why font-semibold">
        <FileDown size={20} aria-hidden className="text-accent" /> Drop to look at these files. They stay on
        this machine.
      </p>
    </div>
  );
}

/** True while files hover over the page. */
function useFileDrop(): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    // Moving from element to element, the one entered is told before the one left.
    let depth = 0;
    const set = (next: number): void => {
      depth = Math.max(0, next);
      setOver(depth > 0);
    };
    window.addEventListener('dragenter', (event) => hasFiles(event) && set(depth + 1), { signal });
    window.addEventListener('dragleave', (event) => hasFiles(event) && set(depth - 1), { signal });
    window.addEventListener('dragover', (event) => hasFiles(event) && event.preventDefault(), { signal });
    window.addEventListener(
      'drop',
      (event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        set(0);
        openFiles([...(event.dataTransfer?.files ?? [])]);
      },
      { signal },
    );
    return () => abort.abort();
  }, []);
  return over;
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') === true;
}
