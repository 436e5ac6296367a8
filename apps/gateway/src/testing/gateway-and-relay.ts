// A gateway in front of a relay that a test plays itself; both are stopped after the test.

import { afterEach } from 'vitest';
import type { Gateway, GatewayExtras } from '../gateway.ts';
import { type FakeRelay, type RelayCall, startFakeRelay } from './fake-relay.ts';
import { startTestGateway } from './start-gateway.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

/** Runs `stop` after the test, what was started last first. */
export function stopAfterTest(stop: () => unknown): void {
  stops.push(stop);
}

/** `handle` answers every call that reaches the relay. */
export async function setUp(
  handle: (call: RelayCall) => void,
  args: readonly string[] = [],
  extras: GatewayExtras = {},
): Promise<{ readonly relay: FakeRelay; readonly gateway: Gateway }> {
  const relay = await startFakeRelay(handle);
  stopAfterTest(() => relay.stop());
  const gateway = await startTestGateway(
    ['--server', `127.0.0.1:${relay.port}`, '--shutdown-timeout', '200ms', ...args],
    extras,
  );
  stopAfterTest(() => gateway.stop());
  return { relay, gateway };
}
