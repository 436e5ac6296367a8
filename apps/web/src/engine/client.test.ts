import { expect, it } from 'vitest';
import { createEngineOn, type WorkerPort } from './client.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import type { CountQuery } from './protocol.ts';

const COUNT: CountQuery = { kind: 'count', filters: [''] };

function fakeWorker() {
  const posted: ToWorker[] = [];
  let onMessage: (message: FromWorker) => void = () => {};
  let onError: (message: string) => void = () => {};
  const port: WorkerPort = {
    postMessage: (message) => posted.push(message),
    listen: (message, error) => {
      onMessage = message;
      onError = error;
    },
    terminate: () => posted.push({ type: 'retry' }),
  };
  return {
    port,
    posted,
    tell: (message: FromWorker) => onMessage(message),
    crash: (message: string) => onError(message),
  };
}

it('hands answers over at the next frame and asks for more only then', () => {
  const { port, posted, tell } = fakeWorker();
  const frames: (() => void)[] = [];
  const engine = createEngineOn(port, (callback) => frames.push(callback));
  const seen: (readonly number[])[] = [];
  const subscription = engine.subscribe(COUNT, ({ counts }) => seen.push(counts));
  const sent = posted.at(-1);
  const id = sent?.type === 'subscribe' ? sent.id : -1;
  tell({ type: 'answers', answers: [{ id, seq: 0, answer: { kind: 'count', counts: [1] } }] });
  expect(seen).toEqual([]);
  expect(posted.filter(({ type }) => type === 'ack')).toHaveLength(0);
  frames.shift()?.();
  expect(seen).toEqual([[1]]);
  expect(posted.filter(({ type }) => type === 'ack')).toHaveLength(1);

  // an answer to the query before the update is dropped, also when it was on its way already
  tell({ type: 'answers', answers: [{ id, seq: 0, answer: { kind: 'count', counts: [2] } }] });
  subscription.update({ kind: 'count', filters: ['verdict:DROPPED'] });
  frames.shift()?.();
  tell({ type: 'answers', answers: [{ id, seq: 1, answer: { kind: 'count', counts: [3] } }] });
  frames.shift()?.();
  expect(seen).toEqual([[1], [3]]);
});

it.each([
  [
    'tells of a bug',
    (worker: ReturnType<typeof fakeWorker>) => worker.tell({ type: 'failed', message: 'boom' }),
  ],
  ['dies', (worker: ReturnType<typeof fakeWorker>) => worker.crash('boom')],
])('rejects everything asked and everything asked later when the worker %s', async (_, fail) => {
  const worker = fakeWorker();
  const engine = createEngineOn(worker.port, (callback) => callback());
  const open = [engine.ask(COUNT), engine.stats(), engine.idle()];
  fail(worker);
  for (const one of open) await expect(one).rejects.toThrow('the engine failed: boom');
  await expect(engine.stats()).rejects.toThrow('the engine failed: boom');
});

it('resolves each question with its own answer', async () => {
  const { port, posted, tell } = fakeWorker();
  const engine = createEngineOn(port, (callback) => callback());
  const first = engine.ask(COUNT);
  const second = engine.ask(COUNT);
  const [a, b] = posted.map((message) => (message.type === 'ask' ? message.id : -1));
  tell({ type: 'asked', id: b ?? -1, answer: { kind: 'count', counts: [2] } });
  tell({ type: 'asked', id: a ?? -1, answer: { kind: 'count', counts: [1] } });
  expect([(await first).counts, (await second).counts]).toEqual([[1], [2]]);
});
