// The engine's status, asked once for the whole shell and settled to four changes a second.

import { createContext, use } from 'react';
import type { StatusAnswer } from '../engine/protocol.ts';

/** undefined before the engine's first answer. */
export const StatusContext = createContext<StatusAnswer | undefined>(undefined);

export function usePageStatus(): StatusAnswer | undefined {
  return use(StatusContext);
}
