// Writes what a reader finds to a call of an agent's own port, many frames at a time, until the reader ends.

import { FrameBatch } from '../grpc-server/frame-batch.ts';
import type { ServerCall } from '../grpc-server/index.ts';
import type { Selection } from '../ring/selection.ts';
import { Signal } from '../timeline/signal.ts';
import type { Agent } from './agent.ts';

const FLUSH_BYTES = 64 * 1024;
/** A slow node has something to give without any new write. */
const POLL_MS = 100;

export async function sendEntries(call: ServerCall, agent: Agent, selection: Selection): Promise<void> {
  const reader = agent.openReader(selection);
  const batch = new FrameBatch();
  const changed = new Signal();
  const unsubscribe = agent.ring.subscribe(() => {
    changed.raise();
  });
  call.sendHeaders();
  try {
    for (;;) {
      call.throwIfAborted();
      const step = reader.next();
      if (typeof step === 'object') batch.append(step.chunk, step.start, step.end);
      const idle = typeof step === 'string';
      if (batch.bytes > (idle ? 0 : FLUSH_BYTES)) await call.writeFrames(batch.take());
      if (step === 'end') return;
      if (step === 'waiting') await changed.wait(call.signal, POLL_MS);
    }
  } finally {
    unsubscribe();
  }
}
