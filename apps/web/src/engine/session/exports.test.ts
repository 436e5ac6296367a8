import { afterEach, expect, test } from 'vitest';
import type { ExportPiece } from '../protocol.ts';
import { closeAll, ROWS, start, stream } from '../test-support/connected.ts';
import { flowBytes, numberedFlow } from '../test-support/flows.ts';

afterEach(closeAll);

test('lines without fields that have no name here are counted', async () => {
  const [first, second, third] = [0, 1, 2].map((n) => flowBytes(numberedFlow(n)));
  // Field 99 of the response, varint 5.
  const newer = Uint8Array.of(...second!, 0x98, 0x06, 0x05);
  const { engine, status } = await start([stream(first!, newer, third!)]);
  await status(({ stats }) => stats.received === 3);
  const pieces: ExportPiece[] = [];
  await engine.export({ ...ROWS, what: 'lines' }, (piece) => pieces.push(piece) > 0);
  expect(pieces.at(-1)).toMatchObject({ done: 3, gone: 0, long: 0, trimmed: 0, unknown: 1 });
});
