// Reads all files of one opening at once, a block at a time: always from the file whose next block is the oldest, so that
// rotated parts and logs of several nodes come in the order of time, however they are named. Rows are put in order to
// the nanosecond by the store; this order decides which of them leave first when there are too many.

import type { FileReport, FilesReport, SourceFile } from '../../protocol.ts';
import type { SessionEnv } from '../../session/env.ts';
import type { SourceSink } from '../source.ts';
import { type OpenFile, openFile } from './file-bytes.ts';
import { LineBlocks } from './line-blocks.ts';
import { type FileTally, Tally } from './tally.ts';

/** Bytes of messages in a block, once there is something on screen. */
const BLOCK_BYTES = 1 << 18;
/** Events of agents in a block: a file may hold nothing else. */
const BLOCK_EVENTS = 1000;
/** Work without a pause; questions of the page wait as long. */
const SLICE_MS = 8;

type Sink = Pick<SourceSink, 'messages' | 'bytesReceived' | 'reported' | 'agents'>;
type ReaderEnv = Pick<SessionEnv, 'fetch' | 'turn' | 'monotonicMs'>;
type Part = {
  readonly name: string;
  readonly blocks: LineBlocks;
  readonly tally: FileTally;
  open: OpenFile | undefined;
  bytesRead: number;
  bytes: number | undefined;
  problem: string | undefined;
  isDone: boolean;
};

export class FilesReader {
  readonly #files: readonly SourceFile[];
  readonly #env: ReaderEnv;
  readonly #signal: AbortSignal;
  readonly #tally = new Tally();
  readonly #parts: readonly Part[];
  #sink: Sink | undefined;
  /** How reading has ended; undefined while it goes on. */
  #ended: 'done' | 'stopped' | undefined;
  #hasShown = false;
  #sliceMs = 0;

  constructor(files: readonly SourceFile[], sink: Sink, env: ReaderEnv, signal: AbortSignal) {
    this.#files = files;
    this.#sink = sink;
    this.#env = env;
    this.#signal = signal;
    this.#parts = files.map(({ name, from }) => {
      const tally: FileTally = { lines: 0, broken: 0 };
      return {
        name,
        tally,
        blocks: new LineBlocks(name, this.#tally, tally),
        open: undefined,
        bytesRead: 0,
        bytes: typeof from === 'string' ? undefined : from.size,
        problem: undefined,
        isDone: false,
      };
    });
  }

  report(): FilesReport {
    return {
      state: this.#ended ?? 'reading',
      files: this.#parts.map(({ name, bytesRead, bytes, problem, tally }): FileReport => ({
        name,
        bytesRead,
        bytes,
        problem,
        ...tally,
      })),
      ...this.#tally.report(),
    };
  }

  /** Tells nobody anything any more. */
  silence(): void {
    this.#sink = undefined;
  }

  /** Resolves when all files are at their end, or the signal has aborted. */
  async read(): Promise<void> {
    this.#sliceMs = this.#env.monotonicMs();
    // What waits for more of a file waits no longer.
    this.#signal.addEventListener('abort', () => this.#close());
    await Promise.all(this.#parts.map((part, i) => this.#open(part, this.#files[i])));
    for (;;) {
      const part = oldest(this.#parts);
      if (part === undefined || this.#signal.aborted) break;
      this.#hand(part.blocks);
      await this.#fill(part);
    }
    // Stopped in the middle of a block: its lines are counted, so they must be here, too.
    for (const { blocks } of this.#parts) this.#hand(blocks);
    this.#ended = this.#signal.aborted ? 'stopped' : 'done';
    this.#close();
    this.#sink?.reported();
  }

  #close(): void {
    for (const { open } of this.#parts) open?.close();
  }

  async #open(part: Part, file: SourceFile | undefined): Promise<void> {
    if (file === undefined) return;
    try {
      part.open = await openFile(file, this.#env, this.#signal, (bytesRead, bytes) => {
        this.#sink?.bytesReceived(bytesRead - part.bytesRead);
        part.bytesRead = bytesRead;
        part.bytes = bytes;
        this.#sink?.reported();
      });
    } catch (error) {
      if (!this.#signal.aborted) part.problem = problemOf(error);
      part.isDone = true;
      this.#sink?.reported();
      return;
    }
    await this.#fill(part);
  }

  /** Reads on until there is a block or the file is at its end. */
  async #fill(part: Part): Promise<void> {
    const { blocks, open } = part;
    if (open === undefined) return;
    const enough = this.#hasShown ? BLOCK_BYTES : 1;
    const isFull = (): boolean => blocks.length >= enough || blocks.agentEvents.length >= BLOCK_EVENTS;
    while (!part.isDone && !this.#signal.aborted && !isFull()) {
      let chunk: Uint8Array | undefined;
      try {
        chunk = await open.next();
      } catch (error) {
        if (!this.#signal.aborted) part.problem = problemOf(error);
      }
      // Closed, a file seems to end in the middle of a line.
      if (this.#signal.aborted) return;
      if (chunk === undefined) {
        blocks.finish();
        part.isDone = true;
      } else {
        blocks.take(chunk);
      }
      if (this.#env.monotonicMs() - this.#sliceMs > SLICE_MS) {
        await this.#env.turn();
        this.#sliceMs = this.#env.monotonicMs();
      }
    }
  }

  #hand(blocks: LineBlocks): void {
    if (blocks.count > 0) this.#sink?.messages(blocks.bytes, blocks.spans, blocks.count);
    if (blocks.agentEvents.length > 0) this.#sink?.agents.told(blocks.agentEvents);
    this.#hasShown ||= blocks.count > 0;
    blocks.clear();
  }
}

/** The part whose block comes next; undefined when all are at their end and have been handed over. */
function oldest(parts: readonly Part[]): Part | undefined {
  let first: Part | undefined;
  for (const part of parts) {
    if (part.isDone && part.blocks.isEmpty) continue;
    if (first === undefined || part.blocks.seconds < first.blocks.seconds) first = part;
  }
  return first;
}

function problemOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && error.name === 'NotReadableError')
    return 'It could not be read on: it has been changed or moved since it was opened.';
  if (error instanceof TypeError) return `It could not be unpacked (${text}).`;
  return text;
}
