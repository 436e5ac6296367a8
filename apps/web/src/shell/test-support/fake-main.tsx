// The page on the fake engine, for development only: never part of the build.
// #fake=connecting, disconnected or stress chooses what it shows.

import '../../styles/index.css';
import { mountPage } from '../mount.tsx';
import { createFakeEngine } from './fake-engine.ts';

const wanted = new URLSearchParams(window.location.hash.slice(1)).get('fake');
const now = Date.now();
const engine = createFakeEngine(BigInt(now - 340_000) * 1_000_000n);
if (wanted !== 'connecting') {
  engine.setConnection({ state: 'connected', sinceMs: now, serverVersion: 'hubble-relay v1.18.2' });
  engine.receive(15_832);
  setInterval(() => engine.receive(11), 250);
}
if (wanted === 'stress') {
  engine.setStats({
    evicted: 200_412,
    lost: { total: 1204, perfRing: 4, observerQueue: 0, hubbleRing: 1200, unknown: 0 },
    skipped: { total: 12, malformed: 2, oversized: 0, duplicate: 10 },
    reconnects: 2,
  });
}
if (wanted === 'disconnected') {
  engine.setConnection({
    state: 'disconnected',
    sinceMs: now - 18_000,
    code: 'UNAVAILABLE',
    reason: 'Connection refused',
    nextTryMs: now + 4000,
    resumeFromNs: BigInt(now) * 1_000_000n,
  });
}
mountPage(engine, window.location.origin);
