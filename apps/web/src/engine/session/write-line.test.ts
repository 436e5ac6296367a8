import { expect, test } from 'vitest';
import { flowBytes, numberedFlow } from '../test-support/flows.ts';
import { writeLine } from './write-line.ts';

test('a line tells what it lacks', () => {
  const message = flowBytes(numberedFlow(1));
  const whole = writeLine(message);
  expect(whole).toMatchObject({ isTrimmed: false, lacksUnknown: false });
  // Field 99 of the response, varint 5.
  const newer = Uint8Array.of(...message, 0x98, 0x06, 0x05);
  expect(writeLine(newer)).toEqual({ ...whole, lacksUnknown: true });
  const extended = flowBytes({ ...numberedFlow(1), extensions: { typeUrl: 'a/b' } });
  expect(writeLine(extended)).toEqual({ ...whole, isTrimmed: true });
});
