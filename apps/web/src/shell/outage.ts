// An outage lasts from the first disconnection until the stream is open again; the tries in between belong to it, so
// that the bar neither blinks nor starts to count anew with each of them.

import { useState } from 'react';
import type { Connection } from '../engine/protocol.ts';

export type Outage = Extract<Connection, { readonly state: 'disconnected' }>;

/** The outage after the connection changed to `connection`; undefined while there is none. */
export function nextOutage(
  before: Outage | undefined,
  connection: Connection | undefined,
): Outage | undefined {
  switch (connection?.state) {
    case undefined:
      return before;
    case 'connected':
      return undefined;
    case 'connecting':
      return before && { ...before, nextTryMs: connection.sinceMs };
    case 'disconnected':
      return { ...connection, sinceMs: before?.sinceMs ?? connection.sinceMs };
  }
}

export function useOutage(connection: Connection | undefined): Outage | undefined {
  const [held, setHeld] = useState<{
    readonly seen: Connection | undefined;
    readonly outage: Outage | undefined;
  }>({
    seen: undefined,
    outage: undefined,
  });
  if (held.seen === connection) return held.outage;
  const outage = nextOutage(held.outage, connection);
  setHeld({ seen: connection, outage });
  return outage;
}
