// The port that a flow is about: that of the side that serves. Ephemeral ports are one and the same.

/** From this port on a client may have been given it by its kernel (Linux: 32768 to 60999). */
export const FIRST_EPHEMERAL_PORT = 32_768;
/** Stands for all of them. */
export const EPHEMERAL = 0x10001;

/** Ports come as value + 1: this is a port of value 0, that of the client in traces at sockets. 0 is none at all. */
const ZERO_PORT = 1;

/**
 * Ports come as value + 1, 0 for none, and the answer too: 0, EPHEMERAL or port + 1. A reply comes from the server. Where
 * that side tells no port, as in traces at sockets on their way back, a port of the other side that no client is given
 * is the one.
 */
export function servedPort(source: number, destination: number, isReply: boolean): number {
  const port = isReply ? source : destination;
  if (port > FIRST_EPHEMERAL_PORT) return EPHEMERAL;
  if (port > ZERO_PORT) return port;
  const other = isReply ? destination : source;
  return other > FIRST_EPHEMERAL_PORT ? port : Math.max(port, other);
}

/** True when the port of the side that serves is enough to tell the port served. */
export function servesAlone(source: number, destination: number, isReply: boolean): boolean {
  return (isReply ? source : destination) > ZERO_PORT;
}
