// The page's handle on the worker. Answers are handed to listeners once per frame; the worker sends the next ones only
// after that, so that a busy page is never flooded. A hidden tab has no frames: a slow timer takes their place.
// After a rest they are handed over at once: what they change is then ready when the next frame comes.

import { assert } from '@finderscope/base';
import type { FromWorker, SubscriptionAnswer, ToWorker } from './messages.ts';
import { unpackAnswer } from './packed.ts';
import type {
  AnswerTo,
  Engine,
  ExportPiece,
  ExportQuery,
  FlowDetail,
  PaneAnswer,
  PaneQuery,
  RowId,
  SourceSpec,
  Stats,
  Subscription,
} from './protocol.ts';

/** The two ends of a worker that the handle needs; a Worker has this shape. */
export type WorkerPort = {
  postMessage(message: ToWorker): void;
  listen(onMessage: (message: FromWorker) => void, onError: (message: string) => void): void;
  terminate(): void;
};

/** Runs a callback before the next frame, or soon when there are no frames; at once after a rest. */
export type NextFrame = (callback: () => void) => void;

const FRAMELESS_MS = 250;
/** More than any frame takes: nothing has been handed over for the one that comes next. */
const REST_MS = 40;

/** Starts the worker. Call it before anything is rendered: the worker can then connect while the page is built. */
export function createEngine(): Engine {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'engine' });
  return createEngineOn(
    {
      postMessage: (message) => worker.postMessage(message),
      listen: (onMessage, onError) => {
        worker.addEventListener('message', (event: MessageEvent<FromWorker>) => onMessage(event.data));
        worker.addEventListener('error', (event) => onError(event.message));
      },
      terminate: () => worker.terminate(),
    },
    nextFrame,
  );
}

let lastMs = Number.NEGATIVE_INFINITY;

function nextFrame(callback: () => void): void {
  const now = performance.now();
  if (!document.hidden && now - lastMs > REST_MS) {
    lastMs = now;
    callback();
    return;
  }
  let done = false;
  const once = (): void => {
    if (done) return;
    done = true;
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    lastMs = performance.now();
    callback();
  };
  const timer = setTimeout(once, FRAMELESS_MS);
  const frame = requestAnimationFrame(once);
}

type Listener = { seq: number; readonly deliver: (answer: PaneAnswer) => void };
type Waiting = {
  readonly answer: (answer: PaneAnswer) => void;
  readonly reject: (error: Error) => void;
};

function isAnswerTo<Q extends PaneQuery>(query: Q, answer: PaneAnswer): answer is AnswerTo<Q> {
  return answer.kind === query.kind;
}

/** The handle on any worker; tests give it one of their own. */
export function createEngineOn(port: WorkerPort, frame: NextFrame): Engine {
  const listeners = new Map<number, Listener>();
  const asked = new Map<number, Waiting>();
  const flows = new Map<
    number,
    { resolve: (detail: FlowDetail | undefined) => void; reject: (error: Error) => void }
  >();
  const reads = new Map<
    number,
    { resolve: (details: readonly FlowDetail[]) => void; reject: (error: Error) => void }
  >();
  const stats = new Map<number, { resolve: (stats: Stats) => void; reject: (error: Error) => void }>();
  const exports = new Map<
    number,
    { take: (piece: ExportPiece) => boolean; resolve: () => void; reject: (error: Error) => void }
  >();
  const idles = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  let nextId = 1;
  let dead: Error | undefined;

  const deliver = (answers: readonly SubscriptionAnswer[]): void => {
    for (const { id, seq, answer } of answers) {
      const listener = listeners.get(id);
      if (listener !== undefined && listener.seq === seq) listener.deliver(unpackAnswer(answer));
    }
    if (dead === undefined) port.postMessage({ type: 'ack' });
  };

  const fail = (error: Error): void => {
    dead ??= error;
    for (const waiting of [asked, flows, reads, stats, idles, exports]) {
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    }
  };

  const takePiece = (id: number, piece: ExportPiece): void => {
    const open = exports.get(id);
    if (open === undefined) return;
    const goesOn = open.take(piece);
    if (goesOn && piece.done < piece.total) {
      port.postMessage({ type: 'export-next', id });
      return;
    }
    port.postMessage({ type: 'export-end', id });
    exports.delete(id);
    open.resolve();
  };

  port.listen(
    (message) => {
      switch (message.type) {
        case 'answers':
          frame(() => deliver(message.answers));
          return;
        case 'asked':
          asked.get(message.id)?.answer(message.answer);
          asked.delete(message.id);
          return;
        case 'flow':
          flows.get(message.id)?.resolve(message.detail);
          flows.delete(message.id);
          return;
        case 'read':
          reads.get(message.id)?.resolve(message.details);
          reads.delete(message.id);
          return;
        case 'exported':
          takePiece(message.id, message.piece);
          return;
        case 'stats':
          stats.get(message.id)?.resolve(message.stats);
          stats.delete(message.id);
          return;
        case 'idle':
          idles.get(message.id)?.resolve();
          idles.delete(message.id);
          return;
        case 'failed':
          fail(new Error(`the engine failed: ${message.message}`));
      }
    },
    (message) => fail(new Error(`the engine failed: ${message}`)),
  );

  const request = <T>(
    waiting: Map<number, T>,
    entry: T & { readonly reject: (error: Error) => void },
    send: (id: number) => ToWorker,
  ): void => {
    if (dead !== undefined) {
      entry.reject(dead);
      return;
    }
    const id = nextId++;
    waiting.set(id, entry);
    port.postMessage(send(id));
  };

  return {
    open: (source: SourceSpec, filter: string) => port.postMessage({ type: 'open', source, filter }),
    expect: (filter: string) => port.postMessage({ type: 'expect', filter }),
    retry: () => port.postMessage({ type: 'retry' }),
    subscribe<Q extends PaneQuery>(query: Q, listener: (answer: AnswerTo<Q>) => void): Subscription<Q> {
      const id = nextId++;
      const entry: Listener = {
        seq: 0,
        deliver: (answer) => {
          assert(isAnswerTo(query, answer), 'an answer of another kind');
          listener(answer);
        },
      };
      listeners.set(id, entry);
      port.postMessage({ type: 'subscribe', id, seq: 0, query });
      return {
        update: (next) => {
          if (!listeners.has(id)) return;
          entry.seq++;
          port.postMessage({ type: 'subscribe', id, seq: entry.seq, query: next });
        },
        close: () => {
          if (listeners.delete(id)) port.postMessage({ type: 'unsubscribe', id });
        },
      };
    },
    ask: <Q extends PaneQuery>(query: Q) =>
      new Promise<AnswerTo<Q>>((resolve, reject) => {
        const answer = (value: PaneAnswer): void => {
          if (isAnswerTo(query, value)) resolve(value);
          else reject(new Error('an answer of another kind'));
        };
        request(asked, { answer, reject }, (id) => ({ type: 'ask', id, query }));
      }),
    flow: (row: RowId) =>
      new Promise((resolve, reject) => {
        request(flows, { resolve, reject }, (id) => ({ type: 'flow', id, row }));
      }),
    read: (messages: readonly Uint8Array[]) =>
      new Promise((resolve, reject) => {
        request(reads, { resolve, reject }, (id) => ({ type: 'read', id, messages }));
      }),
    stopReading: () => port.postMessage({ type: 'stop-reading' }),
    export: (query: ExportQuery, take: (piece: ExportPiece) => boolean) =>
      new Promise((resolve, reject) => {
        request(exports, { take, resolve, reject }, (id) => ({ type: 'export', id, query }));
      }),
    stats: () =>
      new Promise((resolve, reject) => {
        request(stats, { resolve, reject }, (id) => ({ type: 'stats', id }));
      }),
    idle: () =>
      new Promise((resolve, reject) => {
        request(idles, { resolve, reject }, (id) => ({ type: 'idle', id }));
      }),
    close: () => {
      fail(new Error('the engine is closed'));
      listeners.clear();
      port.terminate();
    },
  };
}
