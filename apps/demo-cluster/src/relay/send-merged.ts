// Writes one merged stream to its call. Pulls only as fast as the client takes frames, so a slow client makes the
// readers fall behind their rings, which shows as lost events: exactly what a real cluster does.

import { writeFrameHeader, FRAME_HEADER_BYTES } from '@finderscope/grpc-wire';

import type { Agent } from '../agent/agent.ts';
import { FrameBatch } from '../grpc-server/frame-batch.ts';
import type { ServerCall } from '../grpc-server/index.ts';
import type { RingEntry } from '../ring/entry.ts';
import { Signal } from '../timeline/signal.ts';
import type { FlowStream, FlowStreams } from './flow-streams.ts';
import { type Merge, PULL_INTERVAL_MS } from './merge.ts';

/** Entries of one pull; at 800 bytes each a write of about 200 KB. */
const PULL_ENTRIES = 256;
/** A merge may emit its whole heap at once. */
const FLUSH_BYTES = 128 * 1024;

export async function sendMerged(
  call: ServerCall,
  merge: Merge,
  agents: readonly Agent[],
  streams: FlowStreams,
): Promise<void> {
  const changed = new Signal();
  const wake = (): void => {
    changed.raise();
  };
  const unsubscribes = agents.map((agent) => agent.ring.subscribe(wake));
  const stream = streams.open(wake);
  const batch = new FrameBatch();
  const emit = (entry: RingEntry): void => {
    batch.append(entry.chunk, entry.start, entry.end);
    stream.messagesSent++;
    if (entry.kind === 'flow') stream.flowsSent++;
    stream.eventsReportedLost += entry.eventsLost;
    stream.bytesSent += entry.end - entry.start;
  };
  call.sendHeaders();
  try {
    for (;;) {
      call.throwIfAborted();
      if (await applyFault(call, stream)) return;
      const state = merge.pull(PULL_ENTRIES, emit);
      stream.flowsPending = merge.pending;
      stream.eventsLostUnreported = merge.lostUnreported;
      if (batch.bytes > (state === 'more' ? FLUSH_BYTES : 0)) await call.writeFrames(batch.take());
      if (state === 'end') return;
      if (state === 'waiting') await changed.wait(call.signal, PULL_INTERVAL_MS);
    }
  } finally {
    stream.open = false;
    for (const unsubscribe of unsubscribes) unsubscribe();
  }
}

const GARBAGE_BYTES = 24;
const TRUNCATED_LENGTH = 700;

/** Breaks the stream as asked; true when it is over. */
async function applyFault(call: ServerCall, stream: FlowStream): Promise<boolean> {
  const fault = stream.fault;
  if (fault === undefined) return false;
  stream.fault = undefined;
  if (fault === 'garbage-frame') {
    // A well-formed frame whose message is none: every byte says that another one follows.
    await call.writeMessage(new Uint8Array(GARBAGE_BYTES).fill(0xff));
    return false;
  }
  const piece = new Uint8Array(FRAME_HEADER_BYTES + GARBAGE_BYTES);
  writeFrameHeader(piece, 0, TRUNCATED_LENGTH);
  await call.writeAndReset(piece);
  return true;
}
