import { describe, expect, it } from 'vitest';
import { diagnose, type DoctorFacts } from './diagnose.ts';

const NOTHING: DoctorFacts = {
  source: 'localhost:4245',
  origin: 'http://localhost:12000',
  connection: undefined,
  stats: undefined,
  server: undefined,
  serverError: undefined,
};
const SERVER = { numFlows: 12_285, flowsPerS: 43.1, connectedNodes: 3, unavailableNodes: [] };
const CONNECTED = { state: 'connected', sinceMs: 0, serverVersion: 'hubble-relay v1.18.2' } as const;

function states(facts: DoctorFacts): readonly string[] {
  return diagnose(facts).steps.map((step) => step.state);
}

describe('diagnose', () => {
  it('claims nothing before anything was checked', () => {
    expect(diagnose(NOTHING).title).toBe('Connecting to localhost:4245');
    expect(states(NOTHING)).toEqual(['waiting', 'waiting', 'waiting', 'waiting']);
  });

  it('waits for the first flow when all else is well', () => {
    const { title, steps } = diagnose({ ...NOTHING, connection: CONNECTED, server: SERVER });
    expect(title).toBe('No flows yet');
    expect(steps.map((step) => step.state)).toEqual(['done', 'done', 'done', 'waiting']);
    expect(steps[3]?.text).toBe('None has arrived. The server holds 12,285 flows and sees 43.1 each second.');
  });

  it('tells a Relay without nodes from one that misses some', () => {
    const none = { ...SERVER, connectedNodes: 0, unavailableNodes: ['w1', 'w2'] };
    expect(diagnose({ ...NOTHING, connection: CONNECTED, server: none }).title).toBe(
      'No flows: see Relay and its nodes',
    );
    const some = { ...SERVER, unavailableNodes: ['w2'] };
    const step = diagnose({ ...NOTHING, connection: CONNECTED, server: some }).steps[2];
    expect(step).toMatchObject({
      state: 'done',
      text: '3 connected. Unavailable: w2. Their flows do not arrive.',
    });
  });

  it('gives a reason once, though two calls failed for it', () => {
    const reason = 'Nothing listens on relay:4245 (connection refused).';
    const connection = {
      state: 'disconnected',
      sinceMs: 0,
      code: 'UNAVAILABLE',
      reason,
      nextTryMs: undefined,
      resumeFromNs: undefined,
    } as const;
    const told = (message: string): readonly string[] =>
      diagnose({ ...NOTHING, connection, serverError: { code: 'UNAVAILABLE', message } }).steps.map(
        ({ text }) => text,
      );
    const [first, second] = told(reason);
    expect(first).toContain(reason);
    expect(second).toBe('Failed for the same reason.');
    expect(told('It took too long.')[1]).toContain(reason);
  });

  it.each([
    ['NETWORK', 'Nothing answers at http://localhost:12000.'],
    ['UNAVAILABLE', 'The gateway answers, Relay does not.'],
    ['HTTP_503', 'A proxy between this page and the gateway'],
    ['UNIMPLEMENTED', 'not a Hubble Relay'],
  ])('says what to do about %s', (code, hint) => {
    const connection = {
      state: 'disconnected',
      sinceMs: 0,
      code,
      reason: 'it failed',
      nextTryMs: undefined,
      resumeFromNs: undefined,
    } as const;
    const { title, steps } = diagnose({ ...NOTHING, connection });
    expect(title).toBe('No flows: disconnected from localhost:4245');
    expect(steps[1]?.text).toContain(`${code}: it failed.`);
    expect(steps[1]?.text).toContain(hint);
  });

  it('adds no advice to a message that gives its own', () => {
    const message = 'localhost:4245 does not speak TLS. Leave --tls away, or use the TLS port of Relay.';
    const { steps } = diagnose({ ...NOTHING, serverError: { code: 'UNAVAILABLE', message } });
    expect(steps[0]?.text).toBe(`UNAVAILABLE: ${message}`);
  });

  it('does not hide flows that came and could not be kept', () => {
    const stats = {
      received: 5,
      held: 0,
      filtered: 0,
      evicted: 0,
      lost: { total: 2, perfRing: 0, observerQueue: 0, hubbleRing: 2, unknown: 0 },
      sampled: 0,
      skipped: { total: 3, malformed: 3, oversized: 0, duplicate: 0 },
      bytesReceived: 10,
      reconnects: 0,
    };
    const { steps } = diagnose({ ...NOTHING, connection: CONNECTED, stats });
    expect(steps[3]).toMatchObject({ state: 'failed' });
    expect(steps[3]?.text).toBe('5 flows were sent and none could be kept: 3 skipped, 2 lost, 0 evicted.');
  });
});
