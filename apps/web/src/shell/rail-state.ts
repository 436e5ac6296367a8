// Whether the rail is open. A person's choice is a setting; beside an open flow panel in a narrow window, and on a
// phone, the rail starts closed and opens for the moment only.

import { createContext, use, useCallback, useMemo, useState } from 'react';
import { defined } from '@finderscope/base';
import { changeSettings, useSettings } from '../settings/index.ts';
import { useView } from '../view-state/index.ts';
import { PHONE, useMedia } from './use-media.ts';

/** Narrower than this, rail, table and flow panel do not fit beside each other. */
const CROWDED = '(max-width: 1439.98px)';

export type RailState = { readonly open: boolean; readonly toggle: () => void };

export const RailStateContext = createContext<RailState | undefined>(undefined);

export function useRailState(): RailState {
  return defined(use(RailStateContext), 'RailStateContext');
}

/** Call once, in the page; the others use `useRailState`. */
export function useOwnRailState(): RailState {
  const { rail } = useSettings();
  const { detail, flow } = useView();
  const phone = useMedia(PHONE);
  const crowded = useMedia(CROWDED) && detail && flow !== undefined;
  const place = phone ? 'phone' : crowded ? 'crowded' : 'roomy';
  const [opened, setOpened] = useState<typeof place | undefined>(undefined);
  const open = place === 'roomy' ? rail === 'open' : opened === place;
  const toggle = useCallback(() => {
    if (place === 'roomy') changeSettings({ rail: open ? 'closed' : 'open' });
    else setOpened(open ? undefined : place);
  }, [place, open]);
  return useMemo(() => ({ open, toggle }), [open, toggle]);
}
