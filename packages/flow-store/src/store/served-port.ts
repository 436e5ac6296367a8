// The port that a flow is about: that of the side that serves. Ephemeral ports are one and the same.

/** From this port on a client may have been given it by its kernel (Linux: 32768 to 60999). */
export const FIRST_EPHEMERAL_PORT = 32_768;
/** Stands for all of them. */
export const EPHEMERAL = 0x10001;

/** Ports come as value + 1, 0 for none, and the answer too: 0, EPHEMERAL or port + 1. A reply comes from the server. */
export function servedPort(source: number, destination: number, isReply: boolean): number {
  const port = isReply ? source : destination;
  return port > FIRST_EPHEMERAL_PORT ? EPHEMERAL : port;
}
