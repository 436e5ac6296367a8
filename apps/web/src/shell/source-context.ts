// Where the flows on screen come from, for the parts of the shell that say so.

import { createContext, use, useMemo } from 'react';
import { readSettings } from '../settings/index.ts';
import { useView } from '../view-state/index.ts';
import { useOpenings, viewSource, type ViewSource } from './opened-files.ts';

export const SourceContext = createContext<ViewSource>({ kind: 'live' });

export function useSource(): ViewSource {
  return use(SourceContext);
}

/** The source that the address asks for; the same value while it stays the same. */
export function useViewSource(baseUrl: string): ViewSource {
  const { file, local } = useView();
  const openings = useOpenings();
  const key = JSON.stringify([file, local, openings]);
  return useMemo(() => {
    const [paths, names] = [file, local];
    return viewSource({ file: paths, local: names }, baseUrl, readSettings().rowsKept);
    // oxlint-disable-next-line react/exhaustive-deps -- the key says all that is in the lists
  }, [key, baseUrl]);
}
