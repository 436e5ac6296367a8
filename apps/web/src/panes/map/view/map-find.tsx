// Find on the map: what matches is lifted, the rest fades; Enter goes from hit to hit.

import { ChevronDown, ChevronUp, Search } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../../../widgets/index.ts';
import type { MapNode } from '../model/graph.ts';

export type MapFindProps = {
  readonly text: string;
  readonly hits: readonly MapNode[];
  readonly onText: (text: string) => void;
  readonly onShow: (node: MapNode) => void;
};

export function MapFind({ text, hits, onText, onShow }: MapFindProps) {
  const [at, setAt] = useState(-1);
  function step(by: number): void {
    if (hits.length === 0) return;
    const next = (at + by + hits.length) % hits.length;
    setAt(next);
    const node = hits[next];
    if (node !== undefined) onShow(node);
  }
  const place =
    text === ''
      ? ''
      : hits.length === 0
        ? 'not found'
        : at < 0
          ? `${String(hits.length)} found`
          : `${String(Math.min(at, hits.length - 1) + 1)} of ${String(hits.length)}`;
  return (
    <div role="search" aria-label="Find on the map" className="flex min-w-0 items-center">
      <label className="flex h-6.5 min-w-0 items-center gap-1.5 rounded-button border border-line2 px-2 text-cell text-text2 hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-accent max-tablet:min-h-11">
        <Search size={13} aria-hidden className="shrink-0" />
        <input
          type="text"
          role="searchbox"
          aria-label="Find on the map"
          placeholder="Find on the map"
          value={text}
          onChange={(event) => {
            setAt(-1);
            onText(event.target.value);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
            if (event.key === 'Escape') {
              event.stopPropagation();
              onText('');
              event.currentTarget.blur();
            }
          }}
          className="w-24 min-w-0 bg-transparent placeholder:text-text3 focus-visible:outline-none @6xl:w-30 @max-2xl:w-12"
        />
      </label>
      {text !== '' && (
        <>
          <output className="px-1 text-note whitespace-nowrap text-text3">{place}</output>
          <IconButton label="Previous hit" shortcut="Shift Enter" small onClick={() => step(-1)}>
            <ChevronUp size={14} aria-hidden />
          </IconButton>
          <IconButton label="Next hit" shortcut="Enter" small onClick={() => step(1)}>
            <ChevronDown size={14} aria-hidden />
          </IconButton>
        </>
      )}
    </div>
  );
}
