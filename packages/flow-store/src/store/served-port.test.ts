import { expect, it } from 'vitest';
import { EPHEMERAL, servedPort } from './served-port.ts';

const key = (port: number | undefined): number => (port === undefined ? 0 : port + 1);

it.each([
  ['a request', 45_000, 80, false, 80],
  ['a reply', 80, 45_000, true, 80],
  ['between clients', 45_000, 51_871, false, 'ephemeral'],
  ['a trace at a socket on its way out', 0, 80, false, 80],
  ['a trace at a socket on its way back', 80, 0, false, 80],
  ['the same without the port of value 0', 80, undefined, false, 80],
  ['a client whose server is not told', 45_000, 0, false, 0],
  ['a reply to a client that is not told', undefined, 45_000, true, undefined],
  ['a protocol without ports', undefined, undefined, false, undefined],
])('%s, from port %s to %s', (_, source, destination, isReply, served) => {
  const expected = served === 'ephemeral' ? EPHEMERAL : key(served as number | undefined);
  expect(servedPort(key(source), key(destination), isReply)).toBe(expected);
});
