// Notices a connection whose other end hangs, without angering it. A gRPC-go server, Relay among them, by default
// counts every PING that comes sooner than five minutes after the last one as a strike and hangs up after the third
// in a row, except that sending a message clears the strikes. So: ask soon after the server fell silent, once; then
// only every five minutes until it sends something again.

export type KeepAliveTimes = {
  /** Silence after which the first PING is sent. */
  readonly idleMs: number;
  /** Least time between two PINGs with only silence in between. */
  readonly patientMs: number;
  /** How long the answer may take. */
  readonly answerMs: number;
};

export const KEEP_ALIVE_TIMES: KeepAliveTimes = { idleMs: 30_000, patientMs: 305_000, answerMs: 20_000 };

export type KeepAlivePort = {
  /** Bytes received so far on the connection. */
  bytesRead(): number;
  /** Sends a PING; `answered` is called when the answer comes. False when none can be sent. */
  ping(answered: () => void): boolean;
  /** Called once, when no answer came in time. */
  dead(): void;
};

/** Runs until the function it returns is called, or until it has reported the connection dead. */
export function startKeepAlive(port: KeepAlivePort, times: KeepAliveTimes = KEEP_ALIVE_TIMES): () => void {
  let timer: NodeJS.Timeout;
  let seen = port.bytesRead();
  let free = true;
  let silentMs = 0;

  const wait = (ms: number, then: () => void): void => {
    timer = setTimeout(then, ms);
    timer.unref();
  };
  const look = (): void => {
    const bytes = port.bytesRead();
    if (bytes !== seen) {
      seen = bytes;
      free = true;
      silentMs = 0;
    } else {
      silentMs += times.idleMs;
      if (free || silentMs >= times.patientMs) return ask();
    }
    wait(times.idleMs, look);
  };
  const ask = (): void => {
    const sent = port.ping(() => {
      clearTimeout(timer);
      // The answer itself is not a message: it clears no strikes.
      seen = port.bytesRead();
      free = false;
      silentMs = 0;
      wait(times.idleMs, look);
    });
    if (sent) wait(times.answerMs, () => port.dead());
    else wait(times.idleMs, look);
  };
  wait(times.idleMs, look);
  return () => clearTimeout(timer);
}
