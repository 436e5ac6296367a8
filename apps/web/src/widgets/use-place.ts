// Where something that floats stands. Until the library that knows about edges and scrolling is here, it stands right
// under what it belongs to, which is where it would be with room enough.

import { type CSSProperties, useEffect, useState } from 'react';
import { trackFetch } from '../loading/fetches.ts';
import { prefetchLater } from '../loading/prefetch.ts';
import type { PlaceOptions, PlaceReference } from './keep-placed.ts';

export type Placement = PlaceOptions['placement'];

export type Place = {
  readonly setReference: (reference: PlaceReference | null) => void;
  readonly setFloating: (element: HTMLElement | null) => void;
  /** Of what floats. */
  readonly style: CSSProperties;
};

const STYLE: CSSProperties = { position: 'fixed', left: 0, top: 0 };

const fetchKeepPlaced = () => trackFetch(import('./keep-placed.ts'));

prefetchLater(fetchKeepPlaced);

/** `open`: what floats is in the document, with its reference. */
export function usePlace(open: boolean, { placement, gapPx, maxHeight, widthPx }: PlaceOptions): Place {
  const [ends] = useState(createEnds);
  useEffect(() => {
    const { reference, floating } = ends;
    if (!open || reference === null || floating === null) return undefined;
    const below = reference.getBoundingClientRect();
    floating.style.transform = `translate(${below.left}px, ${below.bottom + gapPx}px)`;
    let wanted = true;
    let end: (() => void) | undefined;
    fetchKeepPlaced().then(
      ({ keepPlaced }) => {
        const options = {
          placement,
          gapPx,
          ...(maxHeight === undefined ? {} : { maxHeight }),
          ...(widthPx === undefined ? {} : { widthPx }),
        };
        if (wanted) end = keepPlaced(reference, floating, options);
      },
      () => {
        // The server is away: what floats stays where it stands, and the next one asks again.
      },
    );
    return () => {
      wanted = false;
      end?.();
    };
  }, [ends, open, placement, gapPx, maxHeight, widthPx]);
  return { ...ends.setters, style: STYLE };
}

type Ends = {
  reference: PlaceReference | null;
  floating: HTMLElement | null;
  readonly setters: Pick<Place, 'setReference' | 'setFloating'>;
};

function createEnds(): Ends {
  const ends: Ends = {
    reference: null,
    floating: null,
    setters: {
      setReference: (reference) => {
        ends.reference = reference;
      },
      setFloating: (element) => {
        ends.floating = element;
      },
    },
  };
  return ends;
}
