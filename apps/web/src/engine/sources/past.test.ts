import { encodeTrailerFrame } from '@finderscope/grpc-wire';
import { expect, it } from 'vitest';
import { GRPC_WEB_HEADERS } from '../test-support/flow-server.ts';
import { flowBytes, frames, numberedFlow } from '../test-support/flows.ts';
import { readPast } from './past.ts';

const answer = Buffer.concat([frames(flowBytes(numberedFlow(1))), encodeTrailerFrame(0)]);
const request = { baseUrl: '', filter: { allow: [], deny: [] }, last: 10, untilNs: 0n, maxMessages: 10 };
const env = { fetch: () => Promise.resolve(new Response(answer, { headers: GRPC_WEB_HEADERS })) };

it('rejects with what is thrown by whoever takes the messages', async () => {
  const bug = new Error('assertion failed');
  const sink = { oversized: () => undefined, bytesReceived: () => undefined };
  const read = (messages: () => void) => readPast(request, { ...sink, messages }, env).end;
  expect(await read(() => undefined)).toMatchObject({ state: 'done' });
  const throwing = read(() => {
    throw bug;
  });
  await expect(throwing).rejects.toBe(bug);
});
